import { numericError } from "@daily-kernel/compute";
import { betaFactor } from "./beta-factor.ts";
import { betaQuadrature } from "./beta-quadrature.ts";
import type { Tails } from "./gamma-tails.ts";

/** Regularised incomplete beta I_x(a, b) and its complement, at a, b > 0 and y = 1 - x. */
export function betaTails(a: number, b: number, x: number, y: number): Tails {
  if (x === 0) return { p: 0, q: 1 };
  if (y === 0) return { p: 1, q: 0 };
  // the powers of x and y are 1 then
  if (Math.max(a, b) < 1e-200) return { p: b / (a + b), q: a / (a + b) };
  const large = Math.min(a, b) > 5000;
  const tail = large ? largeTail : smallTail;
  // the quadrature wants its own side of the mean, the fraction may pass it a little
  if (large ? b * x < a * y : x * (a + b + 2) < a + 1) {
    const p = Math.min(1, tail(a, b, x, y));
    return { p, q: complement(p, b, a, y, x) };
  }
  const q = Math.min(1, tail(b, a, y, x));
  return { p: complement(q, a, b, x, y), q };
}

/**
 * 1 - other, the tail at x. Where it is small because b is (and not because x is), the fraction
 * still converges and keeps its digits, down to some y.
 */
function complement(other: number, a: number, b: number, x: number, y: number): number {
  return b < 1 && other > 0.9 && y > 1e-3 ? Math.min(1, smallTail(a, b, x, y)) : 1 - other;
}

function largeTail(a: number, b: number, x: number, y: number): number {
  const rate = a * betaFactor(a, b, x, y);
  return rate === 0 ? 0 : rate * betaQuadrature(a, b, x, y);
}

function smallTail(a: number, b: number, x: number, y: number): number {
  const factor = betaFactor(a, b, x, y);
  return factor === 0 ? 0 : factor * fraction(a, b, x, y);
}

/**
 * Continued fraction of DiDonato and Morris (1992), equation 9, forwards (modified Lentz), for
 * a y - b x > -1: the even part of DLMF 8.17.22, without its cancellation at large a. Times a, which
 * it is the reciprocal of as a tends to 0. About sqrt(min(a, b)) steps.
 */
function fraction(a: number, b: number, x: number, y: number): number {
  const lead = a * y - b * x + 1;
  let partial = lead / (a + 1);
  let c = partial;
  let d = 0;
  let value = partial;
  for (let m = 1; m < 10_000; m++) {
    const at = a + (2 * m - 1);
    const bend = m * ((b - m) * x);
    const numerator = ((m === 1 ? 1 : a + (m - 1)) / at) * (((a + b + (m - 1)) / at) * x) * bend;
    partial = m + bend / at + ((a + m) / (at + 2)) * (lead + m * (1 + y));
    d = 1 / (partial + numerator * d);
    c = partial + numerator / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < 2e-16) return 1 / value;
  }
  throw numericError(
    `betaI: the continued fraction did not settle at a = ${a}, b = ${b}, x = ${x}`,
  );
}
