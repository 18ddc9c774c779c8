import { domainError } from "@daily-kernel/compute";
import type { Ratings } from "../ratings/ratings.ts";

/**
 * The probability that each observed rating was observed, given its value: by Bayes' rule
 * P(o | r) = P(r | o) P(o) / P(r), where P(r) comes from a small randomised sample. One number a
 * rating of `observed`, in (0, 1]. Frequencies have one count added for each value, so that a value
 * absent from the sample has a finite weight. O(n log n).
 *
 * @throws RangeError `ERR_DOMAIN` where users or items differ.
 */
export function naiveBayesPropensity(observed: Ratings, randomised: Ratings): Float64Array {
  if (observed.users !== randomised.users || observed.items !== randomised.items) {
    throw domainError(
      `naiveBayesPropensity: randomised must have the ${observed.users} users and ${observed.items} items of observed, got ${randomised.users} and ${randomised.items}`,
    );
  }
  const values = [...new Set([...observed.rating, ...randomised.rating])];
  const share = ({ rating }: Ratings): Map<number, number> => {
    const counts = new Map(values.map((value) => [value, 1]));
    for (const r of rating) counts.set(r, counts.get(r)! + 1);
    const total = rating.length + values.length;
    return new Map([...counts].map(([value, count]) => [value, count / total]));
  };
  const seen = share(observed);
  const all = share(randomised);
  const rate = observed.rating.length / (observed.users * observed.items);
  return observed.rating.map((r) => Math.min(1, (seen.get(r)! * rate) / all.get(r)!));
}
