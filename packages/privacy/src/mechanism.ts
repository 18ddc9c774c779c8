import { checkObject, checkType, domainError, Rng } from "@daily-kernel/compute";
import { PrivacyAccountant } from "./accounting/accountant.ts";
import { type Adjacency, checkAdjacency, checkEpsilon } from "./accounting/privacy.ts";
import { discreteLaplace } from "./noise/discrete-laplace.ts";
import type { Noise } from "./noise/noise.ts";
import { randomWords } from "./noise/random-words.ts";
import { pacer } from "./pacer.ts";

/** What every private structure is told. */
export interface PrivacyOptions {
  /** The privacy loss of the whole release, > 0. */
  epsilon: number;
  /** There is no default: the two differ by a factor of up to 2 in the noise. */
  adjacency: Adjacency;
  /** Default `discreteLaplace`. */
  noise?: Noise | undefined;
  /** Seeded noise, for tests: whoever knows the seed can subtract it. Default the platform's crypto. */
  unsafeRng?: Rng | undefined;
  /** Charged with `epsilon` before the data is looked at. */
  accountant?: PrivacyAccountant | undefined;
}

export interface RunOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((done: number) => void) | undefined;
}

/** What one part of a release cost. Sensitivity and scale are in units of the part's grid. */
export interface Spend {
  what: string;
  /** Largest l1 change of the part's whole numbers between neighbours. */
  sensitivity: number;
  epsilon: number;
  /** sensitivity / epsilon. */
  scale: number;
}

/** What a release says about its own privacy. */
export interface Privacy {
  epsilon: number;
  adjacency: Adjacency;
  noise: string;
  /** Whether the noise keeps the promise exactly, rounding of doubles included. */
  exact: boolean;
  spent: Spend[];
}

/** A part of a statistic: which of its numbers get noise, and the share of epsilon they get. */
export interface Part {
  readonly what: string;
  readonly sensitivity: number;
  /** Share of epsilon; those of all parts add up to 1. */
  readonly share: number;
}

/** Noise drawn between two rests of a run. */
const PIECE = 1 << 14;

/** The Laplace mechanism on whole numbers: T(X) + noise of scale sensitivity / epsilon. */
export class Mechanism {
  readonly epsilon: number;
  readonly adjacency: Adjacency;
  readonly noise: Noise;
  readonly parts: readonly Part[];
  readonly #fn: string;
  readonly #options: PrivacyOptions;

  constructor(fn: string, options: PrivacyOptions, parts: readonly Part[]) {
    const { noise = discreteLaplace, accountant, unsafeRng } = options;
    checkObject(fn, "noise", noise);
    checkType(typeof noise.addTo === "function", fn, "noise", "a Noise", noise);
    const seeded = unsafeRng === undefined || unsafeRng instanceof Rng;
    checkType(seeded, fn, "unsafeRng", "an Rng", unsafeRng);
    this.epsilon = checkEpsilon(fn, "epsilon", options.epsilon);
    this.adjacency = checkAdjacency(fn, options.adjacency);
    this.noise = noise;
    this.parts = parts;
    this.#fn = fn;
    this.#options = options;
    if (accountant === undefined) return;
    const isOne = accountant instanceof PrivacyAccountant;
    checkType(isOne, fn, "accountant", "a PrivacyAccountant", accountant);
    if (accountant.adjacency !== this.adjacency) {
      throw domainError(
        `${fn}: adjacency must be the accountant's, ${accountant.adjacency}, got ${this.adjacency}`,
      );
    }
  }

  /** Scale of the noise of a part, in units of its grid. */
  scale(part: number): number {
    const { sensitivity, share } = this.parts[part]!;
    return sensitivity / (this.epsilon * share);
  }

  /** Variance of the noise of a part, in units of its grid squared. */
  variance(part: number): number {
    return this.noise.variance(this.scale(part));
  }

  /** Charges the accountant; to be called before the data is looked at. */
  charge(): void {
    this.#options.accountant?.spend(this.#fn, this.epsilon);
  }

  /** Adds noise, in place, to pieces of the statistic, each belonging to a part. */
  async addNoise(
    pieces: readonly { part: number; values: Float64Array }[],
    { signal, onProgress }: RunOptions,
  ): Promise<void> {
    const random = randomWords(this.#options.unsafeRng);
    const total = pieces.reduce((sum, { values }) => sum + values.length, 0);
    const rest = pacer(signal, PIECE);
    let done = 0;
    for (const { part, values } of pieces) {
      for (let from = 0; from < values.length; from += PIECE) {
        const piece = values.subarray(from, from + PIECE);
        this.noise.addTo(piece, this.scale(part), random);
        done += piece.length;
        onProgress?.(done / total);
        await rest(piece.length);
      }
    }
  }

  /** The release's account of itself. */
  privacy(): Privacy {
    const { epsilon, adjacency, noise } = this;
    const spent = this.parts.map(({ what, sensitivity, share }, part) => {
      return { what, sensitivity, epsilon: epsilon * share, scale: this.scale(part) };
    });
    return { epsilon, adjacency, noise: noise.name, exact: noise.exact, spent };
  }
}
