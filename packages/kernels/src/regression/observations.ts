import {
  checkNumbers,
  checkObject,
  checkType,
  domainError,
  type Matrix,
  matrix,
  shapeError,
} from "@daily-kernel/compute";
import type { Kernel } from "../kernel.ts";
import { checkKernel } from "../standard/check-kernel.ts";
import { checkPoints } from "../standard/check-points.ts";
import { checkNonNegative } from "./factor.ts";

export interface GaussianProcessOptions {
  /** Variance of the noise in y, >= 0. Default 0: interpolation. */
  noise?: number | undefined;
  /** The prior mean, one number. Default 0. */
  mean?: number | undefined;
  /**
   * If the covariance is not positive definite in double precision, jitter is added to its diagonal:
   * the least of 1e-14, 1e-13 ... that serves, at most this share of its mean. 0 forbids it.
   * Default 1e-8.
   */
  maxJitter?: number | undefined;
}

/** Checked arguments of a fit, in the process's own copies. */
export interface Observations {
  kernel: Kernel;
  x: Matrix;
  y: Float64Array;
  noise: number;
  mean: number;
  maxJitter: number;
}

export function checkObservations(
  fn: string,
  kernel: Kernel,
  x: Matrix,
  y: ArrayLike<number>,
  options: GaussianProcessOptions,
): Observations {
  checkKernel(fn, "kernel", kernel);
  checkPoints(fn, "x", x, kernel.dimension);
  checkNumbers(fn, "y", y);
  if (y.length !== x.rows) {
    throw shapeError(`${fn}: y must hold one number a row of x, ${x.rows}, got ${y.length}`);
  }
  checkObject(fn, "options", options);
  const { noise = 0, mean = 0, maxJitter = 1e-8 } = options;
  checkType(typeof mean === "number", fn, "mean", "a number", mean);
  checkNonNegative(fn, "noise", noise);
  checkNonNegative(fn, "maxJitter", maxJitter);
  const values = Float64Array.from(y);
  const bad = values.findIndex((v) => !Number.isFinite(v));
  if (bad >= 0) throw domainError(`${fn}: y[${bad}] must be finite, got ${values[bad]}`);
  if (!Number.isFinite(mean)) throw domainError(`${fn}: mean must be finite, got ${mean}`);
  const points = matrix(x.rows, x.cols, x.data.slice());
  return { kernel, x: points, y: values, noise, mean, maxJitter };
}

/** Both, one after the other. */
export function join(a: Observations, b: Observations): Observations {
  const rows = a.x.rows + b.x.rows;
  const x = matrix(rows, a.x.cols, concatenate(a.x.data, b.x.data));
  return { ...a, x, y: concatenate(a.y, b.y) };
}

function concatenate(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
