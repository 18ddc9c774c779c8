// log, exp and sinh(x)/x of two doubles at once, without tables; WebAssembly has none of its own.
import { fma64 as fma } from "../../compute/assembly/fma";

export { fma };

export function splat(x: f64): v128 {
  return f64x2.splat(x);
}

/** ifTrue where the mask is set. */
export function select(mask: v128, ifTrue: v128, ifFalse: v128): v128 {
  return v128.bitselect(ifTrue, ifFalse, mask);
}

export function anyTrue(mask: v128): bool {
  return v128.any_true(mask);
}

/**
 * log(x) for normal x > 0, within one unit in the last place. x = 2^k m, m in [sqrt(1/2), sqrt(2)),
 * f = m - 1, s = f / (2 + f): log m = f - f^2/2 + s (f^2/2 + R(s^2)), where R is the tail of
 * atanh's series; the polynomial is its Chebyshev fit on this range (error 3e-16 of R).
 */
export function log(x: v128): v128 {
  const e = i64x2.sub(x, i64x2.splat(0x3fe6a09e667f3bcd));
  const shifted = v128.and(e, i64x2.splat(0xfff0000000000000));
  // The exponent as a double: set its bits into those of 2^52 + 2^51 and take that away again.
  const biased = i64x2.add(i64x2.shr_s(shifted, 52), i64x2.splat(0x4338000000000000));
  const k = f64x2.sub(biased, splat(6755399441055744));
  const f = f64x2.sub(i64x2.sub(x, shifted), splat(1));
  const s = f64x2.div(f, f64x2.add(f, splat(2)));
  const z = f64x2.mul(s, s);
  let r = splat(0.146171283998073);
  r = fma(r, z, splat(0.15331666676597175));
  r = fma(r, z, splat(0.1818289077802613));
  r = fma(r, z, splat(0.22222211112104948));
  r = fma(r, z, splat(0.2857142862611452));
  r = fma(r, z, splat(0.399999999998992));
  r = fma(r, z, splat(0.666666666666667));
  const half = f64x2.mul(f64x2.mul(f, f), splat(0.5));
  const tail = fma(k, splat(1.9082149292705877e-10), f64x2.mul(s, fma(r, z, half)));
  return fma(k, splat(0.6931471803691238), f64x2.sub(f, f64x2.sub(half, tail)));
}

/** log(u), where u is 1 + w rounded: w keeps the digits that u has lost. */
export function logWith(u: v128, w: v128): v128 {
  return f64x2.add(log(u), f64x2.div(f64x2.sub(w, f64x2.sub(u, splat(1))), u));
}

/** log(1 + w) for w > -1/2. */
export function log1p(w: v128): v128 {
  return logWith(f64x2.add(w, splat(1)), w);
}

/** exp(x) for |x| < 708, below 1 unit in the last place: 2^k (1 + r + r^2 P(r)), |r| < log(2)/2. */
export function exp(x: v128): v128 {
  const k = f64x2.nearest(f64x2.mul(x, splat(Math.LOG2E)));
  let r = fma(k, splat(-0.6931471803691238), x);
  r = fma(k, splat(-1.9082149292705877e-10), r);
  let p = splat(2.5100472505694996e-8);
  p = fma(p, r, splat(2.7620201591031547e-7));
  p = fma(p, r, splat(2.7557268276905696e-6));
  p = fma(p, r, splat(2.4801521057868204e-5));
  p = fma(p, r, splat(0.00019841269863171557));
  p = fma(p, r, splat(0.0013888888917367081));
  p = fma(p, r, splat(0.008333333333330039));
  p = fma(p, r, splat(0.041666666666623824));
  p = fma(p, r, splat(0.16666666666666669));
  p = fma(p, r, splat(0.5));
  p = f64x2.add(splat(1), fma(f64x2.mul(p, r), r, r));
  const exponent = i64x2.shl(i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k)), 52);
  return i64x2.add(p, exponent);
}

/** sinh(x) / x, given exp(x): the series below 1, where the difference of exponentials cancels. */
export function sinhc(x: v128, ex: v128): v128 {
  const near = f64x2.lt(f64x2.abs(x), splat(1));
  const y = select(near, f64x2.mul(x, x), splat(0));
  let s = splat(1);
  for (let k = 9; k >= 1; k--) s = fma(f64x2.mul(s, y), splat(1 / <f64>(2 * k * (2 * k + 1))), splat(1));
  const safe = select(near, splat(1), x);
  const far = f64x2.div(f64x2.sub(ex, f64x2.div(splat(1), ex)), f64x2.add(safe, safe));
  return select(near, s, far);
}
