import { gammaP, gammaQ, lgamma } from "@daily-kernel/special";

/** log P(a, x), also where P underflows; a > 0, x > 0. */
export function logGammaP(a: number, x: number): number {
  if (x > a + 1) return Math.log(gammaP(a, x));
  // P = x^a e^-x / Gamma(a + 1) (1 + x / (a + 1) + ...): DLMF 8.7.1
  let sum = 1;
  for (let k = 1, term = 1; term > 1e-17 * sum; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return a * Math.log(x) - x - lgamma(a + 1) + Math.log(sum);
}

/** log Q(a, x), also where Q underflows; a > 0, x > 0. */
export function logGammaQ(a: number, x: number): number {
  if (x < a + 40) return Math.log(gammaQ(a, x));
  // Legendre's continued fraction, DLMF 8.9.2, by Lentz's method
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1, delta = 0; Math.abs(delta - 1) > 1e-16 && i < 1000; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    delta = c * d;
    h *= delta;
  }
  return a * Math.log(x) - x - lgamma(a) + Math.log(h);
}

/** log(e^x + e^y). */
export function logAdd(x: number, y: number): number {
  const most = Math.max(x, y);
  if (most === Number.NEGATIVE_INFINITY) return most;
  return most + Math.log1p(Math.exp(Math.min(x, y) - most));
}
