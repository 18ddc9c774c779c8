import { matrix, shapeError } from "@daily-kernel/compute";
import type { Sequence } from "../sequences/sequence.ts";
import { box } from "./parameters.ts";
import { type Moments, TrueMeasure } from "./true-measure.ts";

/** The uniform distribution on the triangle 0 <= y <= x <= 1: x = sqrt(u_1), y = u_2 x. */
export class UniformTriangle extends TrueMeasure {
  readonly range = box(0, 1, 2);

  constructor(sampler: Sequence | TrueMeasure) {
    super(sampler);
    if (this.dimension !== 2) {
      throw shapeError(`UniformTriangle: the dimension must be 2, got ${this.dimension}`);
    }
  }

  protected map(u: Float64Array, n: number, out: Float64Array): void {
    for (let i = 0; i < n; i++) {
      const x = Math.sqrt(u[2 * i]!);
      out[2 * i] = x;
      out[2 * i + 1] = u[2 * i + 1]! * x;
    }
  }

  protected density(x: Float64Array, n: number, out: Float64Array): void {
    for (let i = 0; i < n; i++) {
      const [a, b] = [x[2 * i]!, x[2 * i + 1]!];
      out[i] = b >= 0 && b <= a && a <= 1 ? 2 : 0;
    }
  }

  protected override moments(): Moments {
    return {
      mean: Float64Array.of(2 / 3, 1 / 3),
      variance: Float64Array.of(1 / 18, 1 / 18),
      covariance: () => matrix(2, 2, Float64Array.of(1 / 18, 1 / 36, 1 / 36, 1 / 18)),
    };
  }

  protected over(sampler: Sequence | TrueMeasure): UniformTriangle {
    return new UniformTriangle(sampler);
  }
}
