// Coins that fall with probability exp(-x), exactly: Canonne, Kamath and Steinke, "The Discrete Gaussian
// for Differential Privacy", 2020, algorithm 1. Whole numbers only, no rounding.
import type { RandomWords } from "./random-words.ts";

/** True with probability exp(-1): the first k with a failure of 1/k is odd. */
export function bernoulliExpMinusOne(random: RandomWords): boolean {
  let k = 1;
  while (random.below(k) === 0) k++;
  return (k & 1) === 1;
}

/** True with probability exp(-u / t), for whole 0 <= u <= t below 2^53. */
export function bernoulliExp(u: number, t: number, random: RandomWords): boolean {
  let k = 1;
  while (random.below(t) < u && random.below(k) === 0) k++;
  return (k & 1) === 1;
}

/** True with probability exp(-u / t), for any whole u >= 0 and t > 0. */
export function bernoulliExpBig(u: bigint, t: bigint, random: RandomWords): boolean {
  for (let whole = u / t; whole > 0n; whole--) if (!bernoulliExpMinusOne(random)) return false;
  const rest = u % t;
  let k = 1;
  while (belowBig(t, random) < rest && random.below(k) === 0) k++;
  return (k & 1) === 1;
}

/** A uniform integer in 0..n-1, without bias: words cut to n's bits, redrawn above. */
export function belowBig(n: bigint, random: RandomWords): bigint {
  const bits = (n - 1n).toString(2).length;
  for (;;) {
    let x = 0n;
    for (let had = 0; had < bits; had += 32) x = (x << 32n) | BigInt(random.next());
    x = BigInt.asUintN(bits, x);
    if (x < n) return x;
  }
}
