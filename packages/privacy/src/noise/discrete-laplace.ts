import { domainError } from "@daily-kernel/compute";
import { bernoulliExp, bernoulliExpMinusOne } from "./bernoulli-exp.ts";
import type { Noise } from "./noise.ts";
import type { RandomWords } from "./random-words.ts";

/** Numerators stay below this, so that all arithmetic on them is exact in doubles. */
const MOST = 2 ** 44;

/**
 * A fraction t / 2^k >= scale, at most two parts in 2^31 above it: noise may only ever be too large.
 * @throws RangeError `ERR_DOMAIN` for a scale too large to be exact.
 */
export function scaleFraction(scale: number): { t: number; s: number } {
  if (!(scale > 0 && scale <= MOST / 4)) {
    throw domainError(
      `discreteLaplace: scale must be in (0, 2^42], got ${scale}; epsilon is too small for this range`,
    );
  }
  let s = 1;
  while (s < 2 ** 40 && scale * s < 2 ** 31) s *= 2;
  return { t: Math.ceil(scale * s) + 1, s };
}

/**
 * One integer z with probability proportional to exp(-|z| s / t): Canonne, Kamath and Steinke, "The
 * Discrete Gaussian for Differential Privacy", 2020, algorithms 1 and 2. Integers only, no rounding.
 */
export function drawDiscreteLaplace(t: number, s: number, random: RandomWords): number {
  for (;;) {
    const u = random.below(t);
    if (!bernoulliExp(u, t, random)) continue;
    let v = 0;
    while (bernoulliExpMinusOne(random)) v++;
    const y = Math.floor((u + t * v) / s);
    const negative = (random.next() & 1) === 1;
    if (negative && y === 0) continue;
    return negative ? -y : y;
  }
}

/** Laplace noise on the integers, drawn exactly: safe against attacks on floating point. The default. */
export const discreteLaplace: Noise = {
  name: "discrete-laplace",
  exact: true,
  addTo(values, scale, random) {
    const { t, s } = scaleFraction(scale);
    for (let i = 0; i < values.length; i++) values[i]! += drawDiscreteLaplace(t, s, random);
  },
  variance(scale) {
    const r = Math.exp(-1 / scale);
    return (2 * r) / Math.expm1(-1 / scale) ** 2;
  },
};
