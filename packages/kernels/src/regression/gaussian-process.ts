import { checkType, type Matrix, matrix, type PoolOptions, Rng } from "@daily-kernel/compute";
import type { Kernel } from "../kernel.ts";
import { checkCount, checkPoints } from "../standard/check-points.ts";
import { perform, type Steps } from "../standard/steps.ts";
import {
  type Conditioned,
  condition,
  extend,
  type LeaveOneOut,
  leaveOneOut,
  likelihoodGradient,
  logMarginalLikelihood,
} from "./conditioned.ts";
import { checkObservations, type GaussianProcessOptions } from "./observations.ts";
import { type Prediction, posteriorAt, posteriorCovariance, predict, sample } from "./posterior.ts";

/**
 * A Gaussian process conditioned on n observations y = f(x) + noise, exact, by a Cholesky factor:
 * n^3 / 3 operations and n^2 numbers (Rasmussen and Williams 2006, algorithm 2.1). Immutable. With
 * `{ pool }` among their options its methods return promises.
 */
export class GaussianProcess {
  readonly kernel: Kernel;
  readonly noise: number;
  readonly mean: number;
  /** What was added to the diagonal of the covariance beside the noise; 0 as a rule. */
  readonly jitter: number;
  /** log p(y | x), in nats. */
  readonly logMarginalLikelihood: number;
  readonly #process: Conditioned;

  private constructor(process: Conditioned) {
    this.kernel = process.kernel;
    this.noise = process.noise;
    this.mean = process.mean;
    this.jitter = process.jitter;
    this.logMarginalLikelihood = logMarginalLikelihood(process);
    this.#process = process;
  }

  /**
   * Conditions the process on y (n numbers) at the rows of x (n x d); n = 0 is the prior.
   *
   * @throws Error `ERR_NUMERIC` if no allowed jitter makes the covariance positive definite.
   */
  static fit(
    kernel: Kernel,
    x: Matrix,
    y: ArrayLike<number>,
    options?: GaussianProcessOptions,
  ): GaussianProcess;
  static fit(
    kernel: Kernel,
    x: Matrix,
    y: ArrayLike<number>,
    options: GaussianProcessOptions & PoolOptions,
  ): Promise<GaussianProcess>;
  static fit(
    kernel: Kernel,
    x: Matrix,
    y: ArrayLike<number>,
    options: GaussianProcessOptions & Partial<PoolOptions> = {},
  ): GaussianProcess | Promise<GaussianProcess> {
    const fn = "GaussianProcess.fit";
    return perform(fn, options, function* () {
      const data = checkObservations(fn, kernel, x, y, options);
      return new GaussianProcess(yield* condition(fn, data));
    });
  }

  /** The observations' points, n x d; a copy. */
  get x(): Matrix {
    const { x } = this.#process;
    return matrix(x.rows, x.cols, x.data.slice());
  }

  /** The observations, n numbers; a copy. */
  get y(): Float64Array {
    return this.#process.y.slice();
  }

  /**
   * The gradient of `logMarginalLikelihood` by the log of every hyper-parameter of the kernel (by
   * the parameter itself if it is of the kind "real"), then by the log of the noise variance (0
   * without noise); 2 n^3 operations.
   */
  logMarginalLikelihoodGradient(): Float64Array;
  logMarginalLikelihoodGradient(options: PoolOptions): Promise<Float64Array>;
  logMarginalLikelihoodGradient(
    options?: Partial<PoolOptions>,
  ): Float64Array | Promise<Float64Array> {
    const fn = "GaussianProcess.logMarginalLikelihoodGradient";
    return perform(fn, options, () => likelihoodGradient(fn, this.#process));
  }

  /** Posterior mean and variance of the function at each row of x (m x d); n^2 m operations. */
  predict(x: Matrix): Prediction;
  predict(x: Matrix, options: PoolOptions): Promise<Prediction>;
  predict(x: Matrix, options?: Partial<PoolOptions>): Prediction | Promise<Prediction> {
    return this.#at("predict", x, options, () => predict(this.#process, x));
  }

  /** Posterior covariance of the function between the rows of x (m x d): m x m, symmetric. */
  covariance(x: Matrix): Matrix;
  covariance(x: Matrix, options: PoolOptions): Promise<Matrix>;
  covariance(x: Matrix, options?: Partial<PoolOptions>): Matrix | Promise<Matrix> {
    const process = this.#process;
    return this.#at("covariance", x, options, function* () {
      const { v } = yield* posteriorAt(process, x);
      return yield* posteriorCovariance(process, x, v);
    });
  }

  /**
   * Draws of the function at the rows of x (m x d) from the posterior: count x m, a draw a row.
   * Points (nearly) without variance may get jitter of up to 1e-8 of the prior's.
   */
  sample(x: Matrix, count: number, rng: Rng): Matrix;
  sample(x: Matrix, count: number, rng: Rng, options: PoolOptions): Promise<Matrix>;
  sample(
    x: Matrix,
    count: number,
    rng: Rng,
    options?: Partial<PoolOptions>,
  ): Matrix | Promise<Matrix> {
    const fn = "GaussianProcess.sample";
    return this.#at("sample", x, options, () => {
      checkCount(fn, "count", count, 0);
      checkType(rng instanceof Rng, fn, "rng", "an Rng", rng);
      return sample(fn, this.#process, x, count, rng);
    });
  }

  /**
   * The process with m more observations: its factor grows by a block, n^2 m operations. If that
   * block is not positive definite all is factored anew, with jitter.
   */
  extend(x: Matrix, y: ArrayLike<number>): GaussianProcess;
  extend(x: Matrix, y: ArrayLike<number>, options: PoolOptions): Promise<GaussianProcess>;
  extend(
    x: Matrix,
    y: ArrayLike<number>,
    options?: Partial<PoolOptions>,
  ): GaussianProcess | Promise<GaussianProcess> {
    const fn = "GaussianProcess.extend";
    const process = this.#process;
    return perform(fn, options, function* () {
      const more = checkObservations(fn, process.kernel, x, y, {});
      return new GaussianProcess(yield* extend(fn, process, more));
    });
  }

  /**
   * What a process fitted to all other observations predicts of each one, noise included, without
   * fitting them again; n^3 operations.
   */
  leaveOneOut(): LeaveOneOut;
  leaveOneOut(options: PoolOptions): Promise<LeaveOneOut>;
  leaveOneOut(options?: Partial<PoolOptions>): LeaveOneOut | Promise<LeaveOneOut> {
    return perform("GaussianProcess.leaveOneOut", options, () => leaveOneOut(this.#process));
  }

  #at<T>(
    method: string,
    x: Matrix,
    options: Partial<PoolOptions> | undefined,
    steps: () => Steps<T>,
  ): T | Promise<T> {
    const fn = `GaussianProcess.${method}`;
    return perform(fn, options, () => {
      checkPoints(fn, "x", x, this.kernel.dimension);
      return steps();
    });
  }
}
