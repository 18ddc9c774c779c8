import { domainError } from "@daily-kernel/compute";
import { componentRng, spawnedSeed } from "./component-rng.ts";
import { type PointSet, Sequence, type Structure } from "./sequence.ts";
import {
  checkInteger,
  checkSequenceOptions,
  choose,
  type SequenceOptions,
} from "./sequence-options.ts";

export interface LatinHypercubeOptions extends SequenceOptions {
  /** "jitter" (the default): anywhere in the stratum; "none": in the middle of it. */
  randomize?: "jitter" | "none";
}

const MOST_POINTS = 2 ** 31;

/**
 * A Latin hypercube of n points (McKay, Beckman and Conover 1979): in every coordinate each of the n
 * strata [k / n, (k + 1) / n) has one point, in random order. It depends on n, so nMin is 0.
 * `points` gives the first design of n points again and again, `next` the designs after one another.
 */
export class LatinHypercube extends Sequence {
  readonly structure: Structure = "other";
  readonly #options: LatinHypercubeOptions;
  readonly #seed: number | bigint;
  readonly #components: Uint32Array;
  readonly #jitter: boolean;
  #design = 0;
  #designs = 0;

  constructor(options: LatinHypercubeOptions = {}) {
    const { components, replications, seed } = checkSequenceOptions("LatinHypercube", options, [
      "randomize",
    ]);
    super(components.length, replications);
    const randomize = choose("LatinHypercube", "randomize", options.randomize, ["jitter", "none"]);
    this.#jitter = randomize === "jitter";
    this.#options = { ...options };
    this.#seed = seed;
    this.#components = components;
  }

  /** A design of n points that is independent of those before. */
  override next(n: number): PointSet {
    checkInteger("LatinHypercube.next", "n", n, 0, MOST_POINTS);
    this.#design = this.#designs;
    try {
      const set = this.points({ nMax: n });
      this.#designs++;
      return set;
    } finally {
      this.#design = 0;
    }
  }

  /** Lets `next` begin with the first design again. */
  override reset(): void {
    this.#designs = 0;
  }

  protected checkRange(nMin: number, nMax: number): void {
    if (nMin !== 0) {
      throw domainError(
        `LatinHypercube: nMin must be 0, for the strata depend on n, got ${nMin} and nMax ${nMax}`,
      );
    }
    if (nMax > MOST_POINTS) {
      throw domainError(`LatinHypercube: nMax must be at most ${MOST_POINTS}, got ${nMax}`);
    }
  }

  protected fill(_nMin: number, n: number, out: Float64Array): void {
    const d = this.dimension;
    // So coarse that (k + u) / n stays below (k + 1) / n when rounded.
    const grain = 2 ** (51 - Math.ceil(Math.log2(n)));
    const uniform = new Float64Array(n);
    const strata = new Uint32Array(n);
    for (let r = 0; r < this.replications; r++) {
      this.#components.forEach((component, j) => {
        const rng = componentRng(this.#seed, r, component).spawn(this.#design);
        shuffle(rng.fillUniform(uniform), strata);
        if (this.#jitter) rng.fillUniform(uniform);
        for (let i = 0, at = r * n * d + j; i < n; i++, at += d) {
          const u = this.#jitter ? Math.floor(uniform[i]! * grain) / grain : 0.5;
          out[at] = (strata[i]! + u) / n;
        }
      });
    }
  }

  protected child(dimension: number, index: number): LatinHypercube {
    const seed = spawnedSeed(this.#seed, index);
    return new LatinHypercube({ ...this.#options, dimension, seed });
  }
}

/**
 * A random order of 0..n-1 by Fisher and Yates from n uniform numbers of 53 bits: no order is more
 * than n^2 2^-53 likelier than another, relatively.
 */
function shuffle(uniform: Float64Array, order: Uint32Array): void {
  const n = order.length;
  for (let i = 0; i < n; i++) {
    const j = Math.floor(uniform[i]! * (i + 1));
    order[i] = order[j]!;
    order[j] = i;
  }
}
