import type { Digits } from "./binary-points.ts";
import type { Lane } from "./lanes.ts";

// Profiles of digitally shift-invariant kernels. On the numbers x of [0, 1) whose first digit 1 stands
// at place b after the point, W_a(x), the weighted Walsh series sum_k wal_k(x) 2^-mu_a(k) over all
// k >= 0 (Dick 2008, 2009; closed forms: Sorokin 2025, section 4), is a cubic polynomial, for a = 4
// plus a multiple of sum_r (-1)^(digit r + 1 of x) 8^-r. The kernel's profile is W_a - 1.

// The engine computes a power that stands in a loop every time, at ten times the loop's cost.
const WORD = 2 ** -32;
const UNSIGNED = 2 ** 32;
const NINTH = 8 ** -9;

/** Numbers a place: the polynomial's coefficients from the constant up, and that multiple. */
const WIDTH = 5;
/** Places 1 to 64, and 0 for x = 0. */
export const PLACES = 65;

/** A profile, by the place of the first digit 1 of x: `WIDTH` numbers a place. */
export type PlaceTable = Float64Array;

/** The table of a profile that is a constant for every place. */
export function constantTable(values: ArrayLike<number>): PlaceTable {
  const table = new Float64Array(PLACES * WIDTH);
  for (let b = 0; b < PLACES; b++) table[WIDTH * b] = values[b]!;
  return table;
}

/** W_a(x), a = 2, 3, 4; for a = 1 what makes the profile of order 1 when 1 is taken away. */
function seriesAt(order: number, b: number): number[] {
  if (b === 0) return [[2, 5 / 2, 43 / 18, 701 / 294][order - 1]!];
  const h = 2 ** -b;
  if (order === 1) return [2 - 3 * h];
  if (order === 2) return [2.5 * (1 - h), -b];
  if (order === 3) return [(43 / 18) * (1 - h * h), -5 * (1 - h), b];
  const constant = (701 / 294) * (1 - h * h * h) - b / 42;
  return [constant, (-43 / 9) * (1 - h * h), 5 * (1 - h), (-2 / 3) * b, b / 48];
}

/** The table of factor (W_order - less). */
export function walshTable(order: number, less = 1, factor = 1): PlaceTable {
  const table = new Float64Array(PLACES * WIDTH);
  for (let b = 0; b < PLACES; b++) {
    for (const [i, c] of seriesAt(order, b).entries()) {
      table[WIDTH * b + i] = factor * (i === 0 ? c - less : c);
    }
  }
  return table;
}

/** Sum over the digits 1 of a 9-bit word, first digit first, of 8^-r, r = 0.. */
const CUBES = Float64Array.from({ length: 512 }, (_, word) => {
  let sum = 0;
  for (let r = 0; r < 9; r++) if ((word >> (8 - r)) & 1) sum += 8 ** -r;
  return sum;
});

/** sum_r (-1)^(digit r + 1 of x) 8^-r over all r >= 0; digits beyond the 18th are below rounding. */
function alternating(high: number): number {
  return 8 / 7 - 2 * (CUBES[high >>> 23]! + CUBES[(high >>> 14) & 511]! * NINTH);
}

/** Fills `values` with the profile at x_j xor z_j of a lane's pairs. */
export function fillProfile(
  table: PlaceTable,
  { a, b, aRow, aStep, bRow, bStep, count }: Lane<Digits>,
  j: number,
  values: Float64Array,
): void {
  const d = a.cols;
  const aMove = aStep * d;
  const bMove = bStep * d;
  const quartic = table[WIDTH + 4] !== 0;
  let p = aRow * d + j;
  let q = bRow * d + j;
  for (let k = 0; k < count; k++) {
    const high = a.high[p]! ^ b.high[q]!;
    const low = a.low[p]! ^ b.low[q]!;
    const place = high !== 0 ? Math.clz32(high) + 1 : low !== 0 ? Math.clz32(low) + 33 : 0;
    const x =
      ((high < 0 ? high + UNSIGNED : high) + (low < 0 ? low + UNSIGNED : low) * WORD) * WORD;
    const t = WIDTH * place;
    let v = table[t]! + x * (table[t + 1]! + x * (table[t + 2]! + x * table[t + 3]!));
    if (quartic) v += table[t + 4]! * alternating(high);
    values[k] = v;
    p += aMove;
    q += bMove;
  }
}
