import { fma64 } from "./fma";

/** exp(x) for x <= 0, flushed to 0 below -708: x = k ln 2 + r, then the Taylor polynomial in r. */
function expNegative(x: v128): v128 {
  const inside = f64x2.ge(x, f64x2.splat(-708));
  x = f64x2.pmax(x, f64x2.splat(-708)); // also where x is NaN: -Infinity minus -Infinity
  const k = f64x2.nearest(f64x2.mul(x, f64x2.splat(Math.LOG2E)));
  let r = fma64(k, f64x2.splat(-0.6931471803691238), x);
  r = fma64(k, f64x2.splat(-1.9082149292705877e-10), r);
  let p = f64x2.splat(1.0 / 6227020800.0);
  p = fma64(p, r, f64x2.splat(1.0 / 479001600.0));
  p = fma64(p, r, f64x2.splat(1.0 / 39916800.0));
  p = fma64(p, r, f64x2.splat(1.0 / 3628800.0));
  p = fma64(p, r, f64x2.splat(1.0 / 362880.0));
  p = fma64(p, r, f64x2.splat(1.0 / 40320.0));
  p = fma64(p, r, f64x2.splat(1.0 / 5040.0));
  p = fma64(p, r, f64x2.splat(1.0 / 720.0));
  p = fma64(p, r, f64x2.splat(1.0 / 120.0));
  p = fma64(p, r, f64x2.splat(1.0 / 24.0));
  p = fma64(p, r, f64x2.splat(1.0 / 6.0));
  p = fma64(p, r, f64x2.splat(0.5));
  p = fma64(p, r, f64x2.splat(1));
  p = fma64(p, r, f64x2.splat(1));
  const exponent = i64x2.shl(i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k)), 52);
  return v128.and(inside, i64x2.add(p, exponent));
}

/**
 * For rows i0..i1 of a matrix with `cols` columns (cols > 0): the largest element to max[i] and
 * the sum of exp(x - max) to sum[i] (meaningless where max is infinite).
 */
export function logSumExpRows(
  src: usize,
  cols: i32,
  max: usize,
  sum: usize,
  i0: i32,
  i1: i32,
): void {
  for (let i = i0; i < i1; i++) {
    const row = src + ((<usize>i * cols) << 3);
    let top: f64 = -Infinity;
    let tops = f64x2.splat(top);
    let p = 0;
    for (; p + 2 <= cols; p += 2) tops = f64x2.pmax(tops, v128.load(row + ((<usize>p) << 3)));
    top = Math.max(f64x2.extract_lane(tops, 0), f64x2.extract_lane(tops, 1));
    for (; p < cols; p++) top = Math.max(top, load<f64>(row + ((<usize>p) << 3)));
    store<f64>(max + ((<usize>i) << 3), top);
    const shift = f64x2.splat(top);
    let total = f64x2.splat(0);
    for (p = 0; p + 2 <= cols; p += 2) {
      total = f64x2.add(total, expNegative(f64x2.sub(v128.load(row + ((<usize>p) << 3)), shift)));
    }
    let s = f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
    if (p < cols) {
      const x = f64x2.splat(load<f64>(row + ((<usize>p) << 3)));
      s += f64x2.extract_lane(expNegative(f64x2.sub(x, shift)), 0);
    }
    store<f64>(sum + ((<usize>i) << 3), s);
  }
}
