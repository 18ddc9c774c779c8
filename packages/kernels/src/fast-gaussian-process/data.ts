import {
  checkNumbers,
  checkObject,
  checkType,
  domainError,
  numericError,
  shapeError,
} from "@daily-kernel/compute";
import { FastGram } from "../fast-gram/fast-gram.ts";
import { transformed } from "../fast-gram/spectrum.ts";
import type { Structure } from "../fast-gram/structure.ts";
import type { Kernel } from "../kernel.ts";
import { checkNonNegative } from "../regression/factor.ts";
import type { DigitalPoints } from "../shift-invariant/binary-points.ts";

export interface FastGaussianProcessOptions {
  /** What the points are. Default: what the kernel is made for. */
  kind?: Structure | undefined;
  /** Variance of the noise in y, >= 0. Default 0: interpolation. */
  noise?: number | undefined;
  /** The prior mean, one number. Default 0. */
  mean?: number | undefined;
  /**
   * Eigenvalues lost in rounding, those below 2^-44 of their root mean square, are lifted to it, by
   * at most this share of k(x_0, x_0) each. 0 forbids it. Default 1e-8.
   */
  maxJitter?: number | undefined;
}

/** A process and its observations. */
export interface FastData {
  /** Without noise. */
  gram: FastGram;
  /** The points of the Gram matrix. */
  points: DigitalPoints;
  y: Float64Array;
  mean: number;
  noise: number;
  jitter: number;
  maxJitter: number;
  /** Eigenvalues with the noise, lifted where need be; all positive. */
  eigenvalues: Float64Array;
  /** A power of two of the size of the eigenvalues, or nearly so, without the noise. */
  unit: number;
  /** What lost eigenvalues are lifted to: 2^-44 of the root mean square without the noise. */
  floor: number;
  /** Squared sizes of the transform of y - mean. */
  powers: Float64Array;
}

/** Checks observations and finds what a process on them needs, in O(n log n). */
export function fastData(
  fn: string,
  kernel: Kernel,
  points: DigitalPoints,
  y: ArrayLike<number>,
  options: FastGaussianProcessOptions,
): FastData {
  checkObject(fn, "options", options);
  const { kind, noise = 0, mean = 0, maxJitter = 1e-8 } = options;
  checkNonNegative(fn, "noise", noise);
  checkNonNegative(fn, "maxJitter", maxJitter);
  checkType(typeof mean === "number", fn, "mean", "a number", mean);
  if (!Number.isFinite(mean)) throw domainError(`${fn}: mean must be finite, got ${mean}`);
  const gram = new FastGram(kernel, points, { kind });
  const targets = checkTargets(fn, y, gram.n);
  return conditioned(fn, gram, gram.points, targets, { noise, mean, maxJitter });
}

/** The process of a Gram matrix and its observations. */
export function conditioned(
  fn: string,
  gram: FastGram,
  points: DigitalPoints,
  y: Float64Array,
  { noise, mean, maxJitter }: { noise: number; mean: number; maxJitter: number },
): FastData {
  const { re } = gram.eigenvalues;
  const lift = lifted(fn, re, noise, maxJitter);
  const { re: a, im: b } = transformed(
    gram.kind,
    y.map((v) => v - mean),
  );
  const powers = a.map((v, k) => v * v + (b[k] ?? 0) ** 2);
  return { gram, points, y, mean, noise, maxJitter, ...lift, powers };
}

/** y as n finite numbers of our own. */
export function checkTargets(fn: string, y: ArrayLike<number>, n: number): Float64Array {
  checkNumbers(fn, "y", y);
  if (y.length !== n) {
    throw shapeError(`${fn}: y must hold one number a point, ${n}, got ${y.length}`);
  }
  const values = Float64Array.from(y);
  const bad = values.findIndex((v) => !Number.isFinite(v));
  if (bad >= 0) throw domainError(`${fn}: y[${bad}] must be finite, got ${values[bad]}`);
  return values;
}

/**
 * The eigenvalues with the noise, those that are lost in rounding lifted out of it, and by how much
 * at most. Points carry a rounding of their own, which the kernel's slope multiplies: hence 2^-44.
 * Noise may lift them by itself. What is lifted moves smoothly with the hyper-parameters, as an optimiser needs it.
 */
function lifted(fn: string, re: Float64Array, noise: number, maxJitter: number) {
  const unit = powerOfTwo(re.reduce((most, v) => Math.max(most, Math.abs(v)), 0));
  let [squares, sum, least] = [0, 0, Number.POSITIVE_INFINITY];
  for (const v of re) {
    squares += (v / unit) ** 2; // v * v may leave the range of doubles
    sum += v / unit;
    least = Math.min(least, v);
  }
  least += noise;
  const floor = 2 ** -44 * unit * Math.sqrt(squares / re.length);
  const most = maxJitter * (sum / re.length) * unit;
  const jitter = Math.max(0, Math.min(floor - least, most));
  if (!(least + jitter >= floor * (1 - 1e-9) && least + jitter > 0)) {
    throw numericError(
      `${fn}: the smallest eigenvalue of the covariance is ${least}, lost in rounding, and jitter of ${maxJitter} times its diagonal is not enough; add noise`,
    );
  }
  const eigenvalues = re.map((v) => v + noise + Math.max(0, Math.min(floor - (v + noise), most)));
  return { eigenvalues, jitter, unit, floor };
}

/** The largest power of two up to a number, 1 for 0; what is divided by it keeps its digits. */
const powerOfTwo = (v: number): number => (v > 0 ? 2 ** Math.floor(Math.log2(v)) : 1);
