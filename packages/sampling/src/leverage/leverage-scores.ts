import { cholesky, type Matrix, matrix, numericError } from "@daily-kernel/compute";
import { christoffelOf } from "../basis/christoffel.ts";
import { checkBetween, checkCount, checkPoints } from "../check.ts";
import { inverseNorm } from "../linear/positive-definite.ts";
import { dependentColumn, factorQr, thinQ } from "../linear/qr.ts";

/**
 * The leverage of each row of an N x m matrix, a_i^T (A^T A)^-1 a_i, in [0, 1] with sum m; by QR,
 * 4 N m^2 operations.
 *
 * @throws Error `ERR_NUMERIC` naming a column that is a combination of those before it.
 */
export function leverageScores(a: Matrix): Float64Array {
  checkPoints("leverageScores", "a", a);
  checkCount("leverageScores", "a.cols", a.cols, 1, Math.max(1, a.rows));
  const qr = factorQr(a);
  const dependent = dependentColumn(qr);
  if (dependent >= 0) {
    throw numericError(
      `leverageScores: a must have independent columns; column ${dependent} is a combination of those before it`,
    );
  }
  return christoffelOf(thinQ(qr));
}

/**
 * a_i^T (A^T A + lambda I)^-1 a_i of each row; their sum is the effective dimension. N m^2 operations.
 *
 * @param lambda - > 0.
 */
export function ridgeLeverageScores(a: Matrix, lambda: number): Float64Array {
  checkPoints("ridgeLeverageScores", "a", a);
  checkBetween("ridgeLeverageScores", "lambda", lambda, 0);
  const { data, rows: n, cols: m } = a;
  const gram = matrix(m, m);
  for (let j = 0; j < m; j++) gram.data[j * m + j] = lambda;
  for (let i = 0; i < n; i++) {
    for (let j = 0, p = i * m; j < m; j++) {
      for (let l = 0; l <= j; l++) gram.data[j * m + l]! += data[p + j]! * data[p + l]!;
    }
  }
  const factor = cholesky(gram);
  return Float64Array.from({ length: n }, (_, i) => inverseNorm(factor, data, i * m));
}
