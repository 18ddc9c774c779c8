import { checkObject, domainError, shapeError } from "@daily-kernel/compute";

export interface PeriodicKernel {
  /** Weights gamma_j of the coordinates; all 1 by default. */
  weights?: ArrayLike<number>;
  /** K at a point of the unit cube; prod_j (1 + weights_j B_2(x_j)) by default. */
  kernel?: (x: Float64Array, weights: Float64Array) => number;
  /** The integral of K over the cube; 1 by default. */
  integral?: number;
}

/**
 * Squared periodic discrepancies of the first k = 1..n points i alpha: as K(x_i - x_l) depends on
 * i - l alone, k K(0) + 2 sum_{i<k} (k - i) K(x_i) is the double sum. `points` are n x d.
 */
export function squaredDiscrepancies(
  where: string,
  points: Float64Array,
  n: number,
  d: number,
  { weights: given, kernel = bernoulli, integral = 1 }: PeriodicKernel,
): Float64Array {
  const weights = given === undefined ? new Float64Array(d).fill(1) : Float64Array.from(given);
  checkObject(where, "weights", weights);
  if (weights.length !== d) {
    throw shapeError(`${where}: weights must hold ${d} numbers, got ${weights.length}`);
  }
  const bad = weights.findIndex((w) => !(w >= 0 && w < Number.POSITIVE_INFINITY));
  if (bad >= 0) {
    throw domainError(`${where}: weights[${bad}] must be finite and >= 0, got ${weights[bad]}`);
  }
  let sum = 0; // of K(x_i), 0 < i < k
  let sums = 0; // of those sums: sum_i (k - i) K(x_i)
  const first = kernel(points.subarray(0, d), weights);
  const squares = new Float64Array(n);
  for (let k = 1; k <= n; k++) {
    squares[k - 1] = (k * first + 2 * sums) / (k * k) - integral;
    if (k < n) sum += kernel(points.subarray(k * d, (k + 1) * d), weights);
    sums += sum;
  }
  return squares;
}

function bernoulli(x: Float64Array, weights: Float64Array): number {
  let product = 1;
  for (let j = 0; j < x.length; j++) {
    product *= 1 + weights[j]! * (x[j]! * (x[j]! - 1) + 1 / 6);
  }
  return product;
}
