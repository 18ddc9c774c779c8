import { type Matrix, matrix } from "@daily-kernel/compute";

/** A sparse matrix in compressed rows: row i has entries starts[i] .. starts[i + 1]. */
export interface SparseMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly starts: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float64Array;
}

/** a b for a dense b of a.cols rows; 2 nnz(a) b.cols operations. */
export function sparseTimesDense(a: SparseMatrix, b: Matrix): Matrix {
  const { cols } = b;
  const product = matrix(a.rows, cols);
  for (let i = 0; i < a.rows; i++) {
    const to = i * cols;
    for (let p = a.starts[i]!; p < a.starts[i + 1]!; p++) {
      addScaled(product.data, to, b.data, a.columns[p]! * cols, a.values[p]!, cols);
    }
  }
  return product;
}

/** a^T b for a dense b of a.rows rows. */
export function sparseTransposeTimesDense(a: SparseMatrix, b: Matrix): Matrix {
  const { cols } = b;
  const product = matrix(a.cols, cols);
  for (let i = 0; i < a.rows; i++) {
    const from = i * cols;
    for (let p = a.starts[i]!; p < a.starts[i + 1]!; p++) {
      addScaled(product.data, a.columns[p]! * cols, b.data, from, a.values[p]!, cols);
    }
  }
  return product;
}

/** y[to + j] += weight x[from + j] for j below n. */
function addScaled(
  y: Float64Array,
  to: number,
  x: Float64Array,
  from: number,
  weight: number,
  n: number,
): void {
  for (let j = 0; j < n; j++) y[to + j] = y[to + j]! + weight * x[from + j]!;
}
