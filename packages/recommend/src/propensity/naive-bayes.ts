import { checkObject, domainError } from "@daily-kernel/compute";
import type { Ratings } from "../ratings/ratings.ts";

export interface NaiveBayesOptions {
  /**
   * "reference-code": as code released in this field has it. Frequencies are not smoothed, and
   * P(o) = n / (highest user * highest item) with indices from 0. Default "paper".
   */
  mode?: "paper" | "reference-code" | undefined;
}

/**
 * The probability that each observed rating was observed, given its value: by Bayes' rule
 * P(o | r) = P(r | o) P(o) / P(r), where P(r) comes from a small randomised sample. One number a
 * rating of `observed`, in (0, 1]. Frequencies have one count added for each value, so that a value
 * absent from the sample has a finite weight. O(n log n).
 *
 * @throws RangeError `ERR_DOMAIN` where users or items differ, or, without smoothing, where a value
 *   is absent from the sample.
 */
export function naiveBayesPropensity(
  observed: Ratings,
  randomised: Ratings,
  { mode = "paper" }: NaiveBayesOptions = {},
): Float64Array {
  const fn = "naiveBayesPropensity";
  checkObject(fn, "observed", observed);
  checkObject(fn, "randomised", randomised);
  if (mode !== "paper" && mode !== "reference-code") {
    throw domainError(`${fn}: options.mode must be "paper" or "reference-code", got ${mode}`);
  }
  const { users, items } = observed;
  if (users !== randomised.users || items !== randomised.items) {
    throw domainError(
      `${fn}: randomised must have the ${users} users and ${items} items of observed, got ${randomised.users} and ${randomised.items}`,
    );
  }
  const released = mode === "reference-code";
  const values = [...new Set([...observed.rating, ...randomised.rating])];
  const share = ({ rating }: Ratings): Map<number, number> => {
    const more = released ? 0 : 1;
    const counts = new Map(values.map((value) => [value, more]));
    for (const r of rating) counts.set(r, counts.get(r)! + 1);
    const total = rating.length + more * values.length;
    return new Map([...counts].map(([value, count]) => [value, count / total]));
  };
  const seen = share(observed);
  const all = share(randomised);
  const highest = (index: Int32Array): number => index.reduce((a, b) => Math.max(a, b), 0);
  const cells = released ? highest(observed.user) * highest(observed.item) : users * items;
  const rate = observed.rating.length / cells;
  return observed.rating.map((r) => {
    const chance = (seen.get(r)! * rate) / all.get(r)!;
    if (!Number.isFinite(chance)) {
      throw domainError(`${fn}: randomised must hold the rating ${r} without smoothing`);
    }
    return released ? chance : Math.min(1, chance);
  });
}
