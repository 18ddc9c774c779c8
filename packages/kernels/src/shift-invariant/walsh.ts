// Profiles of digitally shift-invariant kernels at x = (high + low 2^-32) 2^-32, given as two 32-bit
// words. W_a is the weighted Walsh series sum_k wal_k(x) 2^-mu_a(k) over all k >= 0 (Dick 2008,
// 2009; closed forms: Sorokin 2025, section 4); the kernel's profile is W_a - 1.

/** 2^-b for b = 0..64. */
const HALVES = Float64Array.from({ length: 65 }, (_, b) => 2 ** -b);

/** The place of the first binary digit 1 after the point, from 1; 0 if there is none. */
export function leadingPlace(high: number, low: number): number {
  if (high !== 0) return Math.clz32(high) + 1;
  return low !== 0 ? Math.clz32(low) + 33 : 0;
}

/** Sum over the digits 1 of a 9-bit word, first digit first, of 8^-r, r = 0.. */
const CUBES = Float64Array.from({ length: 512 }, (_, word) => {
  let sum = 0;
  for (let r = 0; r < 9; r++) if ((word >> (8 - r)) & 1) sum += 8 ** -r;
  return sum;
});

/** sum_r (-1)^(digit r + 1 of x) 8^-r over all r >= 0; digits beyond the 18th are below rounding. */
function alternating(high: number): number {
  return 8 / 7 - 2 * (CUBES[high >>> 23]! + CUBES[(high >>> 14) & 511]! * 8 ** -9);
}

/** W_a(x) for a = 2, 3, 4. */
export function walshSeries(order: number, high: number, low: number): number {
  const b = leadingPlace(high, low);
  if (b === 0) return order === 2 ? 5 / 2 : order === 3 ? 43 / 18 : 701 / 294;
  const x = (high + low * 2 ** -32) * 2 ** -32;
  const h = HALVES[b]!;
  if (order === 2) return 2.5 * (1 - h) - b * x;
  if (order === 3) return (43 / 18) * (1 - h * h) - 5 * (1 - h) * x + b * x * x;
  return (
    (701 / 294) * (1 - h * h * h) -
    (43 / 9) * (1 - h * h) * x +
    5 * (1 - h) * x * x -
    (2 / 3) * b * x * x * x +
    b * (alternating(high) / 48 - 1 / 42)
  );
}

/** The profile of order a = 1, 2, 3, 4; its integral over [0, 1] is 0. */
export function walshProfile(order: number, high: number, low: number): number {
  if (order > 1) return walshSeries(order, high, low) - 1;
  const b = leadingPlace(high, low);
  return b === 0 ? 1 : 1 - 3 * HALVES[b]!;
}
