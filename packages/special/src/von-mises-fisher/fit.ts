import { checkType, domainError, numericError, shapeError } from "@daily-kernel/compute";
import { solveConcentration } from "./concentration.ts";
import { addRow, type UnitRows } from "./unit-rows.ts";

/** The two parameters of a von Mises-Fisher distribution. */
export interface Parameters {
  readonly mean: Float64Array;
  readonly kappa: number;
}

export interface FitOptions {
  /**
   * The maximum-likelihood kappa solves A_p(kappa) = Rbar, and overshoots where p is not far below
   * n: the square of Rbar has expectation rho^2 + (1 - rho^2)/n about the true length rho. `true`
   * solves for the unbiased square instead (0 if that is negative).
   */
  readonly correctBias?: boolean;
}

/** Throws unless weights, where given, are finite, >= 0 and as many as the rows. */
export function checkWeights(where: string, weights: Float64Array | undefined, rows: number): void {
  if (weights === undefined) return;
  checkType(weights instanceof Float64Array, where, "weights", "a Float64Array", weights);
  if (weights.length !== rows) {
    throw shapeError(`${where}: weights must hold ${rows} numbers, got ${weights.length}`);
  }
  const bad = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (bad >= 0) {
    throw domainError(`${where}: weights must be >= 0 and finite, got ${weights[bad]} at ${bad}`);
  }
}

/** Maximum likelihood from rows with known norms (each row counts as scaled to norm 1). */
export function fitRows(
  where: string,
  x: UnitRows,
  norms: Float64Array,
  weights: Float64Array | undefined,
  options: FitOptions,
): Parameters {
  // only their ratios count, and the sums of the largest doubles overflow
  const top = weights ? weights.reduce((a, b) => Math.max(a, b), 0) : 1;
  if (top === 0) throw domainError(`${where}: weights must not all be 0`);
  const weightOf = (i: number) => (weights ? weights[i]! / top : 1);
  const sum = new Float64Array(x.cols);
  let total = 0;
  let squares = 0;
  for (let i = 0; i < x.rows; i++) {
    const weight = weightOf(i);
    if (weight === 0) continue;
    total += weight;
    squares += weight * weight;
    addRow(sum, x, i, weight / norms[i]!);
  }
  const { mean, rbar } = direction(where, sum, total);
  const count = (total * total) / squares;
  if (rbar < 0.99) return concentrated(where, mean, rbar, 1 - rbar, count, options);
  const tight = aroundMean(x, norms, weightOf, total, mean);
  return concentrated(where, tight.mean, 1 - tight.missing, tight.missing, count, options);
}

/**
 * 1 - rbar of a tight cluster, with the digits that the difference loses, and its mean direction
 * without the rounding of the sum: with e = x - mean, the sum of the rows is mean + average(e), so
 * that 1 - rbar^2 is the variance of e.
 */
function aroundMean(
  x: UnitRows,
  norms: Float64Array,
  weightOf: (i: number) => number,
  total: number,
  mean: Float64Array,
): { mean: Float64Array; missing: number } {
  const average = new Float64Array(x.cols);
  let square = 0;
  for (let i = 0; i < x.rows; i++) {
    const weight = weightOf(i) / total;
    for (let j = 0; j < x.cols; j++) {
      const e = x.data[i * x.cols + j]! / norms[i]! - mean[j]!;
      average[j]! += weight * e;
      square += weight * e * e;
    }
  }
  const shift = norm(average);
  const moved = mean.map((value, j) => value + average[j]!);
  const length = norm(moved);
  const missing = Math.max(0, square - shift * shift) / (1 + length);
  return { mean: moved.map((value) => value / length), missing };
}

/** Maximum likelihood from the sum of unit vectors and their number. */
export function fitSums(
  where: string,
  sum: Float64Array,
  total: number,
  options: FitOptions,
): Parameters {
  const { mean, rbar } = direction(where, sum, total);
  if (rbar > 1 + 1e-6) {
    throw domainError(
      `${where}: the norm of sum must be at most n = ${total}, got ${rbar * total}: the vectors were not of norm 1`,
    );
  }
  return concentrated(where, mean, rbar, 1 - rbar, total, options);
}

function direction(where: string, sum: Float64Array, total: number) {
  const rbar = norm(sum) / total;
  if (Number.isNaN(rbar)) throw domainError(`${where}: sum must be finite, got NaN`);
  if (rbar === 0) {
    throw numericError(
      `${where}: the vectors sum to zero, so kappa is 0 and every mean direction is as likely`,
    );
  }
  const length = rbar * total;
  return { mean: sum.map((value) => value / length), rbar };
}

function concentrated(
  where: string,
  mean: Float64Array,
  rbar: number,
  missing: number,
  count: number,
  { correctBias = false }: FitOptions,
): Parameters {
  // rounding alone leaves less of identical rows
  if (missing <= 1e-31) {
    throw numericError(
      `${where}: all vectors are equal, so the likelihood grows without bound as kappa does`,
    );
  }
  const p = mean.length;
  if (!correctBias) {
    return { mean, kappa: solveConcentration(p, rbar, missing) };
  }
  // rho^2 = (n Rbar^2 - 1)/(n - 1), and 1 - rho^2 = (1 - Rbar^2) n/(n - 1)
  const missingSquare = missing * (2 - missing) * (count / (count - 1));
  if (!(count > 1 && missingSquare < 1)) return { mean, kappa: 0 };
  const rho = Math.sqrt(1 - missingSquare);
  return { mean, kappa: solveConcentration(p, rho, missingSquare / (1 + rho)) };
}

/** Euclidean norm; scaled, so that squares neither overflow nor underflow. */
function norm(vector: Float64Array): number {
  let top = 0;
  for (const value of vector) top = value > top || -value > top ? Math.abs(value) : top;
  if (top === 0 || top === Infinity) return vector.some(Number.isNaN) ? Number.NaN : top;
  let sum = 0;
  for (const value of vector) sum += (value / top) ** 2;
  return top * Math.sqrt(sum);
}
