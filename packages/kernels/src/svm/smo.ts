import { numericError } from "@daily-kernel/compute";
import type { GramRows } from "../gram-operators/gram-operator.ts";
import { type Steps, step } from "../standard/steps.ts";

/**
 * Minimise b^T K b / 2 + q^T b over low <= b <= high with sum b as it is at the start. With more
 * variables than rows, variable k stands for point k mod n, so that the two slopes of a regression
 * share one matrix.
 */
export interface BoxProblem {
  readonly rows: GramRows;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly q: Float64Array;
  /** A feasible point. */
  readonly start: Float64Array;
}

export interface SmoOptions {
  /** Ends when no pair violates the optimality conditions by more. */
  tolerance: number;
  maxIterations: number;
}

export interface SmoSolution {
  b: Float64Array;
  /** The multiplier of the sum: the decision function is sum_j b_j k(x_j, .) - rho. */
  rho: number;
  objective: number;
  iterations: number;
}

/** In place of a curvature that is not positive, as with kernels that are not. */
const LEAST_CURVATURE = 1e-12;
/** Numbers touched between two pauses. */
const SLICE = 2 ** 24;
/** Where the caller runs asynchronously, lets the event loop run. */
const pause = (options?: object) =>
  options === undefined ? undefined : new Promise<void>((resolve) => setTimeout(resolve, 0));

/**
 * Sequential minimal optimisation with second-order selection of the working set (Fan, Chen and Lin,
 * JMLR 6, 2005, WSS 2), in the variables b_i = y_i alpha_i, in which the pair's step is +t, -t. O(n)
 * an iteration and, as a rule, some multiple of n iterations.
 *
 * @throws Error `ERR_NUMERIC` if `maxIterations` do not suffice.
 */
export function* smo(fn: string, problem: BoxProblem, options: SmoOptions): Steps<SmoSolution> {
  const { rows, low, high, q } = problem;
  const { n } = rows;
  const b = problem.start.slice();
  const slope = q.slice(); // K b + q
  for (let k = 0; k < b.length; k++) {
    if (b[k] !== 0) addRow(slope, rows.row(k % n), b[k]!);
  }
  const diagonal = rows.diagonal();
  const slice = Math.max(1, Math.floor(SLICE / (3 * b.length)));
  let i = steepestUp(slope, b, high);
  for (let iterations = 0; ; iterations++) {
    if (iterations % slice === slice - 1) yield* step(pause);
    const p = i < 0 ? undefined : rows.row(i % n);
    const j = p ? bestPartner(i, p, diagonal, low, b, slope, options.tolerance) : -1;
    if (p === undefined || j < 0) {
      return { b, rho: multiplier(slope, b, low, high), objective: value(b, slope, q), iterations };
    }
    if (iterations === options.maxIterations) {
      throw numericError(
        `${fn}: no solution within tolerance ${options.tolerance} after ${iterations} iterations; scale the points, lower c, or raise maxIterations or tolerance`,
      );
    }
    const r = rows.row(j % n);
    const curvature = diagonal[i % n]! + diagonal[j % n]! - 2 * p[j % n]!;
    const full = (slope[j]! - slope[i]!) / Math.max(curvature, LEAST_CURVATURE);
    const [roomUp, roomDown] = [high[i]! - b[i]!, b[j]! - low[j]!];
    const t = Math.min(full, roomUp, roomDown);
    b[i] = t === roomUp ? high[i]! : b[i]! + t;
    b[j] = t === roomDown ? low[j]! : b[j]! - t;
    i = afterStep(t, p, r, slope, b, high);
  }
}

/** Moves the slopes by t (p - r) and gives the steepest variable then, in one pass over them. */
function afterStep(
  t: number,
  p: Float64Array,
  r: Float64Array,
  slope: Float64Array,
  b: Float64Array,
  high: Float64Array,
): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let from = 0; from < b.length; from += p.length) {
    for (let k = 0, at = from; k < p.length; k++, at++) {
      const value = slope[at]! + t * (p[k]! - r[k]!);
      slope[at] = value;
      if (value < least && b[at]! < high[at]!) {
        least = value;
        best = at;
      }
    }
  }
  return best;
}

/** slope += factor row, for each copy of the points. */
function addRow(slope: Float64Array, row: Float64Array, factor: number): void {
  for (let k = 0, at = 0; k < slope.length; k++) {
    slope[k]! += factor * row[at]!;
    at = at + 1 === row.length ? 0 : at + 1;
  }
}

/** The variable below its upper bound whose increase lowers the objective most steeply; -1 if none. */
function steepestUp(slope: Float64Array, b: Float64Array, high: Float64Array): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < b.length; k++) {
    if (b[k]! < high[k]! && slope[k]! < least) {
      least = slope[k]!;
      best = k;
    }
  }
  return best;
}

/** The variable above its lower bound with which b_i gains most; -1 if all are within tolerance. */
function bestPartner(
  i: number,
  row: Float64Array,
  diagonal: Float64Array,
  low: Float64Array,
  b: Float64Array,
  slope: Float64Array,
  tolerance: number,
): number {
  const n = row.length;
  const base = slope[i]!;
  const kii = diagonal[i % n]!;
  let best = -1;
  let [square, bend] = [0, 1]; // of the best so far; products compare faster than quotients
  let widest = Number.NEGATIVE_INFINITY;
  for (let from = 0; from < b.length; from += n) {
    for (let k = 0; k < n; k++) {
      const gap = slope[from + k]! - base;
      if (gap <= 0 || b[from + k]! <= low[from + k]!) continue;
      if (gap > widest) widest = gap;
      const curvature = kii + diagonal[k]! - 2 * row[k]!;
      const bounded = curvature > 0 ? curvature : LEAST_CURVATURE;
      if (gap * gap * bend > square * bounded) {
        square = gap * gap;
        bend = bounded;
        best = from + k;
      }
    }
  }
  return widest < tolerance ? -1 : best;
}

/** The mean slope of the free variables, or the middle of what the bounds allow. */
function multiplier(
  slope: Float64Array,
  b: Float64Array,
  low: Float64Array,
  high: Float64Array,
): number {
  let sum = 0;
  let free = 0;
  let floor = Number.NEGATIVE_INFINITY;
  let ceiling = Number.POSITIVE_INFINITY;
  for (let k = 0; k < b.length; k++) {
    const [up, down] = [b[k]! < high[k]!, b[k]! > low[k]!];
    if (up && down) {
      sum += slope[k]!;
      free++;
    } else if (up) ceiling = Math.min(ceiling, slope[k]!);
    else if (down) floor = Math.max(floor, slope[k]!);
  }
  if (free > 0) return sum / free;
  if (floor === Number.NEGATIVE_INFINITY) return ceiling;
  return ceiling === Number.POSITIVE_INFINITY ? floor : (floor + ceiling) / 2;
}

function value(b: Float64Array, slope: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < b.length; k++) sum += (b[k]! * (slope[k]! + q[k]!)) / 2;
  return sum;
}
