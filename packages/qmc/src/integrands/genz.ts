import { checkObject, domainError } from "@daily-kernel/compute";
import type { Sampler } from "../measures/true-measure.ts";
import { Uniform } from "../measures/uniform.ts";
import { ScalarIntegrand } from "./scalar-integrand.ts";

export interface GenzOptions {
  /** cos(sum c_j x_j), or (1 + sum c_j x_j)^-(d+1); `"oscillatory"` by default. */
  kind?: "oscillatory" | "corner-peak";
  /** How fast the coefficients fall: 1 (as (j - 1/2) / d grows), 2 (1 / j^2), 3 (exponentially). */
  coefficients?: 1 | 2 | 3;
}

const decay = {
  1: (j: number, d: number) => (j - 0.5) / d,
  2: (j: number) => 1 / j ** 2,
  3: (j: number, d: number) => Math.exp((j * Math.log(1e-8)) / d),
};

/** Two of the test functions of Genz (1984) on the unit cube, with known integrals. */
export class Genz extends ScalarIntegrand {
  readonly #kind: "oscillatory" | "corner-peak";
  readonly coefficients: Float64Array;

  constructor(sampler: Sampler, options: GenzOptions = {}) {
    super(new Uniform(sampler));
    checkObject("Genz", "options", options);
    const { kind = "oscillatory", coefficients = 1 } = options;
    if (kind !== "oscillatory" && kind !== "corner-peak") {
      throw domainError(`Genz: kind must be "oscillatory" or "corner-peak", got ${kind}`);
    }
    if (!Object.hasOwn(decay, coefficients)) {
      throw domainError(`Genz: coefficients must be 1, 2 or 3, got ${coefficients}`);
    }
    this.#kind = kind;
    const d = this.measure.dimension;
    const raw = Float64Array.from({ length: d }, (_, j) => decay[coefficients](j + 1, d));
    const total = (kind === "oscillatory" ? 4.5 : 0.25) / raw.reduce((sum, c) => sum + c, 0);
    this.coefficients = raw.map((c) => c * total);
  }

  protected override value(x: Float64Array, start: number): number {
    const d = this.coefficients.length;
    let dot = 0;
    for (let j = 0; j < d; j++) dot += this.coefficients[j]! * x[start + j]!;
    return this.#kind === "oscillatory" ? Math.cos(dot) : (1 + dot) ** -(d + 1);
  }

  /**
   * The integral. Oscillatory: Re prod (e^{i c_j} - 1) / (i c_j), O(d). Corner peak: an alternating
   * sum over the corners of the cube, O(2^d); its terms cancel, so d is 1 to 12 there.
   */
  exactValue(): number {
    const c = this.coefficients;
    if (this.#kind === "oscillatory") {
      const sum = c.reduce((s, cj) => s + cj, 0);
      return c.reduce((p, cj) => (p * Math.sin(cj / 2)) / (cj / 2), Math.cos(sum / 2));
    }
    if (c.length > 12) {
      throw domainError(`Genz.exactValue: d must be at most 12 for a corner peak, got ${c.length}`);
    }
    let total = 0;
    for (let corner = 0; corner < 2 ** c.length; corner++) {
      let at = 1;
      let sign = 1;
      for (let j = 0; j < c.length; j++) {
        if ((corner >> j) & 1) {
          at += c[j]!;
          sign = -sign;
        }
      }
      total += sign / at;
    }
    return c.reduce((v, cj, j) => v / (cj * (j + 1)), total);
  }
}
