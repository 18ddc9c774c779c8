import { checkNonNegative, checkPositive, checkUnit } from "../check.ts";
import { lgamma } from "../gamma/lgamma.ts";
import { gammaFactor } from "./gamma-factor.ts";
import { gammaTails } from "./gamma-tails.ts";
import { lastStep, solveMonotone } from "./solve-monotone.ts";

/**
 * Regularised lower incomplete gamma function P(a, x) = int_0^x t^(a-1) e^-t dt / Gamma(a) (DLMF
 * 8.2.4), the distribution function of a gamma variable, for finite a > 0 and x >= 0. At most some
 * 200 steps. Throws `ERR_DOMAIN` otherwise.
 */
export function gammaP(a: number, x: number): number {
  checkPositive("gammaP", "a", a);
  checkNonNegative("gammaP", "x", x);
  return gammaTails(a, x).p;
}

/** Regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x), accurate where it is small. */
export function gammaQ(a: number, x: number): number {
  checkPositive("gammaQ", "a", a);
  checkNonNegative("gammaQ", "x", x);
  return gammaTails(a, x).q;
}

/** The x with gammaP(a, x) = p: 0 at p = 0 (and where x underflows), Infinity at p = 1. */
export function gammaPInv(a: number, p: number): number {
  checkPositive("gammaPInv", "a", a);
  checkUnit("gammaPInv", "p", p);
  return quantile(a, p, 1 - p);
}

/** The x with gammaQ(a, x) = q: Infinity at q = 0, 0 at q = 1. */
export function gammaQInv(a: number, q: number): number {
  checkPositive("gammaQInv", "a", a);
  checkUnit("gammaQInv", "q", q);
  return quantile(a, 1 - q, q);
}

/** Newton on the logarithm of the smaller tail against log x, where it is concave. */
function quantile(a: number, p: number, q: number): number {
  if (p === 0) return 0;
  if (q === 0) return Infinity;
  const lower = p < q;
  // P(a, x) <= x^a / Gamma(a+1) gives a start at or below the root
  const below = (Math.log(p) + lgamma(a + 1)) / a;
  if (lower && below < -745.2) return 0;
  const start = lower ? Math.max(below, Math.log(a) - 40 / Math.sqrt(a)) : Math.log(a + 1);
  const at = (x: number) => {
    const tails = gammaTails(a, x);
    const tail = lower ? tails.p : tails.q;
    const value = lower ? Math.log(tail / p) : -Math.log(tail / q);
    return [value, a * (gammaFactor(a, x) / tail)] as const;
  };
  const far = Math.log(a + 60 * Math.sqrt(a) + 900);
  const x = Math.exp(solveMonotone((u) => at(Math.exp(u)), start, -745.2, far));
  return x - x * lastStep(at(x));
}
