import { knownOptions } from "../check-options.ts";
import type { Sequence } from "../sequences/sequence.ts";
import { normalQuantiles } from "./normal-quantiles.ts";
import {
  type PerCoordinate,
  perCoordinate,
  positive,
  productDensity,
  realSpace,
  respread,
} from "./parameters.ts";
import { type Moments, TrueMeasure } from "./true-measure.ts";

export interface JohnsonsSUOptions {
  /** First shapes; 1 by default. */
  gamma?: PerCoordinate;
  /** Locations; 1 by default. */
  xi?: PerCoordinate;
  /** Second shapes, > 0; 2 by default. */
  delta?: PerCoordinate;
  /** Scales, > 0; 2 by default. */
  lambda?: PerCoordinate;
}

/** Independent Johnson S_U variables: xi + lambda sinh((z - gamma) / delta) of standard normal z. */
export class JohnsonsSU extends TrueMeasure {
  readonly range: Float64Array;
  readonly gamma: Float64Array;
  readonly xi: Float64Array;
  readonly delta: Float64Array;
  readonly lambda: Float64Array;

  constructor(sampler: Sequence | TrueMeasure, options: JohnsonsSUOptions = {}) {
    super(sampler);
    const where = "JohnsonsSU";
    const {
      gamma = 1,
      xi = 1,
      delta = 2,
      lambda = 2,
    } = knownOptions(where, options, ["gamma", "xi", "delta", "lambda"]);
    const d = this.dimension;
    this.gamma = perCoordinate(where, "gamma", gamma, d);
    this.xi = perCoordinate(where, "xi", xi, d);
    this.delta = perCoordinate(where, "delta", delta, d, positive, "finite and > 0");
    this.lambda = perCoordinate(where, "lambda", lambda, d, positive, "finite and > 0");
    this.range = realSpace(d);
  }

  protected map(u: Float64Array, n: number, out: Float64Array): void {
    const { gamma, xi, delta, lambda, dimension } = this;
    normalQuantiles(u, out);
    for (let i = 0, k = 0; i < n; i++) {
      for (let j = 0; j < dimension; j++, k++) {
        out[k] = lambda[j]! * Math.sinh((out[k]! - gamma[j]!) / delta[j]!) + xi[j]!;
      }
    }
  }

  protected density(x: Float64Array, _n: number, out: Float64Array): void {
    const { gamma, xi, delta, lambda } = this;
    productDensity(x, this.dimension, out, (y, j) => {
      const t = (y - xi[j]!) / lambda[j]!;
      const z = gamma[j]! + delta[j]! * Math.asinh(t);
      const slope = delta[j]! / (lambda[j]! * Math.sqrt(2 * Math.PI) * Math.hypot(1, t));
      return slope * Math.exp(-0.5 * z * z);
    });
  }

  protected override moments(): Moments {
    const { gamma, xi, delta, lambda } = this;
    const mean = xi.map((at, j) => {
      const [d, l] = [delta[j]!, lambda[j]!];
      return at - l * Math.exp(0.5 / (d * d)) * Math.sinh(gamma[j]! / d);
    });
    const variance = lambda.map((l, j) => {
      const d = delta[j]!;
      const spread = Math.exp(1 / (d * d)) * Math.cosh((2 * gamma[j]!) / d) + 1;
      return 0.5 * l * l * Math.expm1(1 / (d * d)) * spread;
    });
    return { mean, variance };
  }

  protected over(sampler: Sequence | TrueMeasure): JohnsonsSU {
    const d = sampler.dimension;
    return new JohnsonsSU(sampler, {
      gamma: respread("JohnsonsSU", "gamma", this.gamma, d),
      xi: respread("JohnsonsSU", "xi", this.xi, d),
      delta: respread("JohnsonsSU", "delta", this.delta, d),
      lambda: respread("JohnsonsSU", "lambda", this.lambda, d),
    });
  }
}
