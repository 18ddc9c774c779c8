import { domainError, typeError } from "@daily-kernel/compute";
import { componentRng, spawnedSeed } from "../component-rng.ts";
import { checkShape, flatten } from "../nested-numbers.ts";
import { primes } from "../primes.ts";
import { type CheckedOptions, checkSequenceOptions } from "../sequence-options.ts";
import { AnyBaseSequence } from "./any-base-sequence.ts";
import { type DigitalGenerator, fullDigits, makeCoordinate } from "./coordinates.ts";
import { identityMatrix } from "./digit-matrix.ts";
import { checkPick } from "./digital-net-any-bases.ts";
import type { Coordinate } from "./digital-plan.ts";
import { haltonMultipliers } from "./halton-multipliers.ts";
import {
  checkRandomization,
  type DigitalOptions,
  type DigitalRandomization,
  digitalKeys,
} from "./randomization.ts";

export interface HaltonOptions extends Omit<DigitalOptions, "alpha"> {
  /**
   * "LMS_DP" by default. "QRNG": fixed multipliers of the digits and a random shift of each, for at
   * most 360 components, 2^32 points and one replication; `shifts` are d x 32 digits then.
   */
  randomize?: DigitalRandomization | "QRNG";
}

/** The first this many primes are below 2^20. */
const MOST_COMPONENTS = 82025;
const QRNG_DIGITS = 32;

/**
 * The Halton sequence: coordinate j is the radical inverse of the index in the j-th prime, its digits
 * randomised.
 */
export class Halton extends AnyBaseSequence {
  readonly #options: HaltonOptions;

  constructor(options: HaltonOptions = {}) {
    const checked = checkSequenceOptions(
      "Halton",
      options,
      digitalKeys.filter((key) => key !== "alpha"),
    );
    const { components } = checked;
    const qrng = options.randomize === "QRNG";
    checkPick("Halton", 1, components, 1, qrng ? haltonMultipliers.length : MOST_COMPONENTS);
    const bases = primes(components.reduce((most, c) => Math.max(most, c), 0) + 1);
    super(qrng ? [qrngCoordinates(options, checked, bases)] : haltonRows(options, checked, bases));
    this.#options = { ...options };
  }

  protected child(dimension: number, index: number): Halton {
    const { scrambles: _s, shifts: _d, permutations: _p, ...options } = this.#options;
    const seed = spawnedSeed(options.seed ?? 0, index);
    return new Halton({ ...options, dimension, seed });
  }
}

function haltonRows(
  options: HaltonOptions,
  { components, replications, seed }: CheckedOptions,
  bases: Uint32Array,
): Coordinate[][] {
  const { length: d } = components;
  const { randomize, ...rest } = options;
  const randomization = checkRandomization(
    "Halton",
    { ...rest, ...(randomize === undefined || randomize === "QRNG" ? {} : { randomize }) },
    d,
    replications,
  );
  if (randomization.kind === "none" && replications > 1) {
    throw domainError(`Halton: without randomization replications must be 1, got ${replications}`);
  }
  const generator: DigitalGenerator = {
    base: (_, c) => bases[c]!,
    // A scramble that is given says how many digits of the matrix it takes.
    matrix: (_, c) => identityMatrix(randomization.scrambles?.shape[3] ?? fullDigits(bases[c]!)),
  };
  return Array.from({ length: replications }, (_, r) =>
    Array.from(components, (c, j) =>
      makeCoordinate("Halton", generator, randomization, seed, [r, j, d], c),
    ),
  );
}

/** Digit k of the index times the multiplier plus a random digit, modulo the prime. */
function qrngCoordinates(
  options: HaltonOptions,
  { components, replications, seed }: CheckedOptions,
  bases: Uint32Array,
): Coordinate[] {
  const { scrambles, permutations, digits, shifts } = options;
  if (replications !== 1) {
    throw domainError(`Halton: replications must be 1 with randomize QRNG, got ${replications}`);
  }
  for (const [name, value] of Object.entries({ scrambles, permutations, digits })) {
    if (value !== undefined) {
      throw typeError(`Halton: ${name} must not be given with randomize QRNG, which takes shifts`);
    }
  }
  const given = shifts === undefined ? undefined : flatten("Halton", "shifts", shifts, 2);
  if (given) checkShape("Halton", "shifts", given.shape, [1, components.length, QRNG_DIGITS]);
  return Array.from(components, (c, j) => {
    const base = bases[c]!;
    const { entries } = identityMatrix(QRNG_DIGITS);
    const rng = componentRng(seed, 0, c).spawn("shift");
    const shift = Uint32Array.from({ length: QRNG_DIGITS }, (_, t) => {
      const digit = given ? given.data[j * QRNG_DIGITS + t]! : rng.integer(base);
      if (digit < base) return digit;
      throw domainError(`Halton: shifts must be below their base ${base}, got ${digit}`);
    });
    const matrix = entries.map((entry) => entry * haltonMultipliers[c]!);
    const plan = { base, columns: QRNG_DIGITS, digits: QRNG_DIGITS, matrix, shift };
    return { base, digits: QRNG_DIGITS, parts: [plan], horner: true };
  });
}
