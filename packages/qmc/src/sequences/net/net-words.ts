import type { NetPlan } from "./net-plan.ts";

const HIGH = 2 ** 32;

/** Adds (xor) column k of every component to `row`. */
function addColumn(planes: Uint32Array, k: number, row: Uint32Array): void {
  const from = k * row.length;
  for (let i = 0; i < row.length; i++) row[i]! ^= planes[from + i]!;
}

/** The lowest bit of i > 0 that is 1. */
function lowestBit(i: number): number {
  const low = i >>> 0; // modulo 2^32
  return low !== 0 ? 31 - Math.clz32(low & -low) : 32 + lowestBit(i / HIGH);
}

/** The shift and the columns of the 1 bits of `index`: one point before any scrambling of points. */
function netRow({ planes, shift }: NetPlan, index: number): Uint32Array<ArrayBuffer> {
  const row = shift.slice();
  for (let rest = index, k = 0; rest >= 1; rest = Math.floor(rest / 2), k++) {
    if (rest % 2 === 1) addColumn(planes, k, row);
  }
  return row;
}

/** Points first, first + 1, ... as 64-bit fractions, before any scrambling of points. */
export function netWords(plan: NetPlan, first: number, out: Uint32Array): void {
  const { planes } = plan;
  const row = netRow(plan, first);
  for (let at = 0, i = first; at < out.length; at += row.length) {
    out.set(row, at);
    i++;
    if (at + row.length === out.length) return; // the next point may have no column
    // From i - 1 to i all bits up to the lowest 1 of i change.
    for (let k = lowestBit(i); k >= 0; k--) addColumn(planes, k, row);
  }
}

/** Fractions of 64 digits as doubles: the first 53 digits, so that 1 stays out of reach. */
export function wordsToDoubles(words: Uint32Array, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) {
    out[i] = (words[2 * i + 1]! * 2 ** 21 + (words[2 * i]! >>> 11)) * 2 ** -53;
  }
}
