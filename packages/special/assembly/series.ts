// The power series of I for two arguments at once; the formulas stand in src/bessel/series.ts.
import { at, fma, HALF, log, logPlus, ONE, select, splat } from "./elementary";

/** 1 / Gamma(1 + f) - 1; `gamma` is RECIPROCAL_GAMMA. */
function reciprocalGammaM1(gamma: usize, count: i32, f: v128): v128 {
  let s = splat(0);
  for (let k = count - 1; k >= 1; k--) {
    s = f64x2.mul(f64x2.add(s, at(gamma, k)), f);
  }
  return s;
}

/** log I_v(x), v < 16, x < 25. */
export function logSeriesI(c: usize, gamma: usize, count: i32, v: v128, x: v128): v128 {
  const q = f64x2.mul(f64x2.mul(x, x), splat(0.25));
  const most = max(f64x2.extract_lane(x, 0), f64x2.extract_lane(x, 1));
  let s = splat(1);
  for (let k = <f64>Math.ceil(11 + 1.6 * most); k >= 2; k -= 1) {
    const d = f64x2.mul(splat(k), f64x2.add(v, splat(k)));
    s = fma(f64x2.div(q, d), s, at(c, ONE));
  }
  const tail = f64x2.div(f64x2.mul(s, q), f64x2.add(v, splat(1)));
  const n = f64x2.floor(f64x2.add(v, splat(0.5)));
  const f = f64x2.sub(v, n);
  const g = reciprocalGammaM1(gamma, count, f);
  const last = max(f64x2.extract_lane(n, 0), f64x2.extract_lane(n, 1));
  const w = f64x2.add(f64x2.add(tail, g), f64x2.mul(tail, g));
  const half = f64x2.mul(x, at(c, HALF));
  const whole = f64x2.gt(x, splat(1e-6));
  const base = select(whole, half, splat(1));
  let product = f64x2.add(splat(1), w);
  for (let j: f64 = 1; j <= last; j += 1) {
    const factor = f64x2.div(base, f64x2.add(f, splat(j)));
    product = f64x2.mul(product, select(f64x2.ge(n, splat(j)), factor, splat(1)));
  }
  const small = f64x2.eq(n, splat(0));
  const lost = v128.and(small, f64x2.sub(w, f64x2.sub(product, at(c, ONE))));
  const rest = logPlus(c, product, lost);
  return f64x2.add(f64x2.mul(select(whole, f, v), log(c, half)), rest);
}
