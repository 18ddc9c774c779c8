import { onInterval } from "./affine.ts";
import { jacobiEnsemble } from "./ensembles.ts";
import type { UnivariateFamily } from "./univariate-family.ts";

const standard: UnivariateFamily = {
  name: "Chebyshev",
  size: Number.POSITIVE_INFINITY,
  domain: [-1, 1],
  degree: (j) => j,
  evaluate(x, count, out, at) {
    let before = x;
    let now = 1;
    for (let k = 0; k < count; k++) {
      out[at + k] = k === 0 ? 1 : Math.SQRT2 * now;
      const next = 2 * x * now - before;
      before = now;
      now = next;
    }
  },
  sampleMeasure: (rng) => Math.cos(Math.PI * rng.uniform()),
  /** 2 cos^2(j t) <= 2: rejection that accepts every second time. */
  sampleSquare(j, rng) {
    if (j === 0) return this.sampleMeasure(rng);
    for (;;) {
      const angle = Math.PI * rng.uniform();
      if (rng.uniform() < Math.cos(j * angle) ** 2) return Math.cos(angle);
    }
  },
  sampleEnsemble: (n, rng) => jacobiEnsemble(n, 0.5, 0.5, rng).map((u) => 2 * u - 1),
  quadrature: (n) => ({
    points: Float64Array.from({ length: n }, (_, i) => -Math.cos((Math.PI * (i + 0.5)) / n)),
    weights: new Float64Array(n).fill(1 / n),
  }),
};

/**
 * Chebyshev polynomials of the first kind, orthonormal for the arcsine measure on [lower, upper].
 *
 * @throws RangeError `ERR_DOMAIN` unless both are finite and lower < upper.
 */
export const chebyshev = (lower = -1, upper = 1): UnivariateFamily =>
  onInterval(standard, lower, upper, "chebyshev");
