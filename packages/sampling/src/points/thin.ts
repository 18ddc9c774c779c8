import { checkObject, matrix, numericError, shapeError } from "@daily-kernel/compute";
import type { OrthonormalBasis } from "../basis/orthonormal-basis.ts";
import { checkBasis, checkBetween, checkedNumbers, checkPoints } from "../check.ts";
import { choleskyOf, inverseNorm } from "../linear/positive-definite.ts";
import type { WeightedPoints } from "./weighted-points.ts";

/**
 * Removes points, one at a time, as long as the Gram matrix of the rest (mean over what is left) keeps
 * all eigenvalues above `minEigenvalue`: fewer evaluations under the same sure bound. With A = sum w_i
 * phi_i phi_i^T - (n - 1) minEigenvalue I, point i may go exactly if w_i phi_i^T A^-1 phi_i < 1; the
 * point with the least of these goes. O(n m^2) a removal. The estimate is no longer unbiased
 * (after Haberstich, Nouy and Perrin, Boosted optimal weighted least-squares, Math. Comp. 91, 2022).
 *
 * @returns the points kept, in their order, with their weights, and `kept`: their numbers.
 * @throws Error `ERR_NUMERIC` if the points do not fulfil the condition to begin with.
 */
export function thin(
  basis: OrthonormalBasis,
  sample: Pick<WeightedPoints, "points" | "weights">,
  minEigenvalue: number,
): { points: WeightedPoints["points"]; weights: Float64Array; kept: Int32Array } {
  const fn = "thin";
  checkBasis(fn, basis);
  checkObject(fn, "sample", sample);
  const { points } = sample;
  checkPoints(fn, "sample.points", points, basis.dimension);
  const weights = checkedNumbers(fn, "sample.weights", sample.weights, points.rows, true);
  checkBetween(fn, "minEigenvalue", minEigenvalue, 0, 1);
  const { features: m, dimension: d } = basis;
  if (points.rows < m) {
    throw shapeError(`${fn}: sample must hold at least ${m} points, got ${points.rows}`);
  }
  const phi = basis.map(points);
  const sum = matrix(m, m);
  const add = (i: number, factor: number) => {
    for (let a = 0, p = i * m; a < m; a++) {
      const left = factor * weights[i]! * phi.data[p + a]!;
      for (let b = 0; b < m; b++) sum.data[a * m + b]! += left * phi.data[p + b]!;
    }
  };
  for (let i = 0; i < points.rows; i++) add(i, 1);
  const factorLess = (count: number) => {
    const a = matrix(m, m, sum.data.slice());
    for (let j = 0; j < m; j++) a.data[j * m + j]! -= count * minEigenvalue;
    return choleskyOf(a);
  };
  if (factorLess(points.rows) === undefined) {
    throw numericError(`${fn}: the Gram matrix of sample has an eigenvalue below ${minEigenvalue}`);
  }
  const kept = Array.from({ length: points.rows }, (_, i) => i);
  while (kept.length > m) {
    const l = factorLess(kept.length - 1);
    if (l === undefined) break;
    let least = 1;
    let at = -1;
    kept.forEach((i, position) => {
      const score = weights[i]! * inverseNorm(l, phi.data, i * m);
      if (score < least) [least, at] = [score, position];
    });
    if (at < 0) break;
    add(kept[at]!, -1);
    kept.splice(at, 1);
  }
  const out = matrix(kept.length, d);
  kept.forEach((i, to) => {
    out.data.set(points.data.subarray(i * d, (i + 1) * d), to * d);
  });
  return {
    points: out,
    weights: Float64Array.from(kept, (i) => weights[i]!),
    kept: Int32Array.from(kept),
  };
}
