import { checkRunOptions, checkType, domainError, type RunOptions } from "@daily-kernel/compute";
import {
  degree,
  groupGenerator,
  isIrreducible,
  multiplyModulo,
  primitivePolynomial,
  seriesBits,
} from "./binary-polynomials.ts";
import { Breather } from "./breather.ts";
import { cbcSearch } from "./cbc-search.ts";
import { type CbcWeights, weightValues } from "./cbc-weights.ts";
import { GroupOrbits } from "./group-orbits.ts";
import { checkWhole } from "./lattice-cbc.ts";
import { walshKernel } from "./walsh-kernel.ts";

export interface PolynomialLatticeOptions extends RunOptions {
  dimension: number;
  /** 2^m points, m in 1..22. */
  m: number;
  /** Irreducible, of degree m; bit k is the coefficient of x^k. By default the least primitive one. */
  modulus?: number;
  /**
   * Without interlacing: the criterion's decay, a number > 1, 2 by default. With it: left out, since
   * alpha is the interlacing factor.
   */
  alpha?: number;
  /** Components that one coordinate interlaces, 1..16; 1 by default. */
  interlace?: number;
  /** Product weights 1/j^2 by default, one a coordinate. */
  weights?: CbcWeights;
}

export interface PolynomialLattice {
  modulus: number;
  /** Of each component, `interlace` of them a coordinate. */
  generatingPolynomials: Uint32Array<ArrayBuffer>;
  /**
   * `[component][column]`, columns of m digits as integers, the first digit the highest bit: for
   * `new DigitalNetB2({ dimension, generatingMatrices, matrixBits: m, alpha: interlace })`.
   */
  generatingMatrices: number[][];
  /** Of the first j + 1 coordinates. */
  errors: Float64Array;
}

/**
 * Polynomial lattice rule in base 2 by fast component-by-component search (Nuyens and Cools 2006): the
 * net whose matrices hold the coefficients of q_j / modulus. Without interlacing `errors` are
 * worst-case errors in the Walsh space with decay 2^(-alpha floor(log2 k)), for alpha 2 also the
 * root-mean-square errors with a digital shift over Sobolev spaces, weights times 12. With
 * interlacing they are the bound (1/n) sum_k sum_u weight_u prod_j (prod_i (1 + w(y)) - 1) on the error
 * for functions of smoothness alpha (Dick, Kuo, Le Gia, Nuyens and Schwab 2014; Goda and Dick 2015).
 * O(d m 2^m). `onProgress(done, total)` counts components.
 *
 * @throws TypeError, RangeError for arguments outside what the options say.
 */
export async function polynomialLatticeCbc(
  options: PolynomialLatticeOptions,
): Promise<PolynomialLattice> {
  const fn = "polynomialLatticeCbc";
  checkRunOptions(fn, options);
  const { signal, onProgress } = options;
  const dimension = checkWhole(fn, "dimension", options.dimension, 1, 2 ** 20);
  const m = checkWhole(fn, "m", options.m, 1, 22);
  const interlace = checkWhole(fn, "interlace", options.interlace ?? 1, 1, 16);
  const alpha = readAlpha(fn, options.alpha, interlace);
  const modulus = readModulus(fn, options.modulus, m);
  const weights = weightValues(fn, options.weights, dimension);

  const orbits = polynomialOrbits(modulus, walshKernel(alpha, interlace > 1 ? 1 : 0));
  const total = dimension * interlace;
  let done = 0;
  const report = () => onProgress?.(++done, total);
  const breather = new Breather(signal, 2 ** 20);
  const found = await cbcSearch(orbits, weights, interlace, breather, report);
  const root = interlace === 1 ? Math.sqrt : (bound: number) => bound;
  return {
    modulus,
    generatingPolynomials: found.components,
    generatingMatrices: Array.from(found.components, (q) => hankel(q, modulus)),
    errors: Float64Array.from({ length: dimension }, (_, j) =>
      root(Math.max(0, found.squared[(j + 1) * interlace - 1]!)),
    ),
  };
}

function readAlpha(fn: string, alpha: number | undefined, interlace: number): number {
  if (alpha === undefined) return interlace > 1 ? interlace : 2;
  checkType(typeof alpha === "number", fn, "alpha", "a number", alpha);
  if (interlace > 1) {
    throw domainError(`${fn}: alpha must not come with interlace ${interlace}, got ${alpha}`);
  }
  if (!(alpha > 1 && alpha <= 32)) {
    throw domainError(`${fn}: alpha must be above 1 and at most 32, got ${alpha}`);
  }
  return alpha;
}

function readModulus(fn: string, modulus: number | undefined, m: number): number {
  if (modulus === undefined) return primitivePolynomial(m);
  checkWhole(fn, "modulus", modulus, 2, 2 ** 23);
  if (degree(modulus) !== m || !isIrreducible(modulus)) {
    throw domainError(`${fn}: modulus must be irreducible and of degree ${m}, got ${modulus}`);
  }
  return modulus;
}

/** Point k of component q is k q / modulus: both run through the powers of a generator. */
function polynomialOrbits(modulus: number, kernel: (x: number) => number): GroupOrbits {
  const m = degree(modulus);
  const order = 2 ** m - 1;
  const generator = groupGenerator(modulus);
  const powers = new Uint32Array(order);
  const values = new Float64Array(order + 1);
  values[0] = kernel(0);
  let power = 1;
  for (let i = 0; i < order; i++) {
    powers[i] = power;
    values[i + 1] = kernel(seriesBits(power, modulus, m) / 2 ** m);
    power = multiplyModulo(power, generator, modulus);
  }
  return new GroupOrbits(values, powers, 1);
}

/** Columns of the matrix whose row r, column c is coefficient r + c + 1 of q / modulus in 1/x. */
function hankel(q: number, modulus: number): number[] {
  const m = degree(modulus);
  const bits = seriesBits(q, modulus, 2 * m - 1);
  return Array.from({ length: m }, (_, c) => Math.floor(bits / 2 ** (m - 1 - c)) % 2 ** m);
}
