import { domainError } from "@daily-kernel/compute";
import { spawnedSeed } from "../component-rng.ts";
import { isPrime, primeFrom } from "../primes.ts";
import { checkInteger, checkSequenceOptions } from "../sequence-options.ts";
import { AnyBaseSequence } from "./any-base-sequence.ts";
import { type DigitalGenerator, fullDigits, makeCoordinate } from "./coordinates.ts";
import { faureMatrix } from "./digit-matrix.ts";
import { checkPick } from "./digital-net-any-bases.ts";
import {
  checkRandomization,
  type DigitalOptions,
  type DigitalRandomization,
  digitalKeys,
} from "./randomization.ts";

export interface FaureOptions extends DigitalOptions {
  /** A prime >= alpha d; the smallest by default. */
  base?: number;
  /** "LMS_DP" by default. */
  randomize?: DigitalRandomization;
}

const MOST_COMPONENTS = 2 ** 16;

/**
 * Faure's (0, d)-sequence in a prime base b >= d: every elementary interval of volume b^-m has one of
 * the first b^m points, for every m. Component c has the powers of Pascal's matrix, with c^0 first.
 * For higher orders b >= alpha d, so that all interlaced components differ.
 */
export class Faure extends AnyBaseSequence {
  readonly #options: FaureOptions;

  constructor(options: FaureOptions = {}) {
    const { components, replications, seed } = checkSequenceOptions("Faure", options, [
      ...digitalKeys,
      "base",
    ]);
    const { length: d } = components;
    const randomization = checkRandomization("Faure", options, d, replications);
    const { alpha, kind } = randomization;
    checkPick("Faure", options.dimension, components, alpha, MOST_COMPONENTS);
    const need = components.reduce((most, c) => Math.max(most, alpha * (c + 1)), 0);
    const { base = primeFrom(need) } = options;
    checkInteger("Faure", "base", base, 2, 2 ** 20);
    if (base < need || !isPrime(base)) {
      throw domainError(`Faure: base must be a prime >= alpha x dimension = ${need}, got ${base}`);
    }
    if (kind === "none" && replications > 1) {
      throw domainError(`Faure: without randomization replications must be 1, got ${replications}`);
    }
    // A scramble that is given says how many digits of the matrix it takes.
    const size = randomization.scrambles?.shape[3] ?? fullDigits(base);
    const generator: DigitalGenerator = {
      base: () => base,
      matrix: (_, c) => faureMatrix(c, size, base),
    };
    super(
      Array.from({ length: replications }, (_, r) =>
        Array.from(components, (c, j) =>
          makeCoordinate("Faure", generator, randomization, seed, [r, j, d], c),
        ),
      ),
    );
    this.#options = { ...options };
  }

  protected child(dimension: number, index: number): Faure {
    const { scrambles: _s, shifts: _d, permutations: _p, ...options } = this.#options;
    const seed = spawnedSeed(options.seed ?? 0, index);
    return new Faure({ ...options, dimension, seed });
  }
}
