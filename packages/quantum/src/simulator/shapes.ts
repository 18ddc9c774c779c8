import { type ComplexMatrix, sizeOf } from "../circuits/complex-matrix.ts";

/** Whether all entries off the diagonal are 0. */
export function isDiagonal(matrix: ComplexMatrix): boolean {
  const d = sizeOf(matrix);
  return matrix.every((value, k) => value === 0 || (k >> 1) % (d + 1) === 0);
}

export const isReal = (matrix: ComplexMatrix): boolean =>
  matrix.every((value, k) => k % 2 === 0 || value === 0);

/** Whether the matrix is that of X. */
export const isFlip = (matrix: ComplexMatrix): boolean =>
  matrix.length === 8 && matrix.every((value, k) => value === (k === 2 || k === 4 ? 1 : 0));
