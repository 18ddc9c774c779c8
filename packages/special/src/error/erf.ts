import { checkNumber } from "../check.ts";
import { chebyshev, polynomial } from "../polynomial.ts";
import { erfcxChebyshev, erfOverX } from "./coefficients.ts";

/** Error function 2/sqrt(pi) int_0^x exp(-t^2) dt (DLMF 7.2.1). O(1). Throws on NaN. */
export function erf(x: number): number {
  checkNumber("erf", "x", x);
  if (Math.abs(x) <= 1) return x * polynomial(erfOverX, x * x);
  return x > 0 ? 1 - upper(x) : upper(-x) - 1;
}

/** Complementary error function 1 - erf(x), with full relative accuracy for large x. O(1). */
export function erfc(x: number): number {
  checkNumber("erfc", "x", x);
  if (x < -1) return 2 - upper(-x);
  return x < 0.5 ? 1 - x * polynomial(erfOverX, x * x) : upper(x);
}

/**
 * Scaled complementary error function exp(x^2) erfc(x): no underflow for large x (it tends to
 * 1/(x sqrt(pi))); Infinity below about -26.6. O(1). Throws on NaN.
 */
export function erfcx(x: number): number {
  checkNumber("erfcx", "x", x);
  return x < 0.5 ? erfc(x) * expSquare(x) : scaled(x);
}

/** exp(x^2) without the rounding error of x^2, which exp would magnify. */
function expSquare(x: number): number {
  const head = Math.trunc(x * 64) / 64;
  if (Math.abs(x) > 1e4) return Infinity;
  return Math.exp(head * head) * Math.exp((x - head) * (x + head));
}

/** factor exp(-c x^2), likewise, with one rounding only where the product is subnormal; x < 1e4. */
export function timesGaussian(factor: number, c: 0.5 | 1, x: number): number {
  const head = Math.trunc(x * 64) / 64;
  const rest = factor * Math.exp(-c * (x - head) * (x + head));
  if (x < 26) return rest * Math.exp(-c * head * head);
  const root = Math.exp(-0.5 * c * head * head);
  return rest * root * root;
}

/** erfcx(x) for x >= 0, by one Chebyshev series on the whole half line (after Shepherd and Laframboise, 1981). */
export function scaled(x: number): number {
  if (x > 1e15) return 0.5641895835477563 / x;
  return chebyshev(erfcxChebyshev, (x - 3.75) / (x + 3.75)) / (1 + 2 * x);
}

/** erfc(x) for x >= 1/2. */
function upper(x: number): number {
  return x > 28 ? 0 : timesGaussian(scaled(x), 1, x);
}
