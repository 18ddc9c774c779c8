import { checkType, domainError, type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import type { GaussianProcess } from "@daily-kernel/kernels";
import { Sequence } from "../sequences/sequence.ts";
import { Screen } from "./pfgpci-screen.ts";

/** What a suggester may know. */
export interface SuggestOptions {
  /** The process given all observations so far, on the unit cube; failure is a value >= 0. */
  process: GaussianProcess;
  /** A stream of its own for every batch. */
  rng: Rng;
  /** How many points were suggested before this batch. */
  suggested: number;
  /** The nodes of the cubature that the process is likeliest to misjudge, count x d. */
  worst(count: number): Matrix;
  signal?: AbortSignal;
}

/** Says where a function on the unit cube should be evaluated next. */
export interface Suggester {
  /** `count` points, count x d. */
  suggest(count: number, options: SuggestOptions): Matrix | Promise<Matrix>;
}

/** Draws that are tried at a time, and those after which the worst nodes have to do. */
const DRAWS = 1024;
const MOST_DRAWS = 2 ** 16;

/**
 * Points with the density of the error: proportional to the probability that the process misjudges
 * whether a point fails, by acceptance and rejection of uniform draws (Sorokin and Rao 2023). If 2^16
 * draws are not enough, so that hardly any error is left, the worst nodes follow.
 */
export class PFSampleErrorDensityAR implements Suggester {
  async suggest(count: number, options: SuggestOptions): Promise<Matrix> {
    const { process, rng, worst, signal } = options;
    const d = process.kernel.dimension;
    const screen = new Screen(process);
    const points: Float64Array[] = [];
    for (let tried = 0; tried < MOST_DRAWS && points.length < count; tried += DRAWS) {
      signal?.throwIfAborted();
      const draws = matrix(DRAWS, d, rng.fillUniform(new Float64Array(DRAWS * d)));
      points.push(...screen.accepted(draws, rng.fillUniform(new Float64Array(DRAWS))));
      await new Promise<void>((resume) => setTimeout(resume));
    }
    const rest = worst(Math.max(0, count - points.length)).data;
    return matrix(count, d, [...points.slice(0, count).flatMap((point) => [...point]), ...rest]);
  }
}

/** The points of a sequence, one after another, whatever the process says. */
export class SuggesterSimple implements Suggester {
  readonly #sequence: Sequence;

  constructor(sequence: Sequence) {
    checkType(sequence instanceof Sequence, "SuggesterSimple", "sequence", "a Sequence", sequence);
    if (sequence.replications !== 1) {
      throw domainError(
        `SuggesterSimple: the sequence must have 1 replication, got ${sequence.replications}`,
      );
    }
    this.#sequence = sequence;
  }

  suggest(count: number, { suggested }: SuggestOptions): Matrix {
    const d = this.#sequence.dimension;
    const points = matrix(count, d);
    // singly: nets in natural order give no other ranges that begin anywhere
    for (let i = 0; i < count; i++) {
      const nMin = suggested + i;
      const { data } = this.#sequence.points({ nMin, nMax: nMin + 1 });
      points.data.set(data, i * d);
    }
    return points;
  }
}
