import { domainError } from "@daily-kernel/compute";
import { knownOptions } from "../check-options.ts";
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
    knownOptions("Genz", options, ["kind", "coefficients"]);
    const { kind = "oscillatory", coefficients = 1 } = options;
    if (kind !== "oscillatory" && kind !== "corner-peak") {
      throw domainError(`Genz: kind must be "oscillatory" or "corner-peak", got ${kind}`);
    }
    if (typeof coefficients !== "number" || !Object.hasOwn(decay, coefficients)) {
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
   * The integral. Oscillatory: the real part of prod (e^{i c_j} - 1) / (i c_j), O(d). Corner peak: a
   * power series in the coefficients, whose terms begin to cancel when d grows; d is 1 to 20 there.
   */
  exactValue(): number {
    const c = this.coefficients;
    if (this.#kind === "oscillatory") {
      const sum = c.reduce((s, cj) => s + cj, 0);
      return c.reduce((p, cj) => (p * Math.sin(cj / 2)) / (cj / 2), Math.cos(sum / 2));
    }
    if (c.length > 20) {
      throw domainError(`Genz.exactValue: d must be at most 20 for a corner peak, got ${c.length}`);
    }
    return cornerPeak(c);
  }
}

/** Terms of the series: its k-th is below C(d + k, k) / 4^k. */
const TERMS = 120;

/**
 * E (1 + s)^-(d+1) for s = sum c_j U_j: sum_k (-1)^k (d + k)! / d! times the coefficient of t^k in
 * prod_j (e^{c_j t} - 1) / (c_j t), which is E s^k / k!.
 */
function cornerPeak(c: Float64Array): number {
  let moments = new Float64Array(TERMS).fill(0);
  moments[0] = 1;
  for (const cj of c) {
    const next = new Float64Array(TERMS);
    for (let m = 0, factor = 1; m < TERMS; m++, factor *= cj / (m + 1)) {
      for (let k = 0; k + m < TERMS; k++) next[k + m]! += factor * moments[k]!;
    }
    moments = next;
  }
  let [sum, rising] = [0, 1];
  for (let k = 0; k < TERMS; k++) {
    sum += (k % 2 === 0 ? 1 : -1) * rising * moments[k]!;
    rising *= c.length + k + 1;
  }
  return sum;
}
