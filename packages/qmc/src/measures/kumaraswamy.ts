import { knownOptions } from "../check-options.ts";
import type { Sequence } from "../sequences/sequence.ts";
import {
  box,
  type PerCoordinate,
  perCoordinate,
  positive,
  productDensity,
  respread,
} from "./parameters.ts";
import { type Moments, TrueMeasure } from "./true-measure.ts";

export interface KumaraswamyOptions {
  /** First shapes, > 0; 2 by default. */
  a?: PerCoordinate;
  /** Second shapes, > 0; 2 by default. */
  b?: PerCoordinate;
}

/** Independent Kumaraswamy variables: density a b x^(a-1) (1 - x^a)^(b-1) on [0, 1]. */
export class Kumaraswamy extends TrueMeasure {
  readonly range: Float64Array;
  readonly a: Float64Array;
  readonly b: Float64Array;

  constructor(sampler: Sequence | TrueMeasure, options: KumaraswamyOptions = {}) {
    super(sampler);
    const { a = 2, b = 2 } = knownOptions("Kumaraswamy", options, ["a", "b"]);
    const d = this.dimension;
    this.a = perCoordinate("Kumaraswamy", "a", a, d, positive, "finite and > 0");
    this.b = perCoordinate("Kumaraswamy", "b", b, d, positive, "finite and > 0");
    this.range = box(0, 1, d);
  }

  protected map(u: Float64Array, n: number, out: Float64Array): void {
    const { a, b, dimension } = this;
    for (let i = 0, k = 0; i < n; i++) {
      for (let j = 0; j < dimension; j++, k++) {
        out[k] = root(missing(u[k]!, b[j]!), a[j]!);
      }
    }
  }

  protected density(x: Float64Array, _n: number, out: Float64Array): void {
    productDensity(x, this.dimension, out, (y, j) => {
      if (!(y >= 0 && y <= 1)) return 0;
      const [a, b] = [this.a[j]!, this.b[j]!];
      return a * b * y ** (a - 1) * (-Math.expm1(a * Math.log(y))) ** (b - 1);
    });
  }

  /** With E x^2 = mean^2 exp(delta) the variance is E x^2 (1 - exp(-delta)). */
  protected override moments(): Moments {
    const mean = this.a.map((a, j) => Math.exp(-gammaIntegral(1 / a, this.b[j]!, 1)));
    const variance = this.a.map((a, j) => {
      const logMean = -gammaIntegral(1 / a, this.b[j]!, 1);
      const delta = gammaIntegral(1 / a, this.b[j]!, 2);
      return Math.exp(2 * logMean + delta) * -Math.expm1(-delta);
    });
    return { mean, variance };
  }

  protected over(sampler: Sequence | TrueMeasure): Kumaraswamy {
    return new Kumaraswamy(sampler, {
      a: respread("Kumaraswamy", "a", this.a, sampler.dimension),
      b: respread("Kumaraswamy", "b", this.b, sampler.dimension),
    });
  }
}

/** Of the trapezoidal rule in log t; the integrand is analytic for |Im log t| < pi/2. */
const STEP = 1 / 8;

/**
 * The integral of (1 - exp(-h t))^power (1 - exp(-b t)) / (t (exp(t) - 1)) over t > 0, to some units
 * of its last place, for nothing cancels. With power 1 it is -log E x, h = 1/a, as follows from
 * E x = b B(1 + h, b) and Frullani's integrals of the logarithms in the product for the gamma
 * functions; with power 2 it is log E x^2 - 2 log E x.
 */
function gammaIntegral(h: number, b: number, power: 1 | 2): number {
  // Below t = 1, 1/h and 1/b the integrand of log t falls at least like t.
  const first = Math.log(Math.min(1, 1 / h, 1 / b)) - 40;
  let sum = 0;
  for (let y = first; y < 7; y += STEP) {
    const t = Math.exp(y);
    sum += ((-Math.expm1(-h * t)) ** power * -Math.expm1(-b * t)) / Math.expm1(t);
  }
  return STEP * sum;
}

/** 1 - (1 - u)^(1/b) without its cancellation at small u. */
function missing(u: number, b: number): number {
  if (b === 1) return u;
  return b === 2 ? u / (1 + Math.sqrt(1 - u)) : -Math.expm1(Math.log1p(-u) / b);
}

/** x^(1/a). */
function root(x: number, a: number): number {
  if (a === 1) return x;
  return a === 2 ? Math.sqrt(x) : x ** (1 / a);
}
