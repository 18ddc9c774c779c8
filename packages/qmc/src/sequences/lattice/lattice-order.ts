import type { Multipliers } from "./lattice-rows.ts";

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

let inverses: Float64Array | undefined;
let inverseWords: BigUint64Array | undefined;

/** Fractions that are multiples of 2^-53 as 64-bit words. */
export function toWords(fractions: Float64Array): BigUint64Array {
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
): (row: number, most: number) => Multipliers<Float64Array> {
  if (order === "natural") {
    inverses ??= Float64Array.from({ length: ROWS }, (_, i) => radicalInverse2(i));
    const table = inverses;
    return (row, most) => {
      const from = (nMin + row) % ROWS;
      const offset = radicalInverse2(nMin + row - from);
      return { table, shared: true, from, count: Math.min(most, ROWS - from), offset };
    };
  }
  const step = nMin === 0 ? Number.POSITIVE_INFINITY : nMax / nMin;
  const fraction =
    order === "gray"
      ? (row: number) => radicalInverse2(grayCode(nMin + row))
      : (row: number) =>
          (step === Number.POSITIVE_INFINITY ? row : row + 1 + Math.floor(row / (step - 1))) / nMax;
  return (row, most) => {
    const count = Math.min(most, ROWS);
    const table = Float64Array.from({ length: count }, (_, i) => fraction(row + i));
    return { table, shared: false, from: 0, count, offset: 0 };
  };
}

/** `orderedFractions` as 64-bit words. */
export function orderedWords(
  order: LatticeOrder,
  nMin: number,
  nMax: number,
): (row: number, most: number) => Multipliers<BigUint64Array> {
  const fractions = orderedFractions(order, nMin, nMax);
  return (row, most) => {
    const { table, shared, from, count, offset } = fractions(row, most);
    if (shared) inverseWords ??= toWords(table);
    return {
      table: shared ? inverseWords! : toWords(table),
      shared,
      from,
      count,
      offset: toWords(Float64Array.of(offset))[0]!,
    };
  };
}
