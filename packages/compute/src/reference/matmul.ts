import { type Matrix, matrix } from "../matrix.ts";

/** a b by its definition, with the sum of |terms| of each element, the scale of rounding errors. */
export function matmulReference(a: Matrix, b: Matrix): { product: Matrix; scale: Matrix } {
  const product = matrix(a.rows, b.cols);
  const scale = matrix(a.rows, b.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.cols; j++) {
      for (let p = 0; p < a.cols; p++) {
        const term = a.data[i * a.cols + p]! * b.data[p * b.cols + j]!;
        product.data[i * b.cols + j]! += term;
        scale.data[i * b.cols + j]! += Math.abs(term);
      }
    }
  }
  return { product, scale };
}
