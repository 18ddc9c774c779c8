import { checkType, domainError } from "@daily-kernel/compute";
import type { Sequence } from "../sequences/sequence.ts";
import { Acceptance, type AcceptanceOptions } from "./acceptance.ts";
import { checkMarginals, type Marginal, marginalRange, needed } from "./marginal.ts";
import type { TrueMeasure } from "./true-measure.ts";

export interface AcceptanceRejectionRealOptions extends AcceptanceOptions {
  /** Where candidates come from: one marginal for all coordinates, or one each. */
  proposal: Marginal | readonly Marginal[];
  /**
   * H, with density <= upperBound H: the density of the proposals. By default the product of their
   * `pdf`.
   */
  envelope?: (x: Float64Array) => number;
}

/** Acceptance and rejection on R^d, of candidates with independent coordinates. */
export class AcceptanceRejectionReal extends Acceptance {
  readonly range: Float64Array;
  readonly #proposal: readonly Marginal[];
  readonly #envelope: (x: Float64Array) => number;

  constructor(sampler: Sequence, options: AcceptanceRejectionRealOptions) {
    super(sampler, options, ["proposal", "envelope"]);
    const where = "AcceptanceRejectionReal";
    this.#proposal = checkMarginals(where, options.proposal, this.dimension);
    const { envelope } = options;
    if (envelope !== undefined) {
      checkType(typeof envelope === "function", where, "envelope", "a function", envelope);
      this.#envelope = envelope;
    } else {
      const pdfs = this.#proposal.map((_, j) => needed(where, this.#proposal, j, "pdf"));
      this.#envelope = (x) => x.reduce((product, y, j) => product * pdfs[j]!(y), 1);
    }
    this.range = marginalRange(this.#proposal);
  }

  protected candidate(u: Float64Array, x: Float64Array): number {
    for (const [j, marginal] of this.#proposal.entries()) {
      x[j] = marginal.quantile(u[j]!);
      if (!Number.isFinite(x[j])) {
        throw domainError(
          `${this.label}.points: proposal[${j}].quantile(${u[j]}) is ${x[j]}; randomise the sequence`,
        );
      }
    }
    return this.#envelope(x);
  }

  protected over(sampler: Sequence | TrueMeasure): AcceptanceRejectionReal {
    return new AcceptanceRejectionReal(sampler as Sequence, {
      ...this.acceptanceOptions,
      proposal: this.#proposal,
      envelope: this.#envelope,
    });
  }
}
