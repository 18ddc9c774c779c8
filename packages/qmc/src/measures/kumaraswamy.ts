import { lgamma } from "@daily-kernel/special";
import type { Sequence } from "../sequences/sequence.ts";
import {
  box,
  checkOptions,
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
    const { a = 2, b = 2 } = checkOptions("Kumaraswamy", options);
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

  /** log E x^r = log(b B(1 + r/a, b)). The variance is mean^2 (E x^2 / mean^2 - 1), by expm1. */
  protected override moments(): Moments {
    const logMoment = (r: number, j: number) => {
      const [a, b] = [this.a[j]!, this.b[j]!];
      return lgamma(1 + r / a) + lgamma(1 + b) - lgamma(1 + r / a + b);
    };
    const mean = this.a.map((_, j) => Math.exp(logMoment(1, j)));
    const variance = mean.map((m, j) => m * m * Math.expm1(logMoment(2, j) - 2 * logMoment(1, j)));
    return { mean, variance };
  }

  protected over(sampler: Sequence | TrueMeasure): Kumaraswamy {
    return new Kumaraswamy(sampler, {
      a: respread("Kumaraswamy", "a", this.a, sampler.dimension),
      b: respread("Kumaraswamy", "b", this.b, sampler.dimension),
    });
  }
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
