import { checkType, type Matrix, numericError, shapeError } from "@daily-kernel/compute";
import type { FeatureMap } from "@daily-kernel/kernels";
import { checkedNumbers, checkPoints } from "../check.ts";
import { applyTransposed, dependentColumn, factorQr } from "../linear/qr.ts";
import { extremeEigenvalues } from "./gram-spectrum.ts";

/** A fit and what is certain about it. */
export interface LeastSquaresFit {
  /** c: m numbers. */
  readonly coefficients: Float64Array;
  /** Of G = (1/n) sum w_i phi_i phi_i^T, which is I on average. */
  readonly smallestEigenvalue: number;
  readonly largestEigenvalue: number;
  /** Their ratio. */
  readonly condition: number;
  /** sqrt((1/n) sum w_i (y_i - phi_i . c)^2). */
  readonly residual: number;
  /**
   * C such that, for values without noise and a basis orthonormal for a probability measure,
   * |f - fit| in L2 is surely at most C times the least sup-norm error of any v in the space:
   * 1 + sqrt(mean weight / smallest eigenvalue).
   */
  readonly supNormConstant: number;
  /** The fit at the rows of x. */
  evaluate(x: Matrix): Float64Array;
}

/**
 * The c that minimises (1/n) sum w_i (y_i - phi(x_i) . c)^2, by QR of sqrt(w) phi; never by normal
 * equations. 2 n m^2 operations.
 *
 * @param x - n x d points, n >= m.
 * @param y - n values.
 * @param features - the basis, or any feature map (the constants then mean nothing).
 * @param weights - n numbers > 0; default 1.
 * @throws RangeError `ERR_SHAPE` for n < m or lengths that do not fit.
 * @throws Error `ERR_NUMERIC` if the points do not determine the coefficients.
 */
export function weightedLeastSquares(
  x: Matrix,
  y: ArrayLike<number>,
  features: FeatureMap,
  weights?: ArrayLike<number>,
): LeastSquaresFit {
  const fn = "weightedLeastSquares";
  checkType(typeof features?.map === "function", fn, "features", "a FeatureMap", features);
  checkPoints(fn, "x", x, features.dimension);
  const [n, m] = [x.rows, features.features];
  if (n < m)
    throw shapeError(`${fn}: x must hold at least ${m} points for ${m} features, got ${n}`);
  const values = checkedNumbers(fn, "y", y, n);
  const w = checkedNumbers(fn, "weights", weights ?? new Float64Array(n).fill(1), n, true);
  const scaled = features.map(x);
  for (let i = 0; i < n; i++) {
    const root = Math.sqrt(w[i]! / n);
    for (let j = 0; j < m; j++) scaled.data[i * m + j]! *= root;
    values[i]! *= root;
  }
  const qr = factorQr(scaled);
  const dependent = dependentColumn(qr);
  if (dependent >= 0) {
    throw numericError(
      `${fn}: the points do not determine the coefficients: feature ${dependent} is a combination of those before it there`,
    );
  }
  applyTransposed(qr, values);
  // in units of the largest, whose square may be no double
  const unit = values.subarray(m).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let squares = 0;
  for (let i = m; i < n && unit > 0; i++) squares += (values[i]! / unit) ** 2;
  const residual = unit * Math.sqrt(squares);
  const coefficients = values.slice(0, m);
  for (let i = m - 1; i >= 0; i--) {
    let sum = coefficients[i]!;
    for (let j = i + 1; j < m; j++) sum -= qr.r.data[i * m + j]! * coefficients[j]!;
    coefficients[i] = sum / qr.r.data[i * m + i]!;
  }
  if (!coefficients.every(Number.isFinite) || !Number.isFinite(residual)) {
    throw numericError(`${fn}: the coefficients overflow; bring y to a smaller scale`);
  }
  const { smallest, largest } = extremeEigenvalues(qr.r);
  const meanWeight = w.reduce((sum, weight) => sum + weight, 0) / n;
  return {
    coefficients,
    smallestEigenvalue: smallest,
    largestEigenvalue: largest,
    condition: largest / smallest,
    residual,
    supNormConstant: 1 + Math.sqrt(meanWeight / smallest),
    evaluate(at) {
      const phi = features.map(at);
      return Float64Array.from({ length: at.rows }, (_, i) => {
        let sum = 0;
        for (let j = 0; j < m; j++) sum += phi.data[i * m + j]! * coefficients[j]!;
        return sum;
      });
    },
  };
}
