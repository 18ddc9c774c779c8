import type { HpcKernel } from "../../tasks/hpc/hpc-tasks.ts";
import type { Change } from "./gold.ts";

/** The body of a kernel in C++ whose parallel loops are marked. */
export interface Body {
  /**
   * `@for(i, n; read; written) ... @end` is a parallel loop of i from 0 to below n; `@sum(s, i, n;
   * read; written) ... @end` one that adds to s.
   */
  readonly text: string;
  /** What stands before the kernel: functions, constants. */
  readonly before?: string;
  readonly wrongIndex: Change;
  readonly wrongReduction: Change;
}

/** The six kernels, once for all models of C++. */
export const bodies: Readonly<Record<HpcKernel, Body>> = {
  axpy: {
    text: `
  const long n = dims[0];
  const float a = *IN(float, 0);
  const float *x = IN(float, 1), *y = IN(float, 2);
  float *z = OUT(0);
  @for(i, n; x[0:n], y[0:n]; z[0:n])
    z[i] = a * x[i] + y[i];
  @end`,
    wrongIndex: [["y[i];", "y[n - 1 - i];"]],
    wrongReduction: [["@for(i, n;", "@for(i, n - n % 4;"]],
  },
  gemv: {
    text: `
  const long M = dims[0], N = dims[1];
  const float *A = IN(float, 0), *x = IN(float, 1);
  float *y = OUT(0);
  @for(i, M; A[0:M*N], x[0:N]; y[0:M])
    float s = 0;
    for (long j = 0; j < N; j++) s += A[i * N + j] * x[j];
    y[i] = s;
  @end`,
    wrongIndex: [["A[i * N + j]", "A[j * M + i]"]],
    wrongReduction: [["float s = 0;", "static float s = 0;"]],
  },
  gemm: {
    text: `
  const long M = dims[0], N = dims[1], K = dims[2];
  const float *A = IN(float, 0), *B = IN(float, 1);
  float *C = OUT(0);
  @for(i, M; A[0:M*K], B[0:K*N]; C[0:M*N])
    for (long j = 0; j < N; j++) C[i * N + j] = 0;
    for (long k = 0; k < K; k++)
      for (long j = 0; j < N; j++) C[i * N + j] += A[i * K + k] * B[k * N + j];
  @end`,
    wrongIndex: [["B[k * N + j]", "B[j * K + k]"]],
    wrongReduction: [["C[i * N + j] += A", "C[i * N + j] = A"]],
  },
  spmv: {
    text: `
  const long rows = dims[0], cols = dims[1], nnz = dims[2];
  const int *rowPtr = IN(int, 0), *colIdx = IN(int, 1);
  const float *values = IN(float, 2), *x = IN(float, 3);
  float *y = OUT(0);
  @for(i, rows; rowPtr[0:rows+1], colIdx[0:nnz], values[0:nnz], x[0:cols]; y[0:rows])
    float s = 0;
    for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) s += values[k] * x[colIdx[k]];
    y[i] = s;
  @end`,
    wrongIndex: [["x[colIdx[k]]", "x[colIdx[k] > 0 ? colIdx[k] - 1 : 0]"]],
    wrongReduction: [["float s = 0;", "static float s = 0;"]],
  },
  jacobi3d: {
    text: `
  const long nx = dims[0], ny = dims[1], nz = dims[2], n = nx * ny * nz;
  const float *u = IN(float, 0);
  std::vector<float> first(u, u + n), second(u, u + n);
  float *from = first.data(), *to = second.data();
  for (int sweep = 0; sweep < 3; sweep++) {
    @for(i, nx - 2; from[0:n]; to[0:n])
      for (long j = 1; j + 1 < ny; j++)
        for (long k = 1; k + 1 < nz; k++) {
          const long at = ((i + 1) * ny + j) * nz + k;
          to[at] = (from[at - ny * nz] + from[at + ny * nz] + from[at - nz] + from[at + nz] +
                    from[at - 1] + from[at + 1]) / 6;
        }
    @end
    std::swap(from, to);
  }
  std::copy(from, from + n, OUT(0));`,
    wrongIndex: [
      ["from[at - nz]", "from[at - ny]"],
      ["from[at + nz]", "from[at + ny]"],
    ],
    wrongReduction: [
      ["to[at] =", "from[at] ="],
      ["std::swap(from, to);", ""],
    ],
  },
  cg: {
    text: `
  const long n = dims[0], nnz = dims[1];
  const int *rowPtr = IN(int, 0), *colIdx = IN(int, 1);
  const float *values = IN(float, 2), *b = IN(float, 3), tolerance = *IN(float, 4);
  float *x = OUT(0);
  std::vector<float> work(3 * n);
  float *r = work.data(), *p = r + n, *q = p + n;
  float rr = 0;
  @sum(rr, i, n; b[0:n]; x[0:n], r[0:n], p[0:n])
    x[i] = 0;
    r[i] = p[i] = b[i];
    rr += b[i] * b[i];
  @end
  const float enough = tolerance * tolerance * rr;
  for (long step = 0; step < 20 * n && rr > enough; step++) {
    float pq = 0;
    @sum(pq, i, n; rowPtr[0:n+1], colIdx[0:nnz], values[0:nnz], p[0:n]; q[0:n])
      float s = 0;
      for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) s += values[k] * p[colIdx[k]];
      q[i] = s;
      pq += p[i] * s;
    @end
    if (!(pq > 0)) return 1;
    const float alpha = rr / pq;
    float next = 0;
    @sum(next, i, n; p[0:n], q[0:n]; x[0:n], r[0:n])
      x[i] += alpha * p[i];
      r[i] -= alpha * q[i];
      next += r[i] * r[i];
    @end
    const float beta = next / rr;
    @for(i, n; r[0:n]; p[0:n])
      p[i] = r[i] + beta * p[i];
    @end
    rr = next;
  }`,
    wrongIndex: [["p[colIdx[k]]", "p[colIdx[k] > 0 ? colIdx[k] - 1 : 0]"]],
    wrongReduction: [["next += r[i] * r[i];", "next = r[i] * r[i];"]],
  },
};
