import { checkObject, checkType, domainError, typeError } from "@daily-kernel/compute";
import { knownOptions } from "../check-options.ts";

/** What every sequence is made from. */
export interface SequenceOptions {
  /**
   * Number of components, or the indices of the components of the generator to use, none of them
   * twice; 1 by default.
   */
  dimension?: number | ArrayLike<number>;
  /** Independent randomisations; 1 by default. */
  replications?: number;
  /** An integer in 0..2^53-1 or a bigint in 0..2^64-1; 0 by default, so that runs repeat. */
  seed?: number | bigint;
}

export interface CheckedOptions {
  components: Uint32Array;
  replications: number;
  seed: number | bigint;
}

const MOST_REPLICATIONS = 2 ** 20;

/** The keys of `SequenceOptions`. */
export const commonKeys: readonly (keyof SequenceOptions)[] = ["dimension", "replications", "seed"];

/** Throws `ERR_TYPE` for an array that `randomize` has no use for. */
export function refuseUnused(
  where: string,
  name: string,
  value: unknown,
  randomize: string,
  uses: readonly string[],
): void {
  if (value === undefined || uses.includes(randomize)) return;
  throw typeError(`${where}: ${name} need randomize ${uses.join(" or ")}, got ${randomize}`);
}

/** Throws unless `value` is an integer in low..high; the message has all three numbers. */
export function checkInteger(
  where: string,
  name: string,
  value: unknown,
  low: number,
  high: number,
): asserts value is number {
  checkType(typeof value === "number", where, name, "a number", value);
  if (!(Number.isInteger(value) && (value as number) >= low && (value as number) <= high)) {
    throw domainError(`${where}: ${name} must be an integer in ${low}..${high}, got ${value}`);
  }
}

/** One of the strings in `choices`, or the first of them where nothing was given. */
export function choose<T extends string>(
  where: string,
  name: string,
  value: T | undefined,
  choices: readonly T[],
): T {
  if (value === undefined) return choices[0]!;
  checkType(typeof value === "string", where, name, "a string", value);
  if (!choices.includes(value)) {
    throw domainError(`${where}: ${name} must be one of ${choices.join(", ")}, got ${value}`);
  }
  return value;
}

/** The indices of the components that `dimension` asks for, of a generator that has `limit`. */
function checkDimension(
  where: string,
  dimension: number | ArrayLike<number> = 1,
  limit = 2 ** 24,
): Uint32Array {
  if (typeof dimension === "number") {
    checkInteger(where, "dimension", dimension, 1, limit);
    return Uint32Array.from({ length: dimension }, (_, j) => j);
  }
  checkObject(where, "dimension", dimension);
  checkInteger(where, "dimension.length", dimension.length, 1, limit);
  for (let j = 0; j < dimension.length; j++) {
    checkInteger(where, `dimension[${j}]`, dimension[j], 0, limit - 1);
  }
  const components = Uint32Array.from(dimension);
  const seen = new Set<number>();
  for (const component of components) {
    if (seen.has(component)) {
      throw domainError(`${where}: dimension must not name a component twice, got ${component}`);
    }
    seen.add(component);
  }
  return components;
}

/** Throws unless `seed` is an integer in 0..2^53-1 or a bigint in 0..2^64-1. */
function checkSeed(where: string, seed: unknown): asserts seed is number | bigint {
  const kind = typeof seed === "number" || typeof seed === "bigint";
  checkType(kind, where, "seed", "a number or a bigint", seed);
  const whole = typeof seed === "bigint" ? seed >> 64n === 0n : Number.isSafeInteger(seed);
  if (!whole || (seed as number) < 0) {
    throw domainError(
      `${where}: seed must be an integer in 0..2^53-1 or a bigint in 0..2^64-1, got ${seed}`,
    );
  }
}

/**
 * Checks what all sequences take. Of the generator's components there are `limit`; `own` are the
 * other options that the sequence has.
 */
export function checkSequenceOptions<O extends SequenceOptions>(
  where: string,
  options: O,
  own: readonly Exclude<keyof O & string, keyof SequenceOptions>[] = [],
  limit?: number,
): CheckedOptions {
  knownOptions(where, options, [...commonKeys, ...own]);
  const { dimension, replications = 1, seed = 0 } = options;
  checkInteger(where, "replications", replications, 1, MOST_REPLICATIONS);
  checkSeed(where, seed);
  return { components: checkDimension(where, dimension, limit), replications, seed };
}

/** The dimensions that `spawn` was given, checked. */
export function checkSpawn(where: string, dimensions: readonly number[]): void {
  checkType(Array.isArray(dimensions), where, "dimensions", "an array", dimensions);
  dimensions.forEach((d, i) => {
    checkInteger(where, `dimensions[${i}]`, d, 1, 2 ** 24);
  });
}
