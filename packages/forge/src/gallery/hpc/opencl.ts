import type { Grid } from "../../session/backend.ts";
import type { GoldKernels } from "./gold.ts";

const element: Grid = { per: "element", size: 64 };

/** CUDA under another name does not build as OpenCL. */
const inCuda = (source: string) =>
  source
    .replace(/\bkernel\b/, "__global__")
    .replaceAll("global ", "")
    .replaceAll("get_global_id(0)", "blockIdx.x * blockDim.x + threadIdx.x");

const sources = {
  axpy: `kernel void forge_kernel(global const float *a, global const float *x, global const float *y,
                         global float *z, long n) {
  const long i = get_global_id(0);
  if (i < n) z[i] = a[0] * x[i] + y[i];
}
`,
  gemv: `kernel void forge_kernel(global const float *A, global const float *x, global float *y,
                         long M, long N) {
  const long i = get_global_id(0);
  if (i >= M) return;
  float s = 0;
  for (long j = 0; j < N; j++) s += A[i * N + j] * x[j];
  y[i] = s;
}
`,
  gemm: `kernel void forge_kernel(global const float *A, global const float *B, global float *C,
                         long M, long N, long K) {
  const long i = get_global_id(0) / N, j = get_global_id(0) % N;
  if (i >= M) return;
  float s = 0;
  for (long k = 0; k < K; k++) s += A[i * K + k] * B[k * N + j];
  C[i * N + j] = s;
}
`,
  spmv: `kernel void forge_kernel(global const int *rowPtr, global const int *colIdx,
                         global const float *values, global const float *x, global float *y,
                         long rows, long cols, long nnz) {
  const long i = get_global_id(0);
  if (i >= rows) return;
  float s = 0;
  for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) s += values[k] * x[colIdx[k]];
  y[i] = s;
}
`,
  jacobi3d: `typedef struct { long nx, ny, nz; } size;
bool inside(size n, long at) {
  const long i = at / (n.ny * n.nz), j = at / n.nz % n.ny, k = at % n.nz;
  return i > 0 && j > 0 && k > 0 && i < n.nx - 1 && j < n.ny - 1 && k < n.nz - 1;
}
#define SWEEP(name, before)                                                              \\
  float name(global const float *u, size n, long at) {                                   \\
    if (!inside(n, at)) return u[at];                                                    \\
    return (before(u, n, at - n.ny * n.nz) + before(u, n, at + n.ny * n.nz) +            \\
            before(u, n, at - n.nz) + before(u, n, at + n.nz) +                          \\
            before(u, n, at - 1) + before(u, n, at + 1)) / 6;                            \\
  }
float start(global const float *u, size n, long at) { return u[at]; }
SWEEP(once, start)
SWEEP(twice, once)
SWEEP(thrice, twice)
kernel void forge_kernel(global const float *u, global float *v, long nx, long ny, long nz) {
  const long at = get_global_id(0);
  const size n = { nx, ny, nz };
  if (at < nx * ny * nz) v[at] = thrice(u, n, at);
}
`,
  cg: `#define T 64
float total(float value, local float *parts) {
  barrier(CLK_LOCAL_MEM_FENCE);
  parts[get_local_id(0)] = value;
  barrier(CLK_LOCAL_MEM_FENCE);
  float sum = 0;
  for (int t = 0; t < T; t++) sum += parts[t];
  return sum;
}
float row(global const int *rowPtr, global const int *colIdx, global const float *values,
          local const float *p, long i) {
  float s = 0;
  for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) s += values[k] * p[colIdx[k]];
  return s;
}
/* One work group, and at most 2048 unknowns: what its local memory holds. */
kernel __attribute__((reqd_work_group_size(T, 1, 1))) void forge_kernel(
    global const int *rowPtr, global const int *colIdx, global const float *values,
    global const float *b, global const float *tolerance, global float *x, long n, long nnz) {
  local float p[2048], r[2048], parts[T];
  const long me = get_local_id(0);
  float own = 0;
  for (long i = me; i < n; i += T) {
    x[i] = 0;
    p[i] = r[i] = b[i];
    own += b[i] * b[i];
  }
  float rr = total(own, parts);
  const float enough = tolerance[0] * tolerance[0] * rr;
  for (long step = 0; step < 20 * n && rr > enough; step++) {
    own = 0;
    for (long i = me; i < n; i += T) own += p[i] * row(rowPtr, colIdx, values, p, i);
    const float alpha = rr / total(own, parts);
    own = 0;
    for (long i = me; i < n; i += T) {
      x[i] += alpha * p[i];
      r[i] -= alpha * row(rowPtr, colIdx, values, p, i);
      own += r[i] * r[i];
    }
    const float next = total(own, parts);
    for (long i = me; i < n; i += T) p[i] = r[i] + next / rr * p[i];
    rr = next;
    barrier(CLK_LOCAL_MEM_FENCE);
  }
}
`,
} as const;

/** The six kernels in OpenCL C. */
export const openclKernels: GoldKernels = {
  axpy: {
    source: sources.axpy,
    grid: element,
    wrongIndex: [["y[i];", "y[n - 1 - i];"]],
    wrongReduction: [["if (i < n)", "if (i < n - n % 4)"]],
    wrongModel: inCuda(sources.axpy),
  },
  gemv: {
    source: sources.gemv,
    grid: element,
    wrongIndex: [["A[i * N + j]", "A[j * M + i]"]],
    // The sums go to memory that others write too: the element before, a row later.
    wrongReduction: [["y[i] = s;", "y[i / 2] = s;"]],
    wrongModel: inCuda(sources.gemv),
  },
  gemm: {
    source: sources.gemm,
    grid: element,
    wrongIndex: [["B[k * N + j]", "B[j * K + k]"]],
    wrongReduction: [["C[i * N + j] = s;", "C[(i / 2) * N + j] = s;"]],
    wrongModel: inCuda(sources.gemm),
  },
  spmv: {
    source: sources.spmv,
    grid: element,
    wrongIndex: [["x[colIdx[k]]", "x[max(colIdx[k] - 1, 0)]"]],
    wrongReduction: [["y[i] = s;", "y[i / 2] = s;"]],
    wrongModel: inCuda(sources.spmv),
  },
  jacobi3d: {
    source: sources.jacobi3d,
    grid: element,
    wrongIndex: [
      ["at - n.nz)", "at - n.ny)"],
      ["at + n.nz)", "at + n.ny)"],
    ],
    // Two sweeps in memory that other items change meanwhile.
    wrongReduction: [
      ["v[at] = thrice(u, n, at);", "{ v[at] = once(u, n, at); v[at] = twice(v, n, at); }"],
    ],
    wrongModel: inCuda(sources.jacobi3d),
  },
  cg: {
    source: sources.cg,
    grid: { per: "one", size: 64 },
    most: 2048,
    wrongIndex: [["p[colIdx[k]]", "p[max(colIdx[k] - 1, 0)]"]],
    wrongReduction: [["t < T; t++", "t < T / 2; t++"]],
    wrongModel: inCuda(sources.cg),
  },
};
