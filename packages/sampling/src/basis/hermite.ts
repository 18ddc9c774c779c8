import { normalCdf } from "@daily-kernel/special";
import { checkBetween } from "../check.ts";
import { affine } from "./affine.ts";
import { hermiteEnsemble } from "./ensembles.ts";
import { invertMonotone } from "./invert-monotone.ts";
import { Recurrence } from "./recurrence.ts";
import type { UnivariateFamily } from "./univariate-family.ts";

const recurrence = new Recurrence(() => 0, Math.sqrt);

/**
 * The distribution function of h_j^2 times the normal law: with (h_k h_(k-1) g)' =
 * sqrt(k) (h_(k-1)^2 - h_k^2) g for the normal density g, it is that of the normal law less
 * g(x) sum_(k = 1..j) h_k(x) h_(k-1)(x) / sqrt(k).
 */
function distribution(x: number, j: number): { value: number; slope: number } {
  const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  let before = 0;
  let now = 1;
  let sum = 0;
  for (let k = 0; k < j; k++) {
    const next = (x * now - Math.sqrt(k) * before) / Math.sqrt(k + 1);
    before = now;
    now = next;
    sum += (now * before) / Math.sqrt(k + 1);
  }
  return { value: normalCdf(x) - density * sum, slope: density * now * now };
}

const standard: UnivariateFamily = {
  name: "Hermite",
  size: Number.POSITIVE_INFINITY,
  domain: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  degree: (j) => j,
  evaluate: (x, count, out, at) => recurrence.evaluate(x, count, out, at),
  sampleMeasure: (rng) => rng.normal(),
  sampleSquare(j, rng) {
    if (j === 0) return rng.normal();
    // Beyond the turning point 2 sqrt(j + 1/2) the density falls faster than the normal one.
    const edge = 2 * Math.sqrt(j + 0.5) + 9;
    return invertMonotone((x) => distribution(x, j), rng.uniform(), -edge, edge);
  },
  sampleEnsemble: hermiteEnsemble,
  quadrature: (n) => recurrence.quadrature(n),
};

/**
 * Hermite polynomials, orthonormal for the normal law of that mean and standard deviation.
 *
 * @throws RangeError `ERR_DOMAIN` unless the mean is finite and the standard deviation > 0.
 */
export function hermite(mean = 0, standardDeviation = 1): UnivariateFamily {
  checkBetween("hermite", "mean", mean, Number.NEGATIVE_INFINITY);
  checkBetween("hermite", "standardDeviation", standardDeviation, 0);
  return affine(standard, mean, standardDeviation);
}
