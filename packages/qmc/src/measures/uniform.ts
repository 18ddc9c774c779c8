import { domainError } from "@daily-kernel/compute";
import { knownOptions } from "../check-options.ts";
import type { Sequence } from "../sequences/sequence.ts";
import { type PerCoordinate, perCoordinate, productDensity, respread } from "./parameters.ts";
import { type Moments, TrueMeasure } from "./true-measure.ts";

export interface UniformOptions {
  /** Lower bounds; 0 by default. */
  lower?: PerCoordinate;
  /** Upper bounds; 1 by default. */
  upper?: PerCoordinate;
}

/** The uniform distribution on a box. */
export class Uniform extends TrueMeasure {
  readonly range: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;

  constructor(sampler: Sequence | TrueMeasure, options: UniformOptions = {}) {
    super(sampler);
    const { lower = 0, upper = 1 } = knownOptions("Uniform", options, ["lower", "upper"]);
    this.lower = perCoordinate("Uniform", "lower", lower, this.dimension);
    this.upper = perCoordinate("Uniform", "upper", upper, this.dimension);
    this.range = new Float64Array(2 * this.dimension);
    for (let j = 0; j < this.dimension; j++) {
      const [a, b] = [this.lower[j]!, this.upper[j]!];
      if (!(a < b && b - a < Number.POSITIVE_INFINITY)) {
        throw domainError(
          `Uniform: lower must be < upper, and upper - lower finite, got lower ${a} and upper ` +
            `${b} in coordinate ${j}`,
        );
      }
      this.range.set([a, b], 2 * j);
    }
  }

  protected map(u: Float64Array, n: number, out: Float64Array): void {
    const { lower, upper, dimension } = this;
    const width = lower.map((a, j) => upper[j]! - a);
    for (let i = 0, k = 0; i < n; i++) {
      for (let j = 0; j < dimension; j++, k++) out[k] = u[k]! * width[j]! + lower[j]!;
    }
  }

  protected density(x: Float64Array, _n: number, out: Float64Array): void {
    const { lower, upper } = this;
    let volume = 1;
    for (let j = 0; j < lower.length; j++) volume *= upper[j]! - lower[j]!;
    productDensity(x, this.dimension, out, (y, j) => (y >= lower[j]! && y <= upper[j]! ? 1 : 0));
    for (let i = 0; i < out.length; i++) out[i]! /= volume;
  }

  protected override moments(): Moments {
    const { lower, upper } = this;
    return {
      mean: lower.map((a, j) => (a + upper[j]!) / 2),
      variance: lower.map((a, j) => (upper[j]! - a) ** 2 / 12),
    };
  }

  protected over(sampler: Sequence | TrueMeasure): Uniform {
    return new Uniform(sampler, {
      lower: respread("Uniform", "lower", this.lower, sampler.dimension),
      upper: respread("Uniform", "upper", this.upper, sampler.dimension),
    });
  }
}
