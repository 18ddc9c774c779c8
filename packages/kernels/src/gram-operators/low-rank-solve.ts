import { cholesky, choleskySolve, type Matrix, matmul, matrix } from "@daily-kernel/compute";
import { addToDiagonal } from "../regression/parts.ts";

/**
 * y -> (A A^T + shift I)^-1 y for A of n x r and shift > 0, by the r x r system of
 * Sherman, Morrison and Woodbury: (y - A (A^T A + shift I)^-1 A^T y) / shift. n r^2 operations once, then
 * 4 n r a column.
 */
export function lowRankSolver(a: Matrix, shift: number): (y: Matrix) => Matrix {
  const inner = matmul(a, a, { transposeA: true });
  addToDiagonal(inner, shift);
  const l = cholesky(inner);
  return (y) => {
    const small = choleskySolve(l, matmul(a, y, { transposeA: true }));
    const { data } = matmul(a, small);
    return matrix(
      y.rows,
      y.cols,
      y.data.map((v, i) => (v - data[i]!) / shift),
    );
  };
}
