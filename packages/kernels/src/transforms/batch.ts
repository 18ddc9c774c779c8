import {
  checkObject,
  checkPoolOptions,
  checkType,
  domainError,
  type PoolOptions,
  shapeError,
} from "@daily-kernel/compute";

/** How many transforms, and of which size. */
export interface BatchOptions {
  /** Size of one transform, a power of two; `y` holds one after another. Default: all of `y`. */
  n?: number | undefined;
}

/** What a transform works on: `rows` transforms of n = 2^m numbers each. */
export interface Batch {
  rows: number;
  n: number;
  m: number;
}

/** The largest size: 2^24. */
const LARGEST = 24;

/**
 * Checks a transform's options against the length of its input.
 * @throws RangeError `ERR_DOMAIN` unless n is a power of two up to 2^24, `ERR_SHAPE` unless it
 *   divides the length.
 */
export function batchOf(
  fn: string,
  length: number,
  options: BatchOptions & Partial<PoolOptions>,
): Batch {
  checkObject(fn, "options", options);
  checkPoolOptions(fn, options);
  const { n = length } = options;
  checkType(typeof n === "number", fn, "options.n", "a number", n);
  const m = Math.log2(n);
  if (!(Number.isInteger(m) && m >= 0 && m <= LARGEST)) {
    throw domainError(`${fn}: n must be a power of two in 1..2^${LARGEST}, got ${n}`);
  }
  if (length % n !== 0) {
    throw shapeError(`${fn}: y has ${length} numbers, which is not a multiple of n = ${n}`);
  }
  return { rows: length / n, n, m };
}

/** 1 / sqrt(2^m), exact for even m and correctly rounded otherwise. */
export const unitaryScale = (m: number): number =>
  m % 2 === 0 ? 2 ** (-m / 2) : 2 ** (-(m + 1) / 2) * Math.SQRT2;
