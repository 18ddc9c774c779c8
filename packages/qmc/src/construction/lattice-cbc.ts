import {
  checkRunOptions,
  checkType,
  domainError,
  type Matrix,
  matrix,
  type RunOptions,
} from "@daily-kernel/compute";
import { Breather } from "./breather.ts";
import { cbcSearch } from "./cbc-search.ts";
import { type CbcWeights, weightValues } from "./cbc-weights.ts";
import { embeddedSearch } from "./embedded-search.ts";
import { checkAlpha } from "./korobov-kernel.ts";
import { isPrime, latticeOrbits } from "./lattice-orbits.ts";

/** Greatest log2 n, and the greatest n that is prime. */
const M_MAX = 24;

export interface LatticeCbcOptions extends RunOptions {
  dimension: number;
  /** Points of the one rule: an odd prime or a power of two, at most 2^24. */
  n?: number;
  /** Instead of n: the sequence serves every 2^m, mMin <= m <= mMax. */
  mMin?: number;
  mMax?: number;
  /** 2 (default), 4, 6 or 8: the criterion is P_alpha. */
  alpha?: number;
  /** Product weights 1/j^2 by default. */
  weights?: CbcWeights;
}

export interface LatticeCbc {
  generatingVector: Uint32Array<ArrayBuffer>;
  /**
   * Worst-case error of the first j + 1 dimensions at column j: one row for n, or one for each m from
   * mMin to mMax.
   */
  worstCaseErrors: Matrix;
}

/**
 * Generating vector of a rank-1 lattice rule, or of a lattice sequence, by fast component-by-component
 * search. The worst-case error is the root of P_alpha, that of the weighted Korobov space whose
 * functions have Fourier coefficients that decay like |h|^(-alpha / 2); it is also the
 * root-mean-square error with a random shift over weighted Sobolev spaces (alpha 2, weights times
 * 2 pi^2).
 *
 * O(d n log n) time and O(n) memory. Sources: Nuyens and Cools 2006; Cools, Kuo and Nuyens 2006 for
 * sequences. `onProgress(done, total)` counts points visited.
 *
 * @throws TypeError, RangeError for arguments outside what the options say.
 */
export async function latticeCbc(options: LatticeCbcOptions): Promise<LatticeCbc> {
  const fn = "latticeCbc";
  checkRunOptions(fn, options);
  const { n, mMin, mMax, alpha = 2, signal, onProgress } = options;
  const dimension = checkWhole(fn, "dimension", options.dimension, 1, 2 ** 20);
  checkAlpha(fn, alpha);
  const weights = weightValues(fn, options.weights, dimension);
  const breather = new Breather(signal, 2 ** 21);
  let done = 0;
  const report = (points: number, total: number) => {
    done += points;
    onProgress?.(done, total);
  };
  if (n !== undefined) {
    if (mMin !== undefined || mMax !== undefined) {
      throw domainError(`${fn}: n must not come with mMin or mMax, got n ${n}`);
    }
    checkPoints(fn, n);
    const step = () => report(n, n * dimension);
    const orbits = latticeOrbits(n, alpha);
    const { components, squared } = await cbcSearch(orbits, weights, 1, breather, step);
    return {
      generatingVector: components,
      worstCaseErrors: matrix(1, dimension, squared.map(Math.sqrt)),
    };
  }
  const high = checkWhole(fn, "mMax (n is not given)", mMax, 0, M_MAX);
  const low = checkWhole(fn, "mMin", mMin ?? 0, 0, high);
  const all = dimension * (2 * 2 ** high + 2 * 2 ** high - 2 ** low);
  const step = (points: number) => report(points, all);
  const found = await embeddedSearch(low, high, alpha, weights, breather, step);
  const worstCaseErrors = matrix(high - low + 1, dimension);
  for (const [i, row] of found.squared.entries()) {
    worstCaseErrors.data.set(row.map(Math.sqrt), i * dimension);
  }
  return { generatingVector: found.components, worstCaseErrors };
}

/** Throws unless n is a power of two up to 2^24 or an odd prime below that. */
function checkPoints(fn: string, n: unknown): asserts n is number {
  const points = checkWhole(fn, "n", n, 1, 2 ** M_MAX);
  if (!Number.isInteger(Math.log2(points)) && !isPrime(points)) {
    throw domainError(`${fn}: n must be a power of two or a prime, got ${points}`);
  }
}

/** A whole number in low..high. */
export function checkWhole(
  fn: string,
  name: string,
  value: unknown,
  low: number,
  high: number,
): number {
  checkType(typeof value === "number", fn, name, "a number", value);
  if (!Number.isInteger(value) || value < low || value > high) {
    throw domainError(`${fn}: ${name} must be an integer in ${low}..${high}, got ${value}`);
  }
  return value;
}
