import { onInterval } from "./affine.ts";
import { jacobiEnsemble } from "./ensembles.ts";
import { Recurrence } from "./recurrence.ts";
import type { UnivariateFamily } from "./univariate-family.ts";

const recurrence = new Recurrence(
  () => 0,
  (k) => k / Math.sqrt(4 * k * k - 1),
);

const standard: UnivariateFamily = {
  name: "Legendre",
  size: Number.POSITIVE_INFINITY,
  domain: [-1, 1],
  degree: (j) => j,
  evaluate: (x, count, out, at) => recurrence.evaluate(x, count, out, at),
  sampleMeasure: (rng) => 2 * rng.uniform() - 1,
  /**
   * By rejection from the arcsine law: Bernstein's inequality (1 - x^2)^(1/2) P_j(x)^2 <=
   * 2 / (pi (j + 1/2)) bounds the ratio of the densities by 2, for every degree.
   */
  sampleSquare(j, rng) {
    if (j === 0) return this.sampleMeasure(rng);
    for (;;) {
      const angle = Math.PI * rng.uniform();
      const x = Math.cos(angle);
      const value = recurrence.value(x, j);
      if (rng.uniform() < (Math.PI / 4) * value * value * Math.sin(angle)) return x;
    }
  },
  sampleEnsemble: (n, rng) => jacobiEnsemble(n, 1, 1, rng).map((u) => 2 * u - 1),
  quadrature: (n) => recurrence.quadrature(n),
};

/**
 * Legendre polynomials, orthonormal for the uniform measure on [lower, upper].
 *
 * @throws RangeError `ERR_DOMAIN` unless both are finite and lower < upper.
 */
export const legendre = (lower = -1, upper = 1): UnivariateFamily =>
  onInterval(standard, lower, upper, "legendre");
