import { checkNumbers, type Matrix, matrix, numericError } from "@daily-kernel/compute";
import { multiplySpectrum, transformed } from "../fast-gram/spectrum.ts";
import { asMatrix, rowsAt, type Structure } from "../fast-gram/structure.ts";
import type { Kernel } from "../kernel.ts";
import { checkNonNegative } from "../regression/factor.ts";
import type { Prediction } from "../regression/posterior.ts";
import type { DigitalPoints } from "../shift-invariant/binary-points.ts";
import { contractGradients } from "../standard/contract-gradients.ts";
import { ifftbr } from "../transforms/fftbr.ts";
import {
  checkTargets,
  conditioned,
  type FastData,
  type FastGaussianProcessOptions,
  fastData,
} from "./data.ts";
import { eigenvalueSlopes } from "./slopes.ts";

/** Numbers of cross-covariance held at a time in predictions. */
const BLOCK = 2 ** 21;

/**
 * A Gaussian process conditioned on n observations y = f(x) + noise at a lattice or a digital net,
 * exact, in O(n log n): the covariance is a `FastGram`. Immutable. What `GaussianProcess` does with
 * a Cholesky factor, for points of its own choice, this does for 2^16 points and more.
 */
export class FastGaussianProcess {
  readonly kernel: Kernel;
  readonly kind: Structure;
  readonly noise: number;
  readonly mean: number;
  /** By how much an eigenvalue lost in rounding was lifted at most; 0 as a rule. */
  readonly jitter: number;
  /** log p(y | x), in nats. */
  readonly logMarginalLikelihood: number;
  readonly #data: FastData;
  /** (K + noise)^-1 (y - mean). */
  readonly #alpha: Float64Array;

  private constructor(data: FastData) {
    const { gram, noise, mean, jitter, y, eigenvalues, powers } = data;
    this.kernel = gram.kernel;
    this.kind = gram.kind;
    this.noise = noise;
    this.mean = mean;
    this.jitter = jitter;
    this.#data = data;
    this.#alpha = this.#solve(y.map((v) => v - mean));
    let sum = y.length * Math.log(2 * Math.PI);
    for (const [k, v] of eigenvalues.entries()) sum += powers[k]! / v + Math.log(v);
    this.logMarginalLikelihood = -0.5 * sum;
  }

  /**
   * Conditions the process on y at points of the right structure, as of `FastGram`.
   *
   * @throws as `FastGram`; Error `ERR_NUMERIC` if no allowed jitter makes all eigenvalues positive.
   */
  static fit(
    kernel: Kernel,
    points: DigitalPoints,
    y: ArrayLike<number>,
    options: FastGaussianProcessOptions = {},
  ): FastGaussianProcess {
    return new FastGaussianProcess(fastData("FastGaussianProcess.fit", kernel, points, y, options));
  }

  /** The number of observations. */
  get n(): number {
    return this.#data.gram.n;
  }

  /** The observations' points; a copy. */
  get points(): DigitalPoints {
    return this.#data.gram.points;
  }

  /** The observations; a copy. */
  get y(): Float64Array {
    return this.#data.y.slice();
  }

  /** The process of the same observations with other parameters: the kernel's, then the noise. */
  withParameters(parameters: ArrayLike<number>): FastGaussianProcess {
    const fn = "FastGaussianProcess.withParameters";
    checkNumbers(fn, "parameters", parameters);
    const values = Array.from(parameters);
    const noise = values.pop() ?? 0;
    const kernel = this.kernel.withParameters(values); // which counts them
    checkNonNegative(fn, "noise", noise);
    const { gram, points, y, mean, maxJitter } = this.#data;
    const other = gram.withKernel(kernel);
    return new FastGaussianProcess(conditioned(fn, other, points, y, { noise, mean, maxJitter }));
  }

  /**
   * The gradient of `logMarginalLikelihood` by the log of every hyper-parameter of the kernel, then
   * by the log of the noise variance; one transform and one pass over the first column's gradient.
   */
  logMarginalLikelihoodGradient(): Float64Array {
    const { gram, points, noise, unit } = this.#data;
    const { n } = gram;
    const { slopes, sum } = eigenvalueSlopes(this.#data);
    const noiseSlope = (noise / unit) * sum;
    if (!Number.isFinite(noiseSlope)) {
      throw numericError(
        "FastGaussianProcess.logMarginalLikelihoodGradient: the gradient overflows; scale y down",
      );
    }
    // sum_k slope_k d eigenvalue_k is the transposed transform of the slopes against d column.
    const back = gram.kind === "net" ? transformed("net", slopes).re : ifftbr(slopes).re;
    const weights = matrix(
      n,
      1,
      back.map((v) => v * Math.sqrt(n)),
    );
    const [x, first] = [asMatrix(points), asMatrix(rowsAt(points, [0]))];
    const ofKernel = contractGradients(this.kernel, x, first, weights).map((v) => v / unit);
    return Float64Array.of(...ofKernel, noiseSlope);
  }

  /** Posterior mean and variance of the function at m points; O(m n log n) operations. */
  predict(x: DigitalPoints): Prediction {
    const prior = this.kernel.pairs(asMatrix(x), asMatrix(x));
    const mean = new Float64Array(x.rows);
    const variance = new Float64Array(x.rows);
    this.#eachBlock(x, (at, cross, solved) => {
      const { n } = this;
      for (let i = 0; i < cross.rows; i++) {
        let [m, explained] = [0, 0];
        for (let k = i * n; k < (i + 1) * n; k++) {
          m += cross.data[k]! * this.#alpha[k - i * n]!;
          explained += cross.data[k]! * solved[k]!;
        }
        mean[at + i] = this.mean + m;
        variance[at + i] = Math.max(0, prior[at + i]! - explained);
      }
    });
    return { mean, variance };
  }

  /** Posterior covariance of the function between m points: m x m, symmetric; O(m n (m + log n)). */
  covariance(x: DigitalPoints): Matrix {
    const { n } = this;
    const out = this.kernel.gram(asMatrix(x), asMatrix(x));
    const all = this.kernel.gram(asMatrix(x), asMatrix(this.#data.points));
    this.#eachBlock(x, (at, cross, solved) => {
      for (let i = 0; i < cross.rows; i++) {
        for (let j = 0; j <= at + i; j++) {
          let explained = 0;
          for (let k = 0; k < n; k++) explained += solved[i * n + k]! * all.data[j * n + k]!;
          const value = out.data[(at + i) * x.rows + j]! - explained;
          out.data[(at + i) * x.rows + j] = value;
          out.data[j * x.rows + at + i] = value;
        }
      }
    });
    return out;
  }

  /** The process with as many observations again, at the next n points; see `FastGram.extend`. */
  extend(points: DigitalPoints, y: ArrayLike<number>): FastGaussianProcess {
    const fn = "FastGaussianProcess.extend";
    const { gram, y: old } = this.#data;
    const more = checkTargets(fn, y, gram.n);
    const both = new Float64Array(2 * gram.n);
    both.set(old);
    both.set(more, gram.n);
    const grown = gram.extend(points);
    return new FastGaussianProcess(conditioned(fn, grown, grown.points, both, this.#data));
  }

  /** (K + noise)^-1 of the vectors in `y`, in place. */
  #solve(y: Float64Array): Float64Array {
    const { gram, eigenvalues } = this.#data;
    const re = eigenvalues.map((v) => 1 / v);
    return multiplySpectrum(gram.kind, y, { re, im: new Float64Array(re.length) });
  }

  /** Cross-covariances of some points with the data, and what the inverse covariance makes of them. */
  #eachBlock(
    x: DigitalPoints,
    visit: (at: number, cross: Matrix, solved: Float64Array) => void,
  ): void {
    const data = asMatrix(this.#data.points);
    const rows = Math.max(1, Math.floor(BLOCK / this.n));
    for (let at = 0; at < x.rows; at += rows) {
      const count = Math.min(rows, x.rows - at);
      const some = rowsAt(
        x,
        Array.from({ length: count }, (_, i) => at + i),
      );
      const cross = this.kernel.gram(asMatrix(some), data);
      visit(at, cross, this.#solve(cross.data.slice()));
    }
  }
}
