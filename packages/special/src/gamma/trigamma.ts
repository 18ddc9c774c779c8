import { checkPositive } from "../check.ts";
import { polynomial } from "../polynomial.ts";
import { trigammaSeries } from "./coefficients.ts";

/**
 * psi'(x), the second derivative of log Gamma(x), for x > 0; Infinity where 1/x^2 overflows.
 *
 * Recurrence up to 10, then DLMF 5.15.8. O(1). Throws `ERR_DOMAIN` unless x is positive and finite.
 */
export function trigamma(x: number): number {
  checkPositive("trigamma", "x", x);
  let sum = 0;
  let y = x;
  for (; y < 10; y++) sum += 1 / (y * y);
  const w = 1 / y / y;
  return sum + (1 + 0.5 / y + w * polynomial(trigammaSeries, w)) / y;
}
