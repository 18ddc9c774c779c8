import type { Rng } from "@daily-kernel/compute";

/** Digits that the series is summed over; what follows is below 2^-60. */
const DIGITS = 60;

/**
 * sum_{k >= 1} wal_k(x) 2^-mu(k) for x = j / 2^53, mu the sum of the places of the `order` highest ones of
 * k: summed exactly over all k below 2^60, from the highest digit down. O(order) a digit, since below the
 * `order`-th one every digit doubles the sum or makes it vanish.
 */
export function walshSeries(order: number, x: number): number {
  /** sums[c]: over the digits seen so far, of all numbers with c ones among them (the last: or more). */
  let sums = new Float64Array(order + 1);
  sums[0] = 1;
  for (let place = DIGITS; place >= 1; place--) {
    const sign = Math.floor(x * 2 ** place) % 2 === 1 ? -1 : 1;
    const next = sums.slice();
    for (let c = 0; c < order; c++) next[c + 1]! += sums[c]! * sign * 2 ** -place;
    next[order]! += sums[order]! * sign;
    sums = next;
  }
  return sums.reduce((total, sum) => total + sum, -1);
}

/** The profile of a kernel of the given order. */
export type Profile = (order: number, x: number) => number;

/** Largest difference of the closed forms of orders 2, 3 and 4 from their series. */
export function seriesError(profile: Profile, rng: Rng, count: number): number {
  let largest = 0;
  for (let i = 0; i < count; i++) {
    // of all magnitudes, and x = 0
    const x = i === 0 ? 0 : rng.uniform() * 2 ** -rng.integer(20);
    for (const order of [2, 3, 4]) {
      largest = Math.max(largest, Math.abs(profile(order, x) - walshSeries(order, x)));
    }
  }
  return largest;
}
