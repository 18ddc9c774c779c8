import { domainError } from "@daily-kernel/compute";
import { checkShape, type Flat, flatten, type Nested } from "../nested-numbers.ts";
import { checkInteger, choose, type SequenceOptions } from "../sequence-options.ts";

export const randomizations = ["LMS_DP", "LMS_DS", "LMS", "DP", "DS", "NUS", "none"] as const;
export type DigitalRandomization = (typeof randomizations)[number];

export interface DigitalOptions extends SequenceOptions {
  /** Interlacing factor of higher order nets; 1 by default. */
  alpha?: number;
  /** Digits of the points, at most 64; by default so many that base^digits >= 2^53. */
  digits?: number;
  /** Scramble matrices instead of random ones: [r x] (alpha d) x digits x digits of the matrices. */
  scrambles?: Nested;
  /** Digits to add instead of random ones: [r x] d x digits. */
  shifts?: Nested;
  /** Permutations of 0..base-1 instead of random ones: [r x] d x digits x (largest base). */
  permutations?: Nested;
}

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
    if (!(takes[name] as readonly string[]).includes(kind)) {
      throw domainError(
        `${where}: ${name} need randomize ${takes[name].join(" or ")}, got ${kind}`,
      );
    }
    const flat = flatten(where, name, value, rank);
    checkShape(where, name, flat.shape, [replications, components]);
    return flat;
  };
  const scrambles = given("scrambles", 3, alpha * d);
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
