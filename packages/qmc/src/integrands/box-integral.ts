import { checkNumbers, domainError } from "@daily-kernel/compute";
import { knownOptions } from "../check-options.ts";
import type { Sampler } from "../measures/true-measure.ts";
import { Uniform } from "../measures/uniform.ts";
import { Integrand } from "./integrand.ts";

/** |x|^s on the unit cube, one output an exponent (Bailey, Borwein and Crandall 2007). */
export class BoxIntegral extends Integrand {
  readonly s: Float64Array;

  constructor(sampler: Sampler, options: { s?: readonly number[] } = {}) {
    const { s = [1] } = knownOptions("BoxIntegral", options, ["s"]);
    checkNumbers("BoxIntegral", "s", s);
    const bad = s.findIndex((exponent) => !Number.isFinite(exponent));
    if (s.length === 0) throw domainError("BoxIntegral: s must hold at least one exponent");
    if (bad >= 0) throw domainError(`BoxIntegral: s must be finite, got ${s[bad]} at ${bad}`);
    super(new Uniform(sampler), s.length);
    this.s = Float64Array.from(s);
  }

  protected override g(x: Float64Array, n: number): Float64Array {
    const [d, outputs] = [this.measure.dimension, this.outputs];
    const values = new Float64Array(n * outputs);
    for (let i = 0; i < n; i++) {
      let squares = 0;
      for (let j = i * d; j < (i + 1) * d; j++) squares += x[j]! * x[j]!;
      for (let k = 0; k < outputs; k++) values[i * outputs + k] = squares ** (this.s[k]! / 2);
    }
    return values;
  }
}
