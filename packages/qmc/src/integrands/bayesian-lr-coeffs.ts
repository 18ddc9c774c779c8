import {
  checkNumbers,
  checkObject,
  domainError,
  type Matrix,
  shapeError,
} from "@daily-kernel/compute";
import { knownOptions } from "../check-options.ts";
import { Gaussian } from "../measures/gaussian.ts";
import type { Sampler } from "../measures/true-measure.ts";
import { type Bounds, type EvaluateOptions, Integrand } from "./integrand.ts";
import { ratios } from "./quotient.ts";

export interface BayesianLRCoeffsOptions {
  /** Features, one row an observation: N x (d - 1). A column of ones is added for the intercept. */
  features: Matrix;
  /** N responses, 0 or 1. */
  responses: ArrayLike<number>;
  /** Prior mean, one or d numbers; 0 by default. */
  priorMean?: number | readonly number[];
  /** Prior covariance: a number (times the identity) or a d x d matrix; 10 by default. */
  priorCovariance?: number | Matrix;
}

/**
 * The posterior means of the d coefficients of a Bayesian logistic regression, each a ratio of two
 * integrals over the Gaussian prior: of the coefficient times the likelihood, and of the likelihood.
 */
export class BayesianLRCoeffs extends Integrand {
  readonly #features: Matrix;
  readonly #responses: Float64Array;

  constructor(sampler: Sampler, options: BayesianLRCoeffsOptions) {
    const known = ["features", "responses", "priorMean", "priorCovariance"];
    knownOptions("BayesianLRCoeffs", options, known);
    const { features, responses, priorMean = 0, priorCovariance = 10 } = options;
    const d = sampler.dimension;
    checkObject("BayesianLRCoeffs", "features", features);
    checkNumbers("BayesianLRCoeffs", "responses", responses);
    if (features.cols !== d - 1 || features.rows !== responses.length) {
      throw shapeError(
        `BayesianLRCoeffs: features must be ${responses.length} (responses) x ` +
          `${d - 1} (dimension - 1), got ${features.rows} x ${features.cols}`,
      );
    }
    const bad = Array.from(responses).findIndex((y) => y !== 0 && y !== 1);
    if (bad >= 0) {
      throw domainError(`BayesianLRCoeffs: responses must be 0 or 1, got ${responses[bad]}`);
    }
    super(new Gaussian(sampler, { mean: priorMean, covariance: priorCovariance }), 2 * d, d);
    this.#features = features;
    this.#responses = Float64Array.from(responses);
  }

  protected override g(x: Float64Array, n: number, _options: EvaluateOptions): Float64Array {
    const d = this.combinedOutputs;
    const values = new Float64Array(n * 2 * d);
    for (let i = 0; i < n; i++) {
      const likelihood = Math.exp(this.#logLikelihood(x, i * d));
      for (let j = 0; j < d; j++) {
        values[i * 2 * d + j] = x[i * d + j]! * likelihood;
        values[i * 2 * d + d + j] = likelihood;
      }
    }
    return values;
  }

  #logLikelihood(x: Float64Array, start: number): number {
    const { data, rows, cols } = this.#features;
    let total = 0;
    for (let k = 0; k < rows; k++) {
      let z = x[start + cols]!;
      for (let j = 0; j < cols; j++) z += x[start + j]! * data[k * cols + j]!;
      // log(1 + e^z) without overflow
      total += z * this.#responses[k]! - (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))));
    }
    return total;
  }

  override combine(bounds: Bounds): Bounds {
    return ratios(bounds);
  }

  override dependency(needed: Uint8Array): Uint8Array {
    return Uint8Array.from([...needed, ...needed]);
  }
}
