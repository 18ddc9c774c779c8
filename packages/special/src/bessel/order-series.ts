import { logHalf, reciprocalGammaM1 } from "./series.ts";
import { RECIPROCAL_GAMMA } from "./tables.ts";

/** digamma(1 + v) for v < 16: -g'(f)/g(f) + sum 1/(f+j), g = 1/Gamma(1+f), v = n + f. */
function digamma1p(v: number): number {
  const n = Math.round(v);
  const f = v - n;
  let slope = 0;
  for (let k = RECIPROCAL_GAMMA.length - 1; k >= 1; k--) {
    slope = slope * f + k * RECIPROCAL_GAMMA[k]!;
  }
  let sum = -slope / (1 + reciprocalGammaM1(f));
  for (let j = 1; j <= n; j++) sum += 1 / (f + j);
  return sum;
}

/** d/dv log I_v(x) by differentiating the power series, for v < 16 and x < 25. */
export function logBesselISeriesSlope(v: number, x: number): number {
  const q = 0.25 * x * x;
  let s = 1;
  let ds = 0;
  for (let k = Math.ceil(11 + 1.6 * x); k >= 1; k--) {
    const a = q / (k * (k + v));
    ds = a * (ds - s / (k + v));
    s = 1 + a * s;
  }
  return logHalf(x) - digamma1p(v) + ds / s;
}
