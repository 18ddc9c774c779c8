import { domainError } from "@daily-kernel/compute";
import { componentRng, spawnedSeed } from "./component-rng.ts";
import { Sequence, type Structure } from "./sequence.ts";
import { checkSequenceOptions, type SequenceOptions } from "./sequence-options.ts";

export interface IIDStdUniformOptions extends SequenceOptions {}

/** Rows of one round: a column of them, and the block that they go to, stay in the cache. */
const ROWS = 8192;
const ROOM = 1 << 17;
/** Points whose random words can be counted. */
const MOST_POINTS = 2 ** 51;

/**
 * Independent uniform points: multiples of 2^-53 in [0, 1) from Philox 4x32-10, a stream for each
 * component of each replication, so that point i is the same however it is asked for.
 */
export class IIDStdUniform extends Sequence {
  readonly structure: Structure = "iid";
  readonly #options: IIDStdUniformOptions;
  readonly #seed: number | bigint;
  readonly #components: Uint32Array;

  constructor(options: IIDStdUniformOptions = {}) {
    const { components, replications, seed } = checkSequenceOptions("IIDStdUniform", options);
    super(components.length, replications);
    this.#options = { ...options };
    this.#seed = seed;
    this.#components = components;
  }

  protected checkRange(_nMin: number, nMax: number): void {
    if (nMax > MOST_POINTS) {
      throw domainError(`IIDStdUniform: nMax must be at most ${MOST_POINTS}, got ${nMax}`);
    }
  }

  protected fill(nMin: number, nMax: number, out: Float64Array): void {
    const n = nMax - nMin;
    const d = this.dimension;
    const column = new Float64Array(Math.min(n, Math.max(16, Math.min(ROWS, Math.ceil(ROOM / d)))));
    for (let r = 0; r < this.replications; r++) {
      const streams = Array.from(this.#components, (j) => {
        const rng = componentRng(this.#seed, r, j);
        rng.skip(2 * nMin); // a uniform takes two words
        return rng;
      });
      for (let i = 0; i < n; i += column.length) {
        const count = Math.min(column.length, n - i);
        const block = out.subarray((r * n + i) * d, (r * n + i + count) * d);
        streams.forEach((rng, j) => {
          rng.fillUniform(column.subarray(0, count));
          for (let k = 0, at = j; k < count; k++, at += d) block[at] = column[k]!;
        });
      }
    }
  }

  protected child(dimension: number, index: number): IIDStdUniform {
    const seed = spawnedSeed(this.#seed, index);
    return new IIDStdUniform({ ...this.#options, dimension, seed });
  }
}
