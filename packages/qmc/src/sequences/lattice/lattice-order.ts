import type { MultiplierSource } from "./lattice-rows.ts";

export const latticeOrders = ["natural", "linear", "gray"] as const;
export type LatticeOrder = (typeof latticeOrders)[number];

/** Rows of a table of radical inverses: those of an aligned block are these plus a constant. */
const ROWS = 4096;

function reverse32(x: number): number {
  let y = ((x >>> 1) & 0x5555_5555) | ((x & 0x5555_5555) << 1);
  y = ((y >>> 2) & 0x3333_3333) | ((y & 0x3333_3333) << 2);
  y = ((y >>> 4) & 0x0f0f_0f0f) | ((y & 0x0f0f_0f0f) << 4);
  y = ((y >>> 8) & 0x00ff_00ff) | ((y & 0x00ff_00ff) << 8);
  return ((y >>> 16) | (y << 16)) >>> 0;
}

/** The radical inverse in base 2 of an integer i in 0..2^53-1, exact. */
export function radicalInverse2(i: number): number {
  const high = Math.floor(i / 2 ** 32);
  return reverse32(i >>> 0) / 2 ** 32 + reverse32(high) / 2 ** 64;
}

/** i xor floor(i / 2), for i in 0..2^53-1. */
function grayCode(i: number): number {
  const high = Math.floor(i / 2 ** 32);
  const low = i >>> 0;
  const code = (low ^ ((low >>> 1) | (high << 31))) >>> 0;
  return ((high ^ (high >>> 1)) >>> 0) * 2 ** 32 + code;
}

/**
 * Radical inverses of 0..ROWS-1, and of their Gray codes, and of these with the highest bit changed:
 * the Gray code of an aligned block's points is the third where the bit after it is set.
 */
const makeTables = () => {
  const inverses = Float64Array.from({ length: ROWS }, (_, i) => radicalInverse2(i));
  const gray = inverses.map((_, i) => inverses[i ^ (i >> 1)]!);
  const changed = inverses.map((_, i) => inverses[i ^ (i >> 1) ^ (ROWS / 2)]!);
  return { inverses, gray, changed };
};
let tables: ReturnType<typeof makeTables> | undefined;
const tableWords = new WeakMap<Float64Array, BigUint64Array>();

/** Fractions that are multiples of 2^-53 as 64-bit words. */
function toWords(fractions: Float64Array): BigUint64Array {
  const words = new BigUint64Array(fractions.length);
  const halves = new DataView(words.buffer);
  fractions.forEach((x, i) => {
    const high = Math.floor(x * 2 ** 32);
    halves.setUint32(8 * i, (x * 2 ** 32 - high) * 2 ** 32, true);
    halves.setUint32(8 * i + 4, high, true);
  });
  return words;
}

/**
 * The fractions v_i of points nMin..nMax-1: the radical inverse of i (natural), or of i's Gray code,
 * or, in linear order, all i / nMax whose nMax / nMin does not divide i, from the smallest up.
 */
export function orderedFractions(
  order: LatticeOrder,
  nMin: number,
  nMax: number,
): MultiplierSource<Float64Array> {
  if (order === "linear") return linearFractions(nMin, nMax);
  tables ??= makeTables();
  const { inverses, gray, changed } = tables;
  return (row, most) => {
    const from = (nMin + row) % ROWS;
    const start = nMin + row - from;
    const count = Math.min(most, ROWS - from);
    if (order === "natural") {
      return { table: inverses, shared: true, from, count, offset: radicalInverse2(start) };
    }
    const code = grayCode(start);
    const low = code % ROWS; // 0 or ROWS / 2
    const table = low === 0 ? gray : changed;
    return { table, shared: true, from, count, offset: radicalInverse2(code - low) };
  };
}

function linearFractions(nMin: number, nMax: number): MultiplierSource<Float64Array> {
  const step = nMax / nMin;
  const index = (row: number): number =>
    nMin === 0 ? row : row + 1 + Math.floor(row / (step - 1));
  return (row, most) => {
    const count = Math.min(most, ROWS);
    const table = Float64Array.from({ length: count }, (_, i) => index(row + i) / nMax);
    return { table, shared: false, from: 0, count, offset: 0 };
  };
}

/** `orderedFractions` as 64-bit words. */
export function orderedWords(
  order: LatticeOrder,
  nMin: number,
  nMax: number,
): MultiplierSource<BigUint64Array> {
  const fractions = orderedFractions(order, nMin, nMax);
  return (row, most) => {
    const { table, shared, from, count, offset } = fractions(row, most);
    const words = tableWords.get(table) ?? toWords(table);
    if (shared) tableWords.set(table, words);
    return {
      table: words,
      shared,
      from,
      count,
      offset: toWords(Float64Array.of(offset))[0]!,
    };
  };
}
