import { checkRunOptions, type Matrix, matrix, type RunOptions } from "@daily-kernel/compute";
import type { PointSet } from "../sequences/sequence.ts";
import { Breather } from "./breather.ts";
import { squaredDiscrepancy, transposed, unitPoints } from "./discrepancy.ts";
import { type Discrepancy, discrepancyKind } from "./discrepancy-kinds.ts";
import { checkWhole } from "./lattice-cbc.ts";
import { pairSlopes } from "./pair-slopes.ts";
import type { WeightedProduct } from "./pair-sums.ts";

export interface OptimizePointsOptions extends RunOptions {
  /** `L2star` by default. */
  criterion?: Discrepancy;
  /** One weight >= 0 a coordinate (see `discrepancy`). */
  weights?: ArrayLike<number>;
  /** Steps, 500 by default. */
  iterations?: number;
}

export interface OptimizedPoints {
  points: Matrix;
  /** The criterion of the points that were given and of those found, as `discrepancy` gives it. */
  initial: number;
  discrepancy: number;
}

const BETA1 = 0.9;
const BETA2 = 0.99;

/**
 * Moves points in [0, 1]^d so that an L2 discrepancy falls: Adam (Kingma and Ba 2015) with the
 * discrepancy's own gradient, steps that begin at 1 / n and fade to 0 along a cosine,
 * coordinates kept in [0, 1). The best points on the way are returned; they are never worse than those
 * given. The same on every machine. O(n^2 d) a step. `onProgress(done, total)` counts steps.
 *
 * @throws TypeError, RangeError for arguments outside what is said here.
 */
export async function optimizePoints(
  points: Matrix | PointSet,
  options: OptimizePointsOptions = {},
): Promise<OptimizedPoints> {
  const fn = "optimizePoints";
  const { data, n, d } = unitPoints(fn, points);
  checkRunOptions(fn, options);
  const { criterion = "L2star", signal, onProgress } = options;
  const kind = discrepancyKind(fn, criterion, options.weights, d);
  const iterations = checkWhole(fn, "iterations", options.iterations ?? 500, 0, 2 ** 31);
  const breather = new Breather(signal, 2 ** 22);
  const x = transposed(data, n, d);
  const value = (points: Float64Array) => {
    const squared = Math.max(0, squaredDiscrepancy(kind, points, n));
    return kind.root ? Math.sqrt(squared) : squared;
  };

  const initial = value(x);
  let best: Float64Array = x.slice();
  let least = Number.POSITIVE_INFINITY;
  const mean = new Float64Array(n * d);
  const square = new Float64Array(n * d);
  const largest = 1 / n;
  let decay1 = 1;
  let decay2 = 1;
  for (let t = 0; t < iterations; t++) {
    const { squared, gradient } = squaredDiscrepancyGradient(kind, x, n);
    if (squared < least) {
      least = squared;
      best.set(x);
    }
    decay1 *= BETA1;
    decay2 *= BETA2;
    const step = (largest / 2) * (1 + Math.cos((Math.PI * t) / iterations));
    for (let i = 0; i < x.length; i++) {
      const g = gradient[i]!;
      mean[i] = BETA1 * mean[i]! + (1 - BETA1) * g;
      square[i] = BETA2 * square[i]! + (1 - BETA2) * g * g;
      const scale = Math.sqrt(square[i]! / (1 - decay2));
      if (scale > 0) x[i]! -= (step * mean[i]!) / (1 - decay1) / scale;
      x[i] = Math.min(Math.max(x[i]!, 0), 1 - 2 ** -53);
    }
    onProgress?.(t + 1, iterations);
    await breather.spend(n * n * d);
  }
  // The sums that values and gradients come from round differently: what is returned is compared once more.
  let reached = value(best);
  const last = value(x);
  if (last < reached) [best, reached] = [x, last];
  if (initial <= reached) [best, reached] = [transposed(data, n, d), initial];
  return { points: matrix(n, d, transposed(best, d, n)), initial, discrepancy: reached };
}

/** The squared discrepancy of n points transposed, and its derivatives by their coordinates. */
export function squaredDiscrepancyGradient(
  product: WeightedProduct,
  x: Float64Array,
  n: number,
): { squared: number; gradient: Float64Array } {
  const { kernel, constant, weights } = product;
  const d = weights.length;
  const { values, slopes } = pairSlopes(product, x, n);
  const gradient = slopes;
  let squared = 1;
  for (const w of weights) squared *= constant + w * kernel.doubleIntegral;
  const factors = new Float64Array(d);
  const before = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    let integral = 1;
    for (let j = 0; j < d; j++) {
      before[j] = integral;
      factors[j] = constant + weights[j]! * kernel.integral(x[j * n + i]!);
      integral *= factors[j]!;
    }
    squared += values[i]! / (n * n) - (2 * integral) / n;
    let after = 1;
    for (let j = d - 1; j >= 0; j--) {
      const at = j * n + i;
      const slope = before[j]! * after * weights[j]! * kernel.integralSlope(x[at]!);
      gradient[at] = (2 / n) * (slopes[at]! / n - slope);
      after *= factors[j]!;
    }
  }
  return { squared, gradient };
}
