import { onInterval } from "./affine.ts";
import type { UnivariateFamily } from "./univariate-family.ts";

const frequency = (j: number): number => Math.ceil(j / 2);

const standard: UnivariateFamily = {
  name: "Fourier",
  size: Number.POSITIVE_INFINITY,
  domain: [0, 1],
  degree: frequency,
  evaluate(x, count, out, at) {
    for (let j = 0; j < count; j++) {
      const angle = 2 * Math.PI * ((frequency(j) * x) % 1);
      out[at + j] = j === 0 ? 1 : Math.SQRT2 * (j % 2 === 1 ? Math.cos(angle) : Math.sin(angle));
    }
  },
  sampleMeasure: (rng) => rng.uniform(),
  /** Twice a squared cosine or sine: rejection that accepts every second time. */
  sampleSquare(j, rng) {
    if (j === 0) return rng.uniform();
    for (;;) {
      const x = rng.uniform();
      const angle = 2 * Math.PI * ((frequency(j) * x) % 1);
      const wave = j % 2 === 1 ? Math.cos(angle) : Math.sin(angle);
      if (rng.uniform() < wave * wave) return x;
    }
  },
  quadrature(n) {
    const points = 2 * frequency(n) + 1; // products reach twice the highest frequency
    return {
      points: Float64Array.from({ length: points }, (_, i) => i / points),
      weights: new Float64Array(points).fill(1 / points),
    };
  },
};

/**
 * 1, sqrt(2) cos(2 pi t), sqrt(2) sin(2 pi t), sqrt(2) cos(4 pi t), ... of t = (x - lower) / (upper -
 * lower), orthonormal for the uniform measure on [lower, upper].
 *
 * @throws RangeError `ERR_DOMAIN` unless both are finite and lower < upper.
 */
export const fourier = (lower = 0, upper = 1): UnivariateFamily =>
  onInterval(standard, lower, upper, "fourier");
