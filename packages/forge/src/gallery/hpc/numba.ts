import type { HpcKernel } from "../../tasks/hpc/hpc-tasks.ts";
import type { Change, GoldKernels } from "./gold.ts";

const head = `import numpy as np
from numba import njit, prange
`;

/** Every kernel is compiled for serial work in the wrong model. */
const wrongModel: Change = [
  ["@njit(parallel=True)", "@njit"],
  ["prange(", "range("],
  ["import njit, prange", "import njit"],
];

const kernels: Readonly<
  Record<HpcKernel, { text: string; wrongIndex: Change; wrongReduction: Change }>
> = {
  axpy: {
    text: `
@njit(parallel=True)
def axpy(a, x, y, z):
    for i in prange(x.size):
        z[i] = a * x[i] + y[i]

def forge_kernel(inputs, outputs, dims):
    axpy(inputs[0][0], inputs[1], inputs[2], outputs[0])
`,
    wrongIndex: [["+ y[i]", "+ y[x.size - 1 - i]"]],
    wrongReduction: [["prange(x.size)", "prange(x.size - x.size % 4)"]],
  },
  gemv: {
    text: `
@njit(parallel=True)
def gemv(A, x, y):
    for i in prange(A.shape[0]):
        s = np.float32(0)
        for j in range(A.shape[1]):
            s += A[i, j] * x[j]
        y[i] = s

def forge_kernel(inputs, outputs, dims):
    gemv(inputs[0], inputs[1], outputs[0])
`,
    wrongIndex: [["gemv(inputs[0],", "gemv(inputs[0].reshape(dims[1], dims[0]).T,"]],
    // One cell for the sums of all rows, which threads share and nobody clears.
    wrongReduction: [
      ["def gemv(A, x, y):\n", "def gemv(A, x, y):\n    t = np.zeros(1, np.float32)\n"],
      ["            s +=", "            t[0] +="],
      ["y[i] = s", "y[i] = t[0]"],
    ],
  },
  gemm: {
    text: `
@njit(parallel=True)
def gemm(A, B, C):
    for i in prange(A.shape[0]):
        for j in range(B.shape[1]):
            s = np.float32(0)
            for k in range(A.shape[1]):
                s += A[i, k] * B[k, j]
            C[i, j] = s

def forge_kernel(inputs, outputs, dims):
    gemm(inputs[0], inputs[1], outputs[0])
`,
    wrongIndex: [["inputs[1], outputs", "inputs[1].reshape(dims[1], dims[2]).T, outputs"]],
    wrongReduction: [
      ["def gemm(A, B, C):\n", "def gemm(A, B, C):\n    t = np.zeros(1, np.float32)\n"],
      ["                s +=", "                t[0] +="],
      ["C[i, j] = s", "C[i, j] = t[0]"],
    ],
  },
  spmv: {
    text: `
@njit(parallel=True)
def spmv(row_ptr, col_idx, values, x, y):
    for i in prange(y.size):
        s = np.float32(0)
        for k in range(row_ptr[i], row_ptr[i + 1]):
            s += values[k] * x[col_idx[k]]
        y[i] = s

def forge_kernel(inputs, outputs, dims):
    spmv(inputs[0], inputs[1], inputs[2], inputs[3], outputs[0])
`,
    wrongIndex: [["x[col_idx[k]]", "x[max(col_idx[k] - 1, 0)]"]],
    wrongReduction: [
      ["values, x, y):\n", "values, x, y):\n    t = np.zeros(1, np.float32)\n"],
      ["            s +=", "            t[0] +="],
      ["y[i] = s", "y[i] = t[0]"],
    ],
  },
  jacobi3d: {
    text: `
@njit(parallel=True)
def sweep(u, v):
    for i in prange(1, u.shape[0] - 1):
        for j in range(1, u.shape[1] - 1):
            for k in range(1, u.shape[2] - 1):
                v[i, j, k] = (u[i - 1, j, k] + u[i + 1, j, k] + u[i, j - 1, k] + u[i, j + 1, k]
                              + u[i, j, k - 1] + u[i, j, k + 1]) / np.float32(6)

def forge_kernel(inputs, outputs, dims):
    u = inputs[0].copy()
    v = u.copy()
    for _ in range(3):
        sweep(u, v)
        u, v = v, u
    outputs[0][:] = u
`,
    wrongIndex: [["u[i, j, k - 1]", "u[i, j, k]"]],
    wrongReduction: [["sweep(u, v)\n        u, v = v, u", "sweep(u, u)"]],
  },
  cg: {
    text: `
@njit(parallel=True)
def product(row_ptr, col_idx, values, p, q):
    pq = np.float32(0)
    for i in prange(p.size):
        s = np.float32(0)
        for k in range(row_ptr[i], row_ptr[i + 1]):
            s += values[k] * p[col_idx[k]]
        q[i] = s
        pq += p[i] * s
    return pq

@njit(parallel=True)
def advance(alpha, p, q, x, r):
    rr = np.float32(0)
    for i in prange(p.size):
        x[i] += alpha * p[i]
        r[i] -= alpha * q[i]
        rr += r[i] * r[i]
    return rr

def forge_kernel(inputs, outputs, dims):
    row_ptr, col_idx, values, b, tolerance = inputs
    x = outputs[0]
    x[:] = 0
    r, p, q = b.copy(), b.copy(), np.zeros_like(b)
    rr = advance(np.float32(0), p, q, x, r)
    enough = tolerance[0] * tolerance[0] * rr
    for _ in range(20 * dims[0]):
        if rr <= enough:
            break
        pq = product(row_ptr, col_idx, values, p, q)
        if not pq > 0:
            return 1
        after = advance(np.float32(rr / pq), p, q, x, r)
        p *= np.float32(after / rr)
        p += r
        rr = after
`,
    wrongIndex: [["p[col_idx[k]]", "p[max(col_idx[k] - 1, 0)]"]],
    wrongReduction: [["after / rr", "rr / after"]],
  },
};

/** The six kernels in Python with parallel Numba. */
export const numbaKernels = Object.fromEntries(
  Object.entries(kernels).map(([kernel, { text, ...changes }]) => [
    kernel,
    { source: head + text, ...changes, wrongModel: wrongModelOf(text) },
  ]),
) as unknown as GoldKernels;

function wrongModelOf(text: string): string {
  return wrongModel.reduce((source, [from, to]) => source.replaceAll(from, to), head + text);
}
