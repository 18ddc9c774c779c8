import { type Matrix, matrix, numericError, type PoolOptions, syrk } from "@daily-kernel/compute";
import { gram } from "../standard/combined-kernel.ts";
import { contractGradients } from "../standard/contract-gradients.ts";
import { type Steps, step } from "../standard/steps.ts";
import { type Factor, factorise, inverseFactor, solve } from "./factor.ts";
import { join, type Observations } from "./observations.ts";
import { addToDiagonal, columnNorms } from "./parts.ts";
import { posteriorAt, posteriorCovariance } from "./posterior.ts";

/** A Gaussian process given observations: all that its methods need. */
export interface Conditioned extends Observations, Factor {
  /** L^-1 (y - mean), n x 1. */
  half: Matrix;
  /** (K + noise)^-1 (y - mean), n x 1. */
  alpha: Matrix;
}

export function* condition(fn: string, data: Observations): Steps<Conditioned> {
  const covariance = yield* step((o) => gram(data.kernel, data.x, data.x, o));
  addToDiagonal(covariance, data.noise);
  return yield* withFactor(data, yield* factorise(fn, covariance, data.maxJitter));
}

function* withFactor(data: Observations, factor: Factor): Steps<Conditioned> {
  const centred = matrix(
    data.y.length,
    1,
    data.y.map((v) => v - data.mean),
  );
  const half = yield* solve(factor.l, centred);
  const alpha = yield* solve(factor.l, half, true);
  return { ...data, ...factor, half, alpha };
}

export function logMarginalLikelihood({ half, l }: Conditioned): number {
  const n = l.rows;
  let value = 0;
  for (let i = 0; i < n; i++) {
    value -= 0.5 * (half.data[i]! ** 2 + Math.log(2 * Math.PI)) + Math.log(l.data[i * (n + 1)]!);
  }
  return value;
}

/** By the (log) hyper-parameters of the kernel, then by the log of the noise. */
export function* likelihoodGradient(fn: string, process: Conditioned): Steps<Float64Array> {
  const { kernel, x, l, noise } = process;
  const inverse = yield* inverseFactor(l);
  const weights = yield* step((o?: PoolOptions) =>
    o ? syrk(inverse, { transpose: true, ...o }) : syrk(inverse, { transpose: true }),
  );
  // (alpha alpha^T - K^-1) / 2 is the derivative by the covariance.
  const { rows: n, data } = weights;
  const alpha = process.alpha.data;
  let trace = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) data[i * n + j] = 0.5 * (alpha[i]! * alpha[j]! - data[i * n + j]!);
    trace += data[i * (n + 1)]!;
  }
  if (!Number.isFinite(trace)) {
    throw numericError(`${fn}: the gradient overflows; scale y down`);
  }
  return Float64Array.of(...contractGradients(kernel, x, x, weights), noise * trace);
}

/** With more observations: the factor grows by a block, unless that needs more jitter. */
export function* extend(fn: string, process: Conditioned, more: Observations): Steps<Conditioned> {
  const { v } = yield* posteriorAt(process, more.x);
  const corner = yield* posteriorCovariance(process, more.x, v);
  addToDiagonal(corner, process.noise + process.jitter);
  const data = join(process, more);
  try {
    const { l } = yield* factorise(fn, corner, 0);
    return yield* withFactor(data, { l: grown(process.l, v, l), jitter: process.jitter });
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_NUMERIC") throw error;
    return yield* condition(fn, data);
  }
}

/** What each observation looks like to a process fitted to the others. */
export interface LeaveOneOut {
  /** The others' prediction of y_i. */
  mean: Float64Array;
  /** Its variance, noise included. */
  variance: Float64Array;
  /** Log density of y_i; their sum scores the model. */
  logDensity: Float64Array;
}

/** From the diagonal of the precision (Rasmussen and Williams 2006, 5.4.2). */
export function* leaveOneOut({ l, alpha, y }: Conditioned): Steps<LeaveOneOut> {
  const precision = columnNorms(yield* inverseFactor(l));
  const residual = alpha.data.map((a, i) => a / precision[i]!);
  const variance = precision.map((p) => 1 / p);
  return {
    mean: y.map((v, i) => v - residual[i]!),
    variance,
    logDensity: residual.map(
      (r, i) => -0.5 * (r * r * precision[i]! + Math.log(2 * Math.PI * variance[i]!)),
    ),
  };
}

/** [L 0; V^T l]: the factor of n points and m more. */
function grown(l: Matrix, v: Matrix, corner: Matrix): Matrix {
  const [n, m] = [l.rows, corner.rows];
  const out = matrix(n + m, n + m);
  for (let i = 0; i < n; i++) out.data.set(l.data.subarray(i * n, (i + 1) * n), i * (n + m));
  for (let i = 0; i < m; i++) {
    const at = (n + i) * (n + m);
    for (let k = 0; k < n; k++) out.data[at + k] = v.data[k * m + i]!;
    out.data.set(corner.data.subarray(i * m, (i + 1) * m), at + n);
  }
  return out;
}
