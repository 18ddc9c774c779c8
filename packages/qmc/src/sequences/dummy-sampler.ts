import { unsupportedError } from "@daily-kernel/compute";
import { Sequence, type Structure } from "./sequence.ts";
import { checkSequenceOptions, type SequenceOptions } from "./sequence-options.ts";

/**
 * Holds the place of a sequence where only a dimension is needed: a measure that is a factor of a
 * `ProductMeasure` gets its points from the product's sequence.
 *
 * @throws Error `ERR_UNSUPPORTED` when points are asked for.
 */
export class DummySampler extends Sequence {
  readonly structure: Structure = "other";

  constructor(options: SequenceOptions = {}) {
    const { components, replications } = checkSequenceOptions("DummySampler", options);
    super(components.length, replications);
  }

  protected checkRange(): void {
    throw unsupportedError("DummySampler: it has a dimension and no points; use another sequence");
  }

  protected fill(): void {
    this.checkRange();
  }

  protected child(dimension: number): DummySampler {
    return new DummySampler({ dimension, replications: this.replications });
  }
}
