import { checkType } from "@daily-kernel/compute";
import type { Sequence } from "../sequences/sequence.ts";
import { TrueMeasure } from "./true-measure.ts";

/**
 * Lebesgue measure on the range of its sampler, which must be a measure: a `Uniform` for a box, a
 * `Gaussian`, say, for all of R^d. Its points are the sampler's and its weight is 1.
 */
export class Lebesgue extends TrueMeasure {
  readonly range: Float64Array;

  constructor(sampler: TrueMeasure) {
    checkType(sampler instanceof TrueMeasure, "Lebesgue", "sampler", "a TrueMeasure", sampler);
    super(sampler);
    this.range = sampler.range;
  }

  protected override get anyDomain(): boolean {
    return true;
  }

  protected map(u: Float64Array, _n: number, out: Float64Array): void {
    out.set(u);
  }

  protected density(_x: Float64Array, _n: number, out: Float64Array): void {
    out.fill(1);
  }

  protected over(sampler: Sequence | TrueMeasure): Lebesgue {
    return new Lebesgue(sampler as TrueMeasure);
  }
}
