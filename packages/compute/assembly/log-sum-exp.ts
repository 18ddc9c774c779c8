import { fma64 } from "./fma";

/** exp(x) for x <= 0, flushed to 0 below -708: x = k ln 2 + r, then the Taylor polynomial in r. */
export function expNegative(x: v128): v128 {
  const inside = f64x2.ge(x, f64x2.splat(-708));
  x = f64x2.pmax(x, f64x2.splat(-708)); // also where x is NaN: -Infinity minus -Infinity
  // Adding 1.5 * 2^52 rounds to an integer, which then stands in the low bits.
  const magic = f64x2.splat(6755399441055744);
  const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(Math.LOG2E)), magic);
  const k = f64x2.sub(shifted, magic);
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
  const exponent = i64x2.shl(shifted, 52);
  return v128.and(inside, i64x2.add(p, exponent));
}

/** The sum of exp(x - top) over n numbers, in blocks so that rounding does not grow with n. */
function sumExp(x: usize, n: i32, top: f64): f64 {
  const shift = f64x2.splat(top);
  let sum: f64 = 0;
  for (; n > 0; n -= 512) {
    let block = f64x2.splat(0);
    const end = min(n, 512);
    let p = 0;
    for (; p + 2 <= end; p += 2) {
      block = f64x2.add(block, expNegative(f64x2.sub(v128.load(x), shift)));
      x += 16;
    }
    if (p < end) {
      const last = expNegative(f64x2.sub(f64x2.splat(load<f64>(x)), shift));
      block = f64x2.add(block, f64x2.replace_lane(last, 1, 0));
    }
    sum += f64x2.extract_lane(block, 0) + f64x2.extract_lane(block, 1);
  }
  return sum;
}

/**
 * For rows i0..i1 of a matrix with `cols` columns (cols > 0): the largest element to top[i] (NaN if
 * the row holds one) and, if that is finite, the sum of exp(x - top) over the other elements to
 * rest[i]: log1p of it keeps its relative accuracy.
 */
export function logSumExpRows(
  src: usize,
  cols: i32,
  top: usize,
  rest: usize,
  i0: i32,
  i1: i32,
): void {
  for (let i = i0; i < i1; i++) {
    const row = src + ((<usize>i * cols) << 3);
    let tops = f64x2.splat(-Infinity);
    let p = 0;
    for (; p + 2 <= cols; p += 2) tops = f64x2.max(tops, v128.load(row + ((<usize>p) << 3)));
    let most = Math.max(f64x2.extract_lane(tops, 0), f64x2.extract_lane(tops, 1));
    if (p < cols) most = Math.max(most, load<f64>(row + ((<usize>p) << 3)));
    store<f64>(top + ((<usize>i) << 3), most);
    if (!(abs(most) < Infinity)) continue;
    let at = 0;
    while (load<f64>(row + ((<usize>at) << 3)) !== most) at++;
    const after = row + ((<usize>(at + 1)) << 3);
    store<f64>(
      rest + ((<usize>i) << 3),
      sumExp(row, at, most) + sumExp(after, cols - at - 1, most),
    );
  }
}
