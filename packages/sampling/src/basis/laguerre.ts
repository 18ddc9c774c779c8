import { checkBetween } from "../check.ts";
import { affine } from "./affine.ts";
import { invertMonotone } from "./invert-monotone.ts";
import { Recurrence } from "./recurrence.ts";
import type { UnivariateFamily } from "./univariate-family.ts";

const recurrence = new Recurrence(
  (k) => 2 * k + 1,
  (k) => k,
);

/**
 * The distribution function of l_j^2 times the exponential law. From x L_k' = k (L_k - L_(k-1)) and
 * Sturm and Liouville's form, the tail beyond x is e^-x (1 + sum_(k = 1..j) (L_k - L_(k-1))^2), and
 * l_k = (-1)^k L_k.
 */
function distribution(x: number, j: number): { value: number; slope: number } {
  const density = Math.exp(-x);
  let before = 0;
  let now = 1;
  let sum = 1;
  for (let k = 0; k < j; k++) {
    const next = ((x - (2 * k + 1)) * now - k * before) / (k + 1);
    before = now;
    now = next;
    sum += (now + before) ** 2;
  }
  return { value: 1 - density * sum, slope: density * now * now };
}

const standard: UnivariateFamily = {
  name: "Laguerre",
  size: Number.POSITIVE_INFINITY,
  domain: [0, Number.POSITIVE_INFINITY],
  degree: (j) => j,
  evaluate: (x, count, out, at) => recurrence.evaluate(x, count, out, at),
  sampleMeasure: (rng) => rng.exponential(),
  sampleSquare(j, rng) {
    if (j === 0) return rng.exponential();
    const edge = 4 * j + 60 + 12 * Math.cbrt(j); // past the turning point 4 j + 2 by 36 decades
    return invertMonotone((x) => distribution(x, j), rng.uniform(), 0, edge);
  },
  quadrature: (n) => recurrence.quadrature(n),
};

/**
 * Laguerre polynomials (leading coefficient positive), orthonormal for the exponential law of that
 * mean on [0, infinity).
 *
 * @throws RangeError `ERR_DOMAIN` unless the mean is > 0.
 */
export function laguerre(mean = 1): UnivariateFamily {
  checkBetween("laguerre", "mean", mean, 0);
  return affine(standard, 0, mean);
}
