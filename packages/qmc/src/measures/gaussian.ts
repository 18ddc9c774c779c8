import { knownOptions } from "../check-options.ts";
import type { Sequence } from "../sequences/sequence.ts";
import { type Covariance, type Decomposition, MultivariateNormal } from "./multivariate-normal.ts";
import {
  checkSameDimension,
  type PerCoordinate,
  perCoordinate,
  realSpace,
  respread,
} from "./parameters.ts";
import { type SquareMatrix, symmetricMatrix } from "./square-matrix.ts";
import { type Moments, TrueMeasure } from "./true-measure.ts";

export interface GaussianOptions {
  /** Mean vector; 0 by default. */
  mean?: PerCoordinate;
  /** Covariance matrix, or variances of independent coordinates; 1 by default. */
  covariance?: PerCoordinate | SquareMatrix;
  /** How A with A A^T = covariance is made, or A itself; "PCA" by default. */
  decomposition?: Decomposition;
}

/** The normal distribution: mean + A z, z the standard normal quantiles of u. */
export class Gaussian extends TrueMeasure {
  readonly range: Float64Array;
  readonly #normal: MultivariateNormal;
  readonly #decomposition: Decomposition;

  constructor(sampler: Sequence | TrueMeasure, options: GaussianOptions = {}) {
    super(sampler);
    const {
      mean = 0,
      covariance,
      decomposition = "PCA",
    } = knownOptions("Gaussian", options, ["mean", "covariance", "decomposition"]);
    const d = this.dimension;
    this.#decomposition = decomposition;
    this.#normal = new MultivariateNormal(
      "Gaussian",
      perCoordinate("Gaussian", "mean", mean, d),
      covariance === undefined ? undefined : parseCovariance("Gaussian", covariance, d),
      decomposition,
    );
    this.range = realSpace(d);
  }

  protected map(u: Float64Array, n: number, out: Float64Array): void {
    this.#normal.transform(u, n, out);
  }

  protected density(x: Float64Array, n: number, out: Float64Array): void {
    this.#normal.density(x, n, out);
  }

  protected override moments(): Moments {
    const { mean, variance } = this.#normal;
    return { mean, variance, covariance: () => this.#normal.fullCovariance() };
  }

  /** Another dimension wants equal means and a multiple of the identity as covariance. */
  protected over(sampler: Sequence | TrueMeasure): Gaussian {
    const { mean, covariance } = this.#normal;
    const decomposition = this.#decomposition;
    const d = sampler.dimension;
    if ("matrix" in covariance || typeof decomposition !== "string") {
      checkSameDimension("Gaussian", this.dimension, d);
    }
    return new Gaussian(sampler, {
      mean: respread("Gaussian", "mean", mean, d),
      covariance:
        "matrix" in covariance
          ? covariance.matrix
          : respread("Gaussian", "covariance", covariance.diagonal, d),
      decomposition,
    });
  }
}

/** A matrix without entries off its diagonal counts as independent coordinates, too. */
function parseCovariance(
  where: string,
  value: PerCoordinate | SquareMatrix,
  d: number,
): Covariance {
  const rows = typeof value === "object" && value !== null && "length" in value ? value[0] : value;
  if (typeof rows === "object") {
    const full = symmetricMatrix(where, "covariance", value as SquareMatrix, d);
    if (full.data.some((c, k) => c !== 0 && k % (d + 1) !== 0)) return { matrix: full };
    return parseCovariance(
      where,
      full.data.filter((_, k) => k % (d + 1) === 0),
      d,
    );
  }
  const atLeast0 = (x: number) => x >= 0;
  const expected = "finite and >= 0, as a variance";
  return {
    diagonal: perCoordinate(where, "covariance", value as PerCoordinate, d, atLeast0, expected),
  };
}
