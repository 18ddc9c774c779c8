import { bernoulliExpBig } from "./bernoulli-exp.ts";
import { drawDiscreteLaplace } from "./discrete-laplace.ts";
import type { RandomWords } from "./random-words.ts";

/**
 * A variance as a fraction a / 2^shift >= sigma^2, at most one part in 2^30 above it: noise may only ever
 * be too large.
 */
export function varianceFraction(sigma: number): { a: bigint; shift: bigint } {
  const square = sigma * sigma;
  const shift = Math.max(0, 31 - Math.floor(Math.log2(square)));
  // sigma * sigma is rounded, by far less than the one that is added.
  return { a: BigInt(Math.ceil(square * 2 ** shift)) + 1n, shift: BigInt(shift) };
}

/**
 * Adds to each whole number one with probability proportional to exp(-z^2 / (2 sigma^2)), where sigma^2
 * is a / 2^shift: Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy", 2020,
 * algorithm 3. A discrete Laplace number y of scale t is kept with probability
 * exp(-(|y| - sigma^2 / t)^2 / (2 sigma^2)). Whole numbers only, no rounding.
 */
export function addDiscreteGaussian(
  values: Float64Array,
  sigma: number,
  random: RandomWords,
): void {
  const { a, shift } = varianceFraction(sigma);
  const t = Math.floor(sigma) + 1;
  const scale = BigInt(t) << shift;
  const denominator = 2n * a * BigInt(t) * scale;
  for (let i = 0; i < values.length; i++) {
    for (;;) {
      const y = drawDiscreteLaplace(t, 1, random);
      const distance = BigInt(Math.abs(y)) * scale - a;
      if (!bernoulliExpBig(distance * distance, denominator, random)) continue;
      values[i]! += y;
      break;
    }
  }
}

/** Variance of the noise: by its definition for small sigma, beyond which it is sigma^2. */
export function discreteGaussianVariance(sigma: number): number {
  if (sigma > 8) return sigma * sigma;
  let [weights, squares] = [1, 0];
  for (let z = 1; z < 100; z++) {
    const weight = 2 * Math.exp((-z * z) / (2 * sigma * sigma));
    weights += weight;
    squares += z * z * weight;
  }
  return squares / weights;
}
