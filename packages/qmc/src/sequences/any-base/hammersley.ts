import { domainError, typeError } from "@daily-kernel/compute";
import { componentRng, spawnedSeed } from "../component-rng.ts";
import { addModOne } from "../lattice/lattice-rows.ts";
import { Sequence, type Structure } from "../sequence.ts";
import { checkSequenceOptions, type SequenceOptions } from "../sequence-options.ts";
import { Halton } from "./halton.ts";
import type { DigitalRandomization } from "./randomization.ts";

export interface HammersleyOptions extends Omit<SequenceOptions, "dimension"> {
  /** Number of coordinates; 1 by default. */
  dimension?: number;
  /** "none" by default; else of the Halton part, and the first coordinate is shifted modulo 1. */
  randomize?: DigitalRandomization;
}

/**
 * The Hammersley set of n points: first coordinate i / n, the others the Halton sequence. It depends on
 * n, so nMin is 0 and every n is a set of its own.
 */
export class Hammersley extends Sequence {
  readonly structure: Structure = "other";
  readonly #options: HammersleyOptions;
  readonly #halton: Halton | undefined;
  readonly #shifts: Float64Array;

  constructor(options: HammersleyOptions = {}) {
    const { components, replications, seed } = checkSequenceOptions("Hammersley", options, [
      "randomize",
    ]);
    const { randomize = "none" } = options;
    if (options.dimension !== undefined && typeof options.dimension !== "number") {
      throw typeError(
        "Hammersley: dimension must be a number, for coordinate 0 belongs to no prime",
      );
    }
    super(components.length, replications);
    if (randomize === "none" && replications > 1) {
      throw domainError(
        `Hammersley: without randomization replications must be 1, got ${replications}`,
      );
    }
    const dimension = components.length - 1;
    this.#halton =
      dimension === 0 ? undefined : new Halton({ dimension, replications, seed, randomize });
    this.#shifts = Float64Array.from({ length: replications }, (_, r) =>
      randomize === "none" ? 0 : componentRng(seed, r, 0).spawn("first").uniform(),
    );
    this.#options = { ...options };
  }

  protected checkRange(nMin: number, nMax: number): void {
    if (nMin !== 0) {
      throw domainError(
        `Hammersley: nMin must be 0, for the points depend on n, got ${nMin} and nMax ${nMax}`,
      );
    }
  }

  protected fill(_nMin: number, n: number, out: Float64Array): void {
    const { dimension: d, replications } = this;
    const rest = this.#halton?.points({ nMax: n }).data;
    for (let r = 0; r < replications; r++) {
      for (let i = 0; i < n; i++) {
        const at = (r * n + i) * d;
        out[at] = addModOne(i / n, this.#shifts[r]!);
        for (let j = 1; j < d; j++) out[at + j] = rest![(r * n + i) * (d - 1) + j - 1]!;
      }
    }
  }

  protected child(dimension: number, index: number): Hammersley {
    const seed = spawnedSeed(this.#options.seed ?? 0, index);
    return new Hammersley({ ...this.#options, dimension, seed });
  }
}
