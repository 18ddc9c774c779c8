import { checkPositive } from "../check.ts";
import { polynomial } from "../polynomial.ts";
import { digammaOverRoot, digammaRoot, digammaSeries } from "./coefficients.ts";

/**
 * psi(x) = d/dx log Gamma(x) for x > 0, accurate also near its zero at 1.4616...
 *
 * On [1, 2] the zero is divided out; recurrence below and up to 10; then DLMF 5.11.2. O(1).
 * Throws `ERR_DOMAIN` unless x is positive and finite.
 */
export function digamma(x: number): number {
  checkPositive("digamma", "x", x);
  if (x >= 10) {
    const w = 1 / x / x;
    return Math.log(x) - 0.5 / x - w * polynomial(digammaSeries, w);
  }
  if (x < 1) return onUnit(x + 1, x) - 1 / x;
  let y = x;
  let sum = 0;
  while (y > 2) sum += 1 / --y;
  return onUnit(y, y - 1) + sum;
}

/** psi(y) for 1 <= y <= 2, given also y - 1, which may be more exact. */
function onUnit(y: number, beyondOne: number): number {
  const [root, rest] = digammaRoot;
  const fromRoot = y < 1.1 ? beyondOne - (root - 1) - rest : y - root - rest;
  return fromRoot * polynomial(digammaOverRoot, beyondOne - 0.5);
}
