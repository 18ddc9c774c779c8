import { shapeError, unsupportedError } from "@daily-kernel/compute";
import { knownOptions } from "../check-options.ts";
import type { Sequence } from "../sequences/sequence.ts";
import { one, positive } from "./parameters.ts";
import { type Moments, TrueMeasure } from "./true-measure.ts";

export interface ZeroInflatedExpUniformOptions {
  /** Probability of 0, in (0, 1); 0.4 by default. */
  pZero?: number;
  /** Rate of the exponential part, > 0; 1.5 by default. */
  lambda?: number;
  /**
   * In (0, 1): adds a second coordinate, uniform below `ySplit` where the first is 0 and uniform
   * above it elsewhere.
   */
  ySplit?: number;
}

/**
 * A variable that is 0 with probability pZero and exponential otherwise (one dimension), or that and
 * a uniform variable that depends on it (two dimensions, with `ySplit`). It has an atom, hence no
 * density: `weight` throws `ERR_UNSUPPORTED`.
 */
export class ZeroInflatedExpUniform extends TrueMeasure {
  readonly range: Float64Array;
  readonly pZero: number;
  readonly lambda: number;
  readonly ySplit: number | undefined;

  constructor(sampler: Sequence | TrueMeasure, options: ZeroInflatedExpUniformOptions = {}) {
    super(sampler);
    const where = "ZeroInflatedExpUniform";
    const {
      pZero = 0.4,
      lambda = 1.5,
      ySplit,
    } = knownOptions(where, options, ["pZero", "lambda", "ySplit"]);
    const inside = (x: number) => x > 0 && x < 1;
    this.pZero = one(where, "pZero", pZero, inside, "in (0, 1)");
    this.lambda = one(where, "lambda", lambda, positive, "finite and > 0");
    this.ySplit = ySplit === undefined ? ySplit : one(where, "ySplit", ySplit, inside, "in (0, 1)");
    const wanted = ySplit === undefined ? 1 : 2;
    if (this.dimension !== wanted) {
      throw shapeError(
        `${where}: the dimension must be ${wanted} ${wanted === 1 ? "without" : "with"} ySplit, ` +
          `got ${this.dimension}`,
      );
    }
    const line = [0, Number.POSITIVE_INFINITY];
    this.range = Float64Array.from(ySplit === undefined ? line : [...line, 0, 1]);
  }

  protected map(u: Float64Array, n: number, out: Float64Array): void {
    const { pZero, lambda, ySplit, dimension } = this;
    for (let i = 0; i < n; i++) {
      const p = u[i * dimension]!;
      const zero = p <= pZero;
      out[i * dimension] = zero ? 0 : -Math.log1p(-(p - pZero) / (1 - pZero)) / lambda;
      if (ySplit === undefined) continue;
      const v = u[2 * i + 1]!;
      out[2 * i + 1] = zero ? ySplit * v : ySplit + (1 - ySplit) * v;
    }
  }

  protected density(): void {
    throw unsupportedError(
      `${this.label}.weight: 0 has positive probability, so there is no density`,
    );
  }

  protected override moments(): Moments | undefined {
    if (this.ySplit !== undefined) return undefined;
    const { pZero, lambda } = this;
    return {
      mean: Float64Array.of((1 - pZero) / lambda),
      variance: Float64Array.of(((1 - pZero) * (1 + pZero)) / lambda ** 2),
    };
  }

  protected over(sampler: Sequence | TrueMeasure): ZeroInflatedExpUniform {
    const { pZero, lambda, ySplit } = this;
    return new ZeroInflatedExpUniform(sampler, {
      pZero,
      lambda,
      ...(ySplit === undefined ? {} : { ySplit }),
    });
  }
}
