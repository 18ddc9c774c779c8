import { checkType, domainError, Rng } from "@daily-kernel/compute";
import { checkCount, checkRange, checkVector } from "../checks.ts";

/** As few trials as are drawn one by one. */
const FEW = 16;

/**
 * How many of n independent trials of probability p succeed: exact, in O(log n) draws. The middle one
 * of n sorted uniform numbers is a beta variate; whether it is below p leaves half of the trials
 * (Relles 1972).
 */
export function binomial(n: number, p: number, rng: Rng): number {
  checkCount("binomial", "n", n, 0);
  checkRange("binomial", "p", p, 0, 1);
  checkType(rng instanceof Rng, "binomial", "rng", "an Rng", rng);
  let [left, q, successes] = [n, p, 0];
  while (left > FEW && q > 0 && q < 1) {
    const a = 1 + Math.floor(left / 2);
    const middle = rng.beta(a, left + 1 - a);
    if (middle >= q) {
      left = a - 1;
      q = Math.min(1, q / middle);
    } else {
      successes += a;
      left -= a;
      q = Math.max(0, (q - middle) / (1 - middle));
    }
  }
  if (q >= 1) return successes + left;
  for (; left > 0 && q > 0; left--) if (rng.uniform() < q) successes++;
  return successes;
}

/**
 * How often each outcome comes in so many shots: a multinomial sample by conditional binomials, at a
 * cost that grows with the outcomes and not with the shots. Probabilities need not add up to 1.
 */
export function multinomial(
  shots: number,
  probabilities: ArrayLike<number>,
  rng: Rng,
): Float64Array {
  const fn = "multinomial";
  checkCount(fn, "shots", shots, 0);
  checkVector(fn, "probabilities", probabilities, probabilities?.length ?? 0);
  const probability = Float64Array.from(probabilities);
  const negative = probability.findIndex((p) => p < 0);
  if (negative >= 0) {
    throw domainError(
      `${fn}: probabilities must be >= 0, got ${probability[negative]} at index ${negative}`,
    );
  }
  const last = probability.findLastIndex((p) => p > 0);
  if (last < 0) throw domainError(`${fn}: probabilities must have an entry above 0`);
  const counts = new Float64Array(probability.length);
  let total = probability.reduce((sum, p) => sum + p, 0);
  let left = shots;
  for (let i = 0; i < last && left > 0; i++) {
    const p = probability[i]!;
    const count = binomial(left, total > 0 ? Math.min(1, p / total) : 0, rng);
    counts[i] = count;
    left -= count;
    total -= p;
  }
  counts[last]! += left;
  return counts;
}
