import {
  allocate,
  checkObject,
  checkType,
  type Matrix,
  Rng,
  shapeError,
} from "@daily-kernel/compute";
import { logIe } from "../bessel/scalar.ts";
import { check, checkCount, checkPositive } from "../check.ts";
import { lgamma } from "../gamma/lgamma.ts";
import { resultant, resultantError, resultantSlope } from "./concentration.ts";
import { checkWeights, type FitOptions, fitRows, fitSums, type Parameters } from "./fit.ts";
import { drawDirection, versineSampler } from "./sample.ts";
import { asRows, rowDot, type UnitRows, unitCopy, unitRowNorms } from "./unit-rows.ts";

/**
 * Von Mises-Fisher distribution on the unit sphere of R^p, p >= 2: density proportional to
 * exp(kappa mean . x) with respect to surface measure (Mardia and Jupp 2000, section 9.3.2).
 */
export class VonMisesFisher {
  /** Unit vector of length p. */
  readonly mean: Float64Array;
  /** Concentration, >= 0; 0 is the uniform distribution. */
  readonly kappa: number;
  /** log of the normalising constant, less kappa: log density at the mean direction. */
  readonly #logPeak: number;

  /** Throws unless `mean` has norm 1 within 1e-6 and 0 <= kappa < Infinity. */
  constructor(parameters: Parameters) {
    const where = "VonMisesFisher";
    checkObject(where, "parameters", parameters);
    const { mean, kappa } = parameters;
    check((k) => k >= 0 && k < Infinity, where, "kappa", "at least 0 and finite", kappa);
    this.mean = unitCopy(where, "mean", mean);
    this.kappa = kappa;
    this.#logPeak = logDensityAtMean(this.mean.length, kappa);
  }

  get dimension(): number {
    return this.mean.length;
  }

  /** A_p(kappa) = |E x|, in [0, 1). */
  get meanResultantLength(): number {
    return resultant(this.dimension, this.kappa).length;
  }

  /**
   * Fisher information of one observation about kappa, A_p'(kappa) = Var(mean . x); it tends to
   * (p-1) / (2 kappa^2), which underflows at kappa = 1e162.
   */
  get fisherInformation(): number {
    return resultantSlope(this.dimension, this.kappa);
  }

  /** Asymptotic standard error of a kappa fitted to n observations, 1 / sqrt(n A_p'(kappa)). */
  standardError(n: number): number {
    check((m) => m > 0, "VonMisesFisher.standardError", "n", "positive", n);
    return resultantError(this.dimension, this.kappa) / Math.sqrt(n);
  }

  /**
   * Log density: a number for one vector of length p, a Float64Array for a matrix with p columns.
   * Vectors must have norm 1 within 1e-6 and are scaled to 1. O(p) a row.
   */
  logPdf(x: Float64Array): number;
  logPdf(x: UnitRows): Float64Array;
  logPdf(x: Float64Array | UnitRows): number | Float64Array {
    const where = "VonMisesFisher.logPdf";
    const rows = asRows(x);
    const norms = unitRowNorms(where, rows);
    this.#checkDimension(where, "x", rows.cols);
    const out = norms.map((norm, i) => {
      return this.#logPeak + this.kappa * (rowDot(rows, i, this.mean) / norm - 1);
    });
    return x instanceof Float64Array ? out[0]! : out;
  }

  /** Differential entropy with respect to surface measure, in nats. */
  entropy(): number {
    return this.kappa * resultant(this.dimension, this.kappa).missing - this.#logPeak;
  }

  /** Kullback-Leibler divergence from this distribution to `other`, in nats, >= 0. */
  kl(other: VonMisesFisher): number {
    const ok = other instanceof VonMisesFisher;
    checkType(ok, "VonMisesFisher.kl", "other", "a VonMisesFisher", other);
    this.#checkDimension("VonMisesFisher.kl", "other.mean", other.dimension);
    const { length, missing } = resultant(this.dimension, this.kappa);
    let versine = 0;
    for (let j = 0; j < this.dimension; j++) versine += (this.mean[j]! - other.mean[j]!) ** 2;
    const divergence =
      this.#logPeak -
      other.#logPeak -
      (this.kappa - other.kappa) * missing +
      other.kappa * length * (versine / 2);
    return Math.max(0, divergence);
  }

  /** n draws as the rows of an n x p matrix; O(n p). */
  sample(n: number, rng: Rng): Matrix {
    const where = "VonMisesFisher.sample";
    checkCount(where, "n", n, 0);
    checkType(rng instanceof Rng, where, "rng", "an Rng", rng);
    const p = this.dimension;
    const data = allocate(where, Float64Array, n * p);
    const versine = versineSampler(p, this.kappa);
    for (let i = 0; i < n; i++) {
      drawDirection(data.subarray(i * p, (i + 1) * p), this.mean, versine(rng), rng);
    }
    return { data, rows: n, cols: p };
  }

  /**
   * Maximum-likelihood fit to unit rows, each scaled to norm 1, optionally weighted. O(rows cols).
   * Throws `ERR_NUMERIC` where there is no maximum: all rows equal, or a sum of zero.
   */
  static fit(
    x: UnitRows,
    options: FitOptions & { readonly weights?: Float64Array } = {},
  ): VonMisesFisher {
    const where = "VonMisesFisher.fit";
    checkFitOptions(where, options);
    const { weights } = options;
    const norms = unitRowNorms(where, x);
    checkWeights(where, weights, x.rows);
    return new VonMisesFisher(fitRows(where, x, norms, weights, options));
  }

  /**
   * The same fit from the sum of n unit vectors, for data that is read in pieces.
   */
  static fromSums(sum: Float64Array, n: number, options: FitOptions = {}): VonMisesFisher {
    const where = "VonMisesFisher.fromSums";
    checkFitOptions(where, options);
    const ok = sum instanceof Float64Array && sum.length >= 2;
    checkType(ok, where, "sum", "a Float64Array of at least 2 numbers", sum);
    checkPositive(where, "n", n);
    return new VonMisesFisher(fitSums(where, sum, n, options));
  }

  #checkDimension(where: string, name: string, cols: number): void {
    if (cols !== this.dimension) {
      throw shapeError(`${where}: ${name} must have ${this.dimension} columns, got ${cols}`);
    }
  }
}

function checkFitOptions(where: string, options: FitOptions): void {
  checkObject(where, "options", options);
  const { correctBias } = options;
  const ok = correctBias === undefined || typeof correctBias === "boolean";
  checkType(ok, where, "options.correctBias", "a boolean", correctBias);
}

function logDensityAtMean(p: number, kappa: number): number {
  const v = p / 2 - 1;
  const half = p / 2;
  // kappa^v / I_v(kappa) tends to 2^v Gamma(v+1)
  if (kappa < 1e-12) return lgamma(half) - Math.LN2 - half * Math.log(Math.PI) + kappa;
  return v * Math.log(kappa) - half * Math.log(2 * Math.PI) - logIe(v, kappa);
}
