import {
  checkObject,
  checkPoolOptions,
  checkType,
  domainError,
  type Matrix,
  type PoolOptions,
  shapeError,
} from "@daily-kernel/compute";
import type { PointSet } from "../sequences/sequence.ts";
import { type Discrepancy, discrepancyKind } from "./discrepancy-kinds.ts";
import { pairSums, pairSumsOnPool, type WeightedProduct } from "./pair-sums.ts";

export interface DiscrepancyOptions {
  /** One weight >= 0 a coordinate, gamma_j: every factor becomes 1 + gamma_j k(x_j, y_j). */
  weights?: ArrayLike<number>;
}

/**
 * An L2 discrepancy of n points in [0, 1]^d, given as a matrix of n x d or as a `PointSet` of one
 * replication. Without weights `star-L2`, `centered-L2`, `wrap-around-L2` and `mixture` give what
 * SciPy's `discrepancy` gives for L2-star (a root), CD, WD and MD (squares); `L2star`, `L2ext`,
 * `L2per`, `L2ctr`, `L2sym` and `L2mix` give QMCPy's losses (roots). O(n^2 d) (Warnock 1972;
 * Hickernell 1998; Zhou, Fang and Ning 2013). With a pool the same number, as a promise.
 *
 * @throws TypeError, RangeError for no points, a coordinate outside [0, 1] or other bad arguments.
 */
export function discrepancy(
  points: Matrix | PointSet,
  kind: Discrepancy,
  options: DiscrepancyOptions & PoolOptions,
): Promise<number>;
export function discrepancy(
  points: Matrix | PointSet,
  kind: Discrepancy,
  options?: DiscrepancyOptions,
): number;
export function discrepancy(
  points: Matrix | PointSet,
  kind: Discrepancy,
  options: DiscrepancyOptions & Partial<PoolOptions> = {},
): number | Promise<number> {
  const fn = "discrepancy";
  const { data, n, d } = unitPoints(fn, points);
  checkObject(fn, "options", options);
  checkPoolOptions(fn, options);
  const found = discrepancyKind(fn, kind, options.weights, d);
  const x = transposed(data, n, d);
  const finish = (pairs: Float64Array) => {
    const squared = Math.max(0, squaredFromPairs(found, x, n, pairs));
    return found.root ? Math.sqrt(squared) : squared;
  };
  const { pool, signal, onProgress } = options;
  if (pool === undefined) return finish(pairSums(found, x, n));
  return pairSumsOnPool(found, x, n, { pool, signal, onProgress }).then(finish);
}

/** The square, for n points transposed; rounding may leave a little below 0. */
export function squaredDiscrepancy(product: WeightedProduct, x: Float64Array, n: number): number {
  return squaredFromPairs(product, x, n, pairSums(product, x, n));
}

function squaredFromPairs(
  product: WeightedProduct,
  x: Float64Array,
  n: number,
  pairs: Float64Array,
): number {
  const { kernel, constant, weights } = product;
  const own = new Float64Array(n).fill(1);
  const single = new Float64Array(n).fill(1);
  let both = 1;
  for (const [j, w] of weights.entries()) {
    both *= constant + w * kernel.doubleIntegral;
    for (let i = 0; i < n; i++) {
      const xi = x[j * n + i]!;
      own[i]! *= constant + w * kernel.value(xi, xi);
      single[i]! *= constant + w * kernel.integral(xi);
    }
  }
  const mean = (values: Float64Array) => compensatedSum(values) / n;
  return both - 2 * mean(single) + (mean(own) + 2 * mean(pairs)) / n;
}

/** Neumaier's sum: what rounding takes from the running sum is added at the end. */
function compensatedSum(values: Float64Array): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** Coordinate j of point i moves from i d + j to j n + i. */
export function transposed(data: Float64Array, n: number, d: number): Float64Array {
  const x = new Float64Array(n * d);
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) x[j * n + i] = data[i * d + j]!;
  return x;
}

/** Points in the closed unit cube, at least one. @throws TypeError, RangeError naming `fn`. */
export function unitPoints(
  fn: string,
  points: Matrix | PointSet,
): { data: Float64Array; n: number; d: number } {
  checkObject(fn, "points", points);
  const { data } = points;
  checkType(data instanceof Float64Array, fn, "points.data", "a Float64Array", data);
  const isSet = "dimension" in points;
  const [n, d] = isSet ? [points.n, points.dimension] : [points.rows, points.cols];
  if (isSet && points.replications !== 1) {
    throw shapeError(`${fn}: points must have 1 replication, got ${points.replications}`);
  }
  if (!(n > 0 && d > 0) || data.length !== n * d) {
    throw shapeError(
      `${fn}: points must be n x d with n, d > 0 and n d numbers, got ${n} x ${d} and ${data.length}`,
    );
  }
  for (let i = 0; i < data.length; i++) {
    if (!(data[i]! >= 0 && data[i]! <= 1)) {
      const at = `point ${Math.floor(i / d)}, coordinate ${i % d}`;
      throw domainError(`${fn}: points must lie in [0, 1], got ${data[i]} at ${at}`);
    }
  }
  return { data, n, d };
}
