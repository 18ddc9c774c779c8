import { domainError } from "@daily-kernel/compute";
import { checkNumber, knownOptions } from "../check-options.ts";
import type { Sampler } from "../measures/true-measure.ts";
import { Uniform } from "../measures/uniform.ts";
import { ScalarIntegrand } from "./scalar-integrand.ts";
import { checkDimension } from "./test-functions.ts";

const { PI } = Math;

/** First-order, total and other Sobol' indices of a set of coordinates. */
export interface SobolIndices {
  closed: number;
  total: number;
}

/**
 * (1 + b z^4) sin x + a sin^2 y on [-pi, pi]^3, the standard test of sensitivity analysis
 * (Ishigami and Homma 1990).
 */
export class Ishigami extends ScalarIntegrand {
  readonly a: number;
  readonly b: number;

  constructor(sampler: Sampler, options: { a?: number; b?: number } = {}) {
    checkDimension("Ishigami", sampler, 3);
    const { a = 7, b = 0.1 } = knownOptions("Ishigami", options, ["a", "b"]);
    checkNumber("Ishigami", "a", a);
    checkNumber("Ishigami", "b", b);
    super(new Uniform(sampler, { lower: -PI, upper: PI }));
    this.a = a;
    this.b = b;
  }

  protected override value(x: Float64Array, start: number): number {
    const [u, v, w] = [x[start]!, x[start + 1]!, x[start + 2]!];
    return (1 + this.b * w ** 4) * Math.sin(u) + this.a * Math.sin(v) ** 2;
  }

  /**
   * The exact closed and total Sobol' indices of the coordinates in `subset` (a proper, non-empty
   * one of {0, 1, 2}), from the variance components of the ANOVA decomposition.
   */
  exactIndices(subset: readonly number[]): SobolIndices {
    const has = (j: number) => subset.includes(j);
    const count = [0, 1, 2].filter(has).length;
    if (count !== subset.length || count < 1 || count > 2) {
      throw domainError(
        `Ishigami.exactIndices: subset must hold 1 or 2 of 0, 1, 2, got [${subset.join(", ")}]`,
      );
    }
    const { a, b } = this;
    const first = (1 + (b * PI ** 4) / 5) ** 2 / 2; // coordinate 0 alone
    const second = a ** 2 / 8; // coordinate 1 alone
    const interaction = (8 * b ** 2 * PI ** 8) / 225; // coordinates 0 and 2 together
    const variance = first + second + interaction;
    const single = (has(0) ? first : 0) + (has(1) ? second : 0);
    return {
      closed: (single + (has(0) && has(2) ? interaction : 0)) / variance,
      total: (single + (has(0) || has(2) ? interaction : 0)) / variance,
    };
  }

  /** The integral, a / 2. */
  exactValue(): number {
    return this.a / 2;
  }
}
