import { checkNonNegative } from "../check.ts";
import { polynomial } from "../polynomial.ts";
import { lgamma2p, stirlingSeries } from "./coefficients.ts";

const HALF_LOG_2PI = 0.9189385332046727;

/**
 * log Gamma(x) for x >= 0, accurate also near its zeros at 1 and 2; lgamma(0) = Infinity.
 *
 * Near-minimax polynomial of log Gamma(2+z)/z on [3/2, 5/2], recurrence up to 10, then Stirling's
 * series (DLMF 5.11.1). O(1). Throws `ERR_DOMAIN` for x < 0 and NaN.
 */
export function lgamma(x: number): number {
  checkNonNegative("lgamma", "x", x);
  if (x === Infinity) return Infinity;
  if (x < 0.5) return lgamma1p(x) - Math.log(x);
  if (x < 1.5) return lgamma1p(x - 1);
  if (x >= 10) return (x - 0.5) * (Math.log(x) - 1) + (HALF_LOG_2PI - 0.5) + stirling(x);
  let product = 1;
  let y = x;
  while (y > 2.5) product *= --y;
  const z = y - 2;
  return z * polynomial(lgamma2p, z) + Math.log(product);
}

/** Gamma(1+a) for 0 <= a < 10, by a product and the logarithm on [3/2, 5/2] only. */
export function gamma1p(a: number): number {
  if (a < 0.5) return Math.exp(lgamma1p(a));
  let product = 1;
  let z = a - 1;
  while (z > 0.5) product *= 1 + z--;
  return product * Math.exp(z * polynomial(lgamma2p, z));
}

/** log Gamma(1+z) for |z| <= 1/2, with full relative accuracy around z = 0. */
export function lgamma1p(z: number): number {
  return z * polynomial(lgamma2p, z) - Math.log1p(z);
}

/** log Gamma(x) - (x - 1/2) log x + x - log(2 pi)/2 for x >= 10 (the rest of Stirling's formula). */
export function stirling(x: number): number {
  return polynomial(stirlingSeries, 1 / x / x) / x;
}
