import { numericError } from "@daily-kernel/compute";
import { lgamma, lgamma1p, stirling } from "../gamma/lgamma.ts";
import { betaQuadrature } from "./beta-quadrature.ts";
import { deviance } from "./deviance.ts";
import type { Tails } from "./gamma-tails.ts";

/** Regularised incomplete beta I_x(a, b) and its complement, at a, b > 0 and y = 1 - x. */
export function betaTails(a: number, b: number, x: number, y: number): Tails {
  if (x === 0) return { p: 0, q: 1 };
  if (y === 0) return { p: 1, q: 0 };
  const large = Math.min(a, b) > 5000;
  const tail = large ? largeTail : smallTail;
  // the quadrature wants its own side of the mean, the fraction may pass it a little
  if (large ? b * x < a * y : x * (a + b + 2) < a + 1) {
    const p = Math.min(1, tail(a, b, x, y));
    return { p, q: 1 - p };
  }
  const q = Math.min(1, tail(b, a, y, x));
  return { p: 1 - q, q };
}

function largeTail(a: number, b: number, x: number, y: number): number {
  const rate = betaFactor(a, b, x, y);
  return rate === 0 ? 0 : rate * betaQuadrature(a, b, x, y);
}

function smallTail(a: number, b: number, x: number, y: number): number {
  const rate = betaFactor(a, b, x, y);
  return rate === 0 ? 0 : rate * fraction(a, b, x, y);
}

/** x^a y^b / B(a, b): the density of log(x/y). */
export function betaFactor(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  if (a >= 10 && b >= 10) {
    const shift = b * x - a * y;
    const fall = a * devianceOf(x, shift / a, n / a) + b * devianceOf(y, -shift / b, n / b);
    return (
      Math.sqrt(a / (2 * Math.PI) / (n / b)) *
      Math.exp(stirling(n) - stirling(a) - stirling(b) - fall)
    );
  }
  if (b >= 10) return oneLarge(a, b, x, y);
  if (a >= 10) return oneLarge(b, a, y, x);
  const logGammas = lgammaNext(n) - lgammaNext(a) - lgammaNext(b);
  return (a / n) * b * Math.exp(a * logOf(x, y) + b * logOf(y, x) + logGammas);
}

/** u - log(1+u), where 1+u = x ratio is also known as a product. */
function devianceOf(x: number, u: number, ratio: number): number {
  return u < -0.4 ? u - Math.log(x * ratio) : deviance(u);
}

/** log x from whichever of x and 1 - x is more exact. */
const logOf = (x: number, y: number): number => (x < 0.5 ? Math.log(x) : Math.log1p(-y));
const lgammaNext = (z: number): number => (z < 0.5 ? lgamma1p(z) : lgamma(z + 1));

/** `betaFactor` for a < 10 <= b: the quotient Gamma(a+b)/Gamma(b) by differences of Stirling's formula. */
function oneLarge(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  const quotient = (b - 0.5) * Math.log1p(a / b) - a + stirling(n) - stirling(b);
  const logRate = a * Math.log(x * n) + b * logOf(y, x) + quotient - lgammaNext(a);
  return a * Math.exp(logRate);
}

/**
 * Continued fraction of DiDonato and Morris (1992), equation 9, forwards (modified Lentz), for
 * a y - b x > -1: the even part of DLMF 8.17.22, without its cancellation at large a. About
 * sqrt(min(a, b)) steps.
 */
function fraction(a: number, b: number, x: number, y: number): number {
  const lead = a * y - b * x + 1;
  let partial = (a * lead) / (a + 1);
  let c = partial;
  let d = 0;
  let value = partial;
  for (let m = 1; m < 10_000; m++) {
    const at = a + (2 * m - 1);
    const numerator = ((a + (m - 1)) / at) * ((a + b + (m - 1)) / at) * (m * (b - m) * x) * x;
    partial = m + (m * (b - m) * x) / at + ((a + m) / (at + 2)) * (lead + m * (1 + y));
    d = 1 / (partial + numerator * d);
    c = partial + numerator / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < 2e-16) return 1 / value;
  }
  throw numericError(
    `betaI: the continued fraction did not settle at a = ${a}, b = ${b}, x = ${x}`,
  );
}
