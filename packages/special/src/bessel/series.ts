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
 * log I_v(x) by its power series, for v < 16 and x < 25:
 * v log(x/2) + log(S / Gamma(v+1)), with Gamma(v+1) = Gamma(1+f) (1+f)...(n+f), v = n + f.
 * For v < 1/2 everything goes through log1p, so that log I_0(x) = x^2/4 keeps its digits.
 */
export function logBesselISeries(v: number, x: number): number {
  const tail = powerSeriesTail(v, x);
  const n = Math.round(v);
  const f = v - n;
  const g = reciprocalGammaM1(f);
  const power = v === 0 ? 0 : v * logHalf(x);
  if (n === 0) return power + Math.log1p(tail + g + tail * g);
  let product = 1;
  for (let j = 1; j <= n; j++) product *= f + j;
  return power + Math.log(((1 + tail) * (1 + g)) / product);
}
