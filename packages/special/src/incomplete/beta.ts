import { check, checkPositive, checkUnit } from "../check.ts";
import { betaFactor } from "./beta-factor.ts";
import { betaTails } from "./beta-tails.ts";
import { lastStep, solveMonotone } from "./solve-monotone.ts";

/**
 * Regularised incomplete beta function I_x(a, b) (DLMF 8.17.2), the distribution function of a beta
 * variable, for finite a, b > 0 and 0 <= x <= 1. Some sqrt(min(a, b)) steps up to 5000, then a fixed
 * 64. Throws `ERR_DOMAIN` otherwise.
 */
export function betaI(a: number, b: number, x: number): number {
  checkPositive("betaI", "a", a);
  checkPositive("betaI", "b", b);
  checkUnit("betaI", "x", x);
  check(Number.isFinite, "betaI", "a + b", "finite", a + b);
  return betaTails(a, b, x, 1 - x).p;
}

/**
 * The x with betaI(a, b, x) = p: 0 at p = 0 (and where x underflows), 1 at p = 1. Newton on the
 * logarithm of the smaller tail against log(x/(1-x)), where it is concave.
 */
export function betaIInv(a: number, b: number, p: number): number {
  checkPositive("betaIInv", "a", a);
  checkPositive("betaIInv", "b", b);
  checkUnit("betaIInv", "p", p);
  check(Number.isFinite, "betaIInv", "a + b", "finite", a + b);
  if (p === 0 || p === 1) return p;
  const rising = p <= 0.5;
  const target = rising ? p : 1 - p;
  const at = (x: number, y: number) => {
    const tails = betaTails(a, b, x, y);
    const tail = rising ? tails.p : tails.q;
    const value = Math.log(tail / target);
    return [rising ? value : -value, a * (betaFactor(a, b, x, y) / tail)] as const;
  };
  const logit = solveMonotone(
    (u) => at(1 / (1 + Math.exp(-u)), 1 / (1 + Math.exp(u))),
    Math.log(a / b),
    -745.2,
    745.2,
  );
  const x = 1 / (1 + Math.exp(-logit));
  const y = 1 / (1 + Math.exp(logit));
  return x - x * y * lastStep(at(x, y));
}
