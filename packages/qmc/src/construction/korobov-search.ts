import { checkNumbers, checkRunOptions, domainError, type RunOptions } from "@daily-kernel/compute";
import { Breather } from "./breather.ts";
import { type CbcWeights, weightValues } from "./cbc-weights.ts";
import { checkAlpha, korobovKernel } from "./korobov-kernel.ts";
import { checkWhole } from "./lattice-cbc.ts";
import { squaredErrors } from "./lattice-worst-case-errors.ts";

export interface KorobovSearchOptions extends RunOptions {
  dimension: number;
  /** Points, any number in 2..2^26. */
  n: number;
  /** 2 (default), 4, 6 or 8. */
  alpha?: number;
  /** Product weights 1/j^2 by default. */
  weights?: CbcWeights;
  /** Which multipliers to try; by default all up to n / 2 that are prime to n. */
  multipliers?: ArrayLike<number>;
}

export interface KorobovSearch {
  multiplier: number;
  /** 1, a, a^2, ... modulo n for the multiplier a. */
  generatingVector: Uint32Array<ArrayBuffer>;
  worstCaseError: number;
}

/**
 * The Korobov lattice rule (1, a, a^2, ...) whose worst-case error (see `latticeCbc`) is the least, of
 * the multipliers tried; the first of them on ties. O(n d) a multiplier, so O(n^2 d) by default.
 * `onProgress(done, total)` counts multipliers.
 *
 * @throws TypeError, RangeError for arguments outside what the options say.
 */
export async function korobovSearch(options: KorobovSearchOptions): Promise<KorobovSearch> {
  const fn = "korobovSearch";
  checkRunOptions(fn, options);
  const { alpha = 2, signal, onProgress } = options;
  const dimension = checkWhole(fn, "dimension", options.dimension, 1, 2 ** 20);
  const n = checkWhole(fn, "n", options.n, 2, 2 ** 26);
  checkAlpha(fn, alpha);
  const weights = weightValues(fn, options.weights, dimension);
  const multipliers = options.multipliers ?? primesTo(n);
  checkNumbers(fn, "multipliers", multipliers);
  const { length } = multipliers;
  if (length === 0) throw domainError(`${fn}: multipliers must not be empty`);
  for (let i = 0; i < length; i++) checkWhole(fn, `multipliers[${i}]`, multipliers[i], 1, n - 1);

  const kernel = korobovKernel(alpha);
  const breather = new Breather(signal, 2 ** 24);
  let multiplier = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < length; i++) {
    const a = multipliers[i]!;
    const error = squaredErrors(powers(a, n, dimension), n, kernel, weights).at(-1)!;
    // Ties that rounding alone breaks are ties.
    if (error < least * (1 - 1e-12)) [multiplier, least] = [a, error];
    onProgress?.(i + 1, length);
    await breather.spend(n * dimension);
  }
  const generatingVector = Uint32Array.from(powers(multiplier, n, dimension));
  return { multiplier, generatingVector, worstCaseError: Math.sqrt(least) };
}

/** a^0, a^1, ... modulo n: exact below 2^26. */
function powers(a: number, n: number, dimension: number): Float64Array {
  const vector = new Float64Array(dimension);
  let power = 1;
  for (let j = 0; j < dimension; j++) {
    vector[j] = power;
    power = (power * a) % n;
  }
  return vector;
}

/** The numbers up to n / 2 that are prime to n. The opposites n - a give mirrored lattices. */
function primesTo(n: number): number[] {
  const numbers: number[] = [];
  for (let a = 1; a <= Math.max(1, n / 2); a++) if (gcd(a, n) === 1) numbers.push(a);
  return numbers;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
