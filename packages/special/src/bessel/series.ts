import { RECIPROCAL_GAMMA } from "./tables.ts";

/** 1 / Gamma(1 + f) - 1 for |f| <= 1/2, with full relative accuracy (Taylor series). */
export function reciprocalGammaM1(f: number): number {
  let s = 0;
  for (let k = RECIPROCAL_GAMMA.length - 1; k >= 1; k--) s = (s + RECIPROCAL_GAMMA[k]!) * f;
  return s;
}

/** log(x / 2), also for subnormal x, whose half would round. */
export const logHalf = (x: number): number =>
  x < 1e-300 ? Math.log(x) - Math.LN2 : Math.log(x / 2);

/**
 * sum over k >= 1 of (x^2/4)^k / (k! (v+1)_k): the power series of I without its leading 1.
 * All terms are positive; summed backwards its divisions do not wait for one another.
 */
export function powerSeriesTail(v: number, x: number): number {
  const q = 0.25 * x * x;
  let s = 1;
  for (let k = Math.ceil(11 + 1.6 * x); k >= 2; k--) s = 1 + (s * q) / (k * (k + v));
  return (s * q) / (1 + v);
}

/**
 * log I_v(x) by its power series, for v < 16 and x < 25. With v = n + f and Gamma(v+1) =
 * Gamma(1+f) (1+f)...(n+f), I = (x/2)^f S / Gamma(1+f) times the product of (x/2) / (j+f): as one
 * logarithm the large v log(x/2) and log Gamma(v+1) do not cancel. Where (x/2)^n might underflow
 * both have the same sign and are added. For v < 1/2 everything goes through log1p, so that
 * log I_0(x) = x^2/4 keeps its digits.
 */
export function logBesselISeries(v: number, x: number): number {
  const tail = powerSeriesTail(v, x);
  const n = Math.round(v);
  const f = v - n;
  const g = reciprocalGammaM1(f);
  if (n === 0) return (v === 0 ? 0 : v * logHalf(x)) + Math.log1p(tail + g + tail * g);
  const whole = x > 1e-6;
  const base = whole ? x / 2 : 1;
  let product = (1 + tail) * (1 + g);
  for (let j = 1; j <= n; j++) product *= base / (f + j);
  return (whole ? f : v) * logHalf(x) + Math.log(product);
}
