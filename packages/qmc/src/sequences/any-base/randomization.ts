import { domainError } from "@daily-kernel/compute";
import { checkShape, type Flat, flatten, type Nested } from "../nested-numbers.ts";
import { checkInteger, choose, refuseUnused, type SequenceOptions } from "../sequence-options.ts";

export const randomizations = ["LMS_DP", "LMS_DS", "LMS", "DP", "DS", "NUS", "none"] as const;
export type DigitalRandomization = (typeof randomizations)[number];

export interface DigitalOptions extends SequenceOptions {
  /** Interlacing factor of higher order nets; 1 by default. */
  alpha?: number;
  /** Digits of the points, at most 64; by default so many that base^digits >= 2^53. */
  digits?: number;
  /**
   * Scramble matrices instead of random ones: [r x] (alpha d) x rows x columns, 1..64 of either. Row
   * t gives digit t of a component: with alpha = 1 there are `digits` rows, with larger alpha any
   * number, of which ceil(digits / alpha) count, those missing as zeros. Column k multiplies digit k
   * of the generating matrix.
   */
  scrambles?: Nested;
  /** Digits to add instead of random ones: [r x] d x digits. */
  shifts?: Nested;
  /** Permutations of 0..base-1 instead of random ones: [r x] d x digits x (largest base). */
  permutations?: Nested;
}

/** The keys of `DigitalOptions` that not all sequences have. */
export const digitalKeys = [
  "randomize",
  "alpha",
  "digits",
  "scrambles",
  "shifts",
  "permutations",
] as const;

/** What randomises the digits, checked. */
export interface Randomization {
  kind: DigitalRandomization;
  alpha: number;
  digits: number | undefined;
  scrambles: Flat | undefined;
  shifts: Flat | undefined;
  permutations: Flat | undefined;
}

const takes = {
  scrambles: ["LMS", "LMS_DS", "LMS_DP"],
  shifts: ["DS", "LMS_DS"],
  permutations: ["DP", "LMS_DP"],
} as const;

/** Checks how d coordinates of `replications` replications are to be randomised. */
export function checkRandomization(
  where: string,
  options: DigitalOptions & { randomize?: DigitalRandomization },
  d: number,
  replications: number,
): Randomization {
  const { alpha = 1, digits } = options;
  const kind = choose(where, "randomize", options.randomize, randomizations);
  checkInteger(where, "alpha", alpha, 1, 32);
  if (digits !== undefined) checkInteger(where, "digits", digits, 1, 64);
  const given = (name: keyof typeof takes, rank: number, components: number) => {
    const value = options[name];
    if (value === undefined) return undefined;
    refuseUnused(where, name, value, kind, takes[name]);
    const flat = flatten(where, name, value, rank);
    checkShape(where, name, flat.shape, [replications, components]);
    return flat;
  };
  const scrambles = given("scrambles", 3, alpha * d);
  for (const axis of [2, 3]) {
    const size = scrambles?.shape[axis] ?? 1;
    checkInteger(where, `scrambles' ${axis === 2 ? "rows" : "columns"}`, size, 1, 64);
  }
  const shifts = given("shifts", 2, d);
  const permutations = given("permutations", 3, d);
  const counts = [
    digits,
    alpha === 1 ? scrambles?.shape[2] : undefined,
    shifts?.shape[2],
    permutations?.shape[2],
  ];
  const fixed = counts.find((count) => count !== undefined);
  for (const count of counts) {
    if (count !== undefined && count !== fixed) {
      throw domainError(
        `${where}: scrambles, shifts and permutations must have the same number of digits, got ${fixed} and ${count}`,
      );
    }
  }
  if (fixed !== undefined) checkInteger(where, "digits", fixed, 1, 64);
  return { kind, alpha, digits: fixed, scrambles, shifts, permutations };
}
