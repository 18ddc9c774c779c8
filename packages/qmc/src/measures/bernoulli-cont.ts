import { knownOptions } from "../check-options.ts";
import type { Sequence } from "../sequences/sequence.ts";
import { box, type PerCoordinate, perCoordinate, productDensity, respread } from "./parameters.ts";
import { type Moments, TrueMeasure } from "./true-measure.ts";

export interface BernoulliContOptions {
  /** Shapes, in (0, 1); 1/2 (the uniform distribution) by default. */
  lambda?: PerCoordinate;
}

/**
 * Independent continuous Bernoulli variables: density C lambda^x (1 - lambda)^(1-x) on [0, 1], an
 * exponential distribution of rate -eta, eta = log(lambda / (1-lambda)), cut to the unit interval.
 */
export class BernoulliCont extends TrueMeasure {
  readonly range: Float64Array;
  readonly lambda: Float64Array;

  constructor(sampler: Sequence | TrueMeasure, options: BernoulliContOptions = {}) {
    super(sampler);
    const { lambda = 0.5 } = knownOptions("BernoulliCont", options, ["lambda"]);
    const inside = (l: number) => l > 0 && l < 1;
    this.lambda = perCoordinate(
      "BernoulliCont",
      "lambda",
      lambda,
      this.dimension,
      inside,
      "in (0, 1)",
    );
    this.range = box(0, 1, this.dimension);
  }

  protected map(u: Float64Array, n: number, out: Float64Array): void {
    const etas = this.lambda.map(logOdds);
    for (let i = 0, k = 0; i < n; i++) {
      for (let j = 0; j < etas.length; j++, k++) out[k] = quantile(u[k]!, etas[j]!);
    }
  }

  protected density(x: Float64Array, _n: number, out: Float64Array): void {
    const etas = this.lambda.map(logOdds);
    productDensity(x, this.dimension, out, (y, j) => {
      const eta = etas[j]!;
      if (!(y >= 0 && y <= 1)) return 0;
      if (eta === 0) return 1;
      // eta exp(eta y) / (exp(eta) - 1), by whichever side does not overflow
      return eta > 0
        ? (eta * Math.exp(eta * (y - 1))) / -Math.expm1(-eta)
        : (eta * Math.exp(eta * y)) / Math.expm1(eta);
    });
  }

  protected override moments(): Moments {
    const etas = this.lambda.map(logOdds);
    return { mean: etas.map(meanAt), variance: etas.map(varianceAt) };
  }

  protected over(sampler: Sequence | TrueMeasure): BernoulliCont {
    return new BernoulliCont(sampler, {
      lambda: respread("BernoulliCont", "lambda", this.lambda, sampler.dimension),
    });
  }
}

/** log(lambda / (1 - lambda)), accurate near 1/2, too. */
function logOdds(lambda: number): number {
  const excess = (2 * lambda - 1) / (1 - lambda);
  return excess > -0.5 ? Math.log1p(excess) : Math.log(lambda / (1 - lambda));
}

/** The x with (exp(eta x) - 1) / (exp(eta) - 1) = u; the two halves are mirror images. */
function quantile(u: number, eta: number): number {
  if (eta === 0) return u;
  const shift = u * Math.expm1(eta);
  if (shift > -0.5 && shift < Number.POSITIVE_INFINITY) return Math.log1p(shift) / eta;
  return eta > 0
    ? 1 + Math.log(u + (1 - u) * Math.exp(-eta)) / eta
    : Math.log(1 - u + u * Math.exp(eta)) / eta;
}

/** B_2k / (2k)!, k = 1..8: the coefficients of x/2 coth(x/2). */
const bernoulli = [
  1 / 12,
  -1 / 720,
  1 / 30240,
  -1 / 1209600,
  1 / 47900160,
  -691 / 1307674368000,
  1 / 74724249600,
  -3617 / 10670622842880000,
];

/** 1/2 + coth(eta/2)/2 - 1/eta. */
function meanAt(eta: number): number {
  if (Math.abs(eta) > 0.5) return 0.5 + 0.5 / Math.tanh(eta / 2) - 1 / eta;
  let sum = 0;
  for (let k = 7; k >= 0; k--) sum = sum * eta * eta + bernoulli[k]!;
  return 0.5 + sum * eta;
}

/** 1/eta^2 - 1 / (4 sinh^2(eta/2)), the derivative of the mean. */
function varianceAt(eta: number): number {
  if (Math.abs(eta) > 0.5) return 1 / (eta * eta) - 0.25 / Math.sinh(eta / 2) ** 2;
  let sum = 0;
  for (let k = 7; k >= 0; k--) sum = sum * eta * eta + (2 * k + 1) * bernoulli[k]!;
  return sum;
}
