import type { Sequence } from "../sequences/sequence.ts";
import { Acceptance, type AcceptanceOptions } from "./acceptance.ts";
import { box } from "./parameters.ts";
import type { TrueMeasure } from "./true-measure.ts";

/** Acceptance and rejection on the unit cube. */
export class AcceptanceRejection extends Acceptance {
  readonly range: Float64Array;

  constructor(sampler: Sequence, options: AcceptanceOptions) {
    super(sampler, options);
    this.range = box(0, 1, this.dimension);
  }

  protected candidate(u: Float64Array, x: Float64Array): number {
    x.set(u);
    return 1;
  }

  protected over(sampler: Sequence | TrueMeasure): AcceptanceRejection {
    return new AcceptanceRejection(sampler as Sequence, this.acceptanceOptions);
  }
}
