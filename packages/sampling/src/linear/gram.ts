import { type Matrix, matrix } from "@daily-kernel/compute";

/** G = (1/n) sum w_i phi_i phi_i^T, m x m, of the rows phi_i. */
export function scaledGram(phi: Matrix, weights: Float64Array): Matrix {
  const { data, rows: n, cols: m } = phi;
  const gram = matrix(m, m);
  for (let i = 0; i < n; i++) {
    const weight = weights[i]! / n;
    for (let a = 0, p = i * m; a < m; a++) {
      const left = weight * data[p + a]!;
      for (let b = 0; b <= a; b++) gram.data[a * m + b]! += left * data[p + b]!;
    }
  }
  for (let a = 0; a < m; a++) {
    for (let b = 0; b < a; b++) gram.data[b * m + a] = gram.data[a * m + b]!;
  }
  return gram;
}

/** A^T A, n x n, of a d x n matrix. */
export function productWithTranspose(a: Matrix): Matrix {
  return scaledGram(a, new Float64Array(a.rows).fill(a.rows));
}
