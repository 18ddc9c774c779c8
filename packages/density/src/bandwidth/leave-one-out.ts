import {
  checkPoolOptions,
  domainError,
  type Matrix,
  type MatrixF32,
  matrix,
  numericError,
  type PoolOptions,
} from "@daily-kernel/compute";
import { checkCount, checkedNumbers, checkedPoints } from "../check.ts";
import { logDensityOf, logNorm, onPool, then } from "../kde/gaussian-kde.ts";
import { type KernelSums, kernelSums } from "../kde/kernel-sums.ts";
import { scottOf } from "./rules.ts";

export interface LeaveOneOut {
  bandwidths: Float64Array;
  /** Mean over the queries of the log density that the other points give. */
  logLikelihood: Float64Array;
  /** Mean over the queries of the sum of squared weights. */
  participation: Float64Array;
  /** Mean over the queries of the largest weight. */
  largestWeight: Float64Array;
  /** Queries that coincide with another point: with one, the likelihood is unbounded as h -> 0. */
  duplicates: number;
}

export interface LeaveOneOutOptions {
  /** Numbers of the rows that are queries; all of them by default. */
  queries?: ArrayLike<number>;
}

/**
 * The leave-one-out likelihood of bandwidths: each query's density from the other n - 1 points.
 * Distances are made once for all bandwidths: 2 q n d operations, q n exponentials a bandwidth.
 *
 * @throws RangeError `ERR_DOMAIN` for fewer than 2 rows, bandwidths that are not > 0, queries that
 *   are no rows; Error `ERR_NUMERIC` if a squared distance overflows.
 */
export function leaveOneOut(
  data: Matrix | MatrixF32,
  bandwidths: ArrayLike<number>,
  options?: LeaveOneOutOptions,
): LeaveOneOut;
export function leaveOneOut(
  data: Matrix | MatrixF32,
  bandwidths: ArrayLike<number>,
  options: LeaveOneOutOptions & PoolOptions,
): Promise<LeaveOneOut>;
export function leaveOneOut(
  data: Matrix | MatrixF32,
  bandwidths: ArrayLike<number>,
  options: LeaveOneOutOptions & Partial<PoolOptions> = {},
): LeaveOneOut | Promise<LeaveOneOut> {
  return onPool(options, () => evaluate("leaveOneOut", data, bandwidths, options));
}

function evaluate(
  fn: string,
  data: Matrix | MatrixF32,
  bandwidths: ArrayLike<number>,
  options: LeaveOneOutOptions & Partial<PoolOptions>,
): LeaveOneOut | Promise<LeaveOneOut> {
  const points = checkedPoints(fn, "data", data);
  const { rows: n, cols: d } = points;
  if (n < 2) throw domainError(`${fn}: data must have at least 2 rows, got ${n}`);
  const widths = checkedNumbers(fn, "bandwidths", bandwidths, 1, true);
  checkPoolOptions(fn, options);
  const queries = options.queries ?? Int32Array.from({ length: n }, (_, i) => i);
  const rows = checkedNumbers(fn, "options.queries", queries, 1);
  const x = matrix(rows.length, d);
  for (const [i, row] of rows.entries()) {
    checkCount(fn, `options.queries[${i}]`, row, 0, n - 1);
    x.data.set(points.data.subarray(row * d, (row + 1) * d), i * d);
  }
  const sums = kernelSums(fn, x, points, widths, Int32Array.from(rows), options);
  return then(sums, (found) => likelihoods(found, widths, n, d));
}

function likelihoods(found: KernelSums, widths: Float64Array, n: number, d: number): LeaveOneOut {
  const { nearest, sums, squares } = found;
  const [q, count] = [nearest.length, widths.length];
  const mean = (of: (i: number, k: number) => number) =>
    widths.map((_, k) => {
      let sum = 0;
      for (let i = 0; i < q; i++) sum += of(i, i * count + k);
      return sum / q;
    });
  return {
    bandwidths: widths,
    logLikelihood: widths.map((h, k) => {
      const logs = logDensityOf(found, logNorm(n - 1, d, h), h, k, count);
      return logs.reduce((sum, value) => sum + value, 0) / q;
    }),
    participation: mean((_, at) => Math.min(1, squares[at]! / sums[at]! ** 2)),
    largestWeight: mean((_, at) => 1 / sums[at]!),
    duplicates: nearest.reduce((total, distance) => total + Number(distance === 0), 0),
  };
}

const GRID = 17;
const ROUNDS = 4;

/**
 * The bandwidth of highest leave-one-out likelihood, within a relative 1e-4, on 1/20 to 2 of Scott's
 * rule: four grids of 17 bandwidths, each inside the last one's best interval.
 *
 * @throws Error `ERR_NUMERIC` where the likelihood has no maximum inside: too many duplicates, say.
 */
export function looBandwidth(data: Matrix | MatrixF32, options?: LeaveOneOutOptions): number;
export function looBandwidth(
  data: Matrix | MatrixF32,
  options: LeaveOneOutOptions & PoolOptions,
): Promise<number>;
export function looBandwidth(
  data: Matrix | MatrixF32,
  options: LeaveOneOutOptions & Partial<PoolOptions> = {},
): number | Promise<number> {
  return onPool(options, () => highest(data, options));
}

function highest(
  data: Matrix | MatrixF32,
  options: LeaveOneOutOptions & Partial<PoolOptions>,
): number | Promise<number> {
  const fn = "looBandwidth";
  const scott = scottOf(fn, data);
  const zoom = (low: number, high: number, round: number): number | Promise<number> => {
    const step = (high - low) / (GRID - 1);
    const grid = Float64Array.from({ length: GRID }, (_, k) => Math.exp(low + k * step));
    return then(evaluate(fn, data, grid, options), ({ logLikelihood, duplicates }) => {
      const best = logLikelihood.indexOf(Math.max(...logLikelihood));
      if (round === 1 && (best === 0 || best === GRID - 1)) {
        throw numericError(
          `${fn}: the likelihood has no maximum in ${grid[0]}..${grid.at(-1)} (${duplicates} queries have a duplicate)`,
        );
      }
      if (round === ROUNDS) return grid[best]!;
      return zoom(low + (best - 1) * step, low + (best + 1) * step, round + 1);
    });
  };
  return zoom(Math.log(scott / 20), Math.log(2 * scott), 1);
}
