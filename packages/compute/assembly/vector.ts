import { fma64 } from "./fma";

/** x . y over n numbers. */
export function dot(x: usize, y: usize, n: i32): f64 {
  let s = f64x2.splat(0);
  let t = s;
  let p = 0;
  for (; p + 4 <= n; p += 4) {
    s = fma64(v128.load(x), v128.load(y), s);
    t = fma64(v128.load(x, 16), v128.load(y, 16), t);
    x += 32;
    y += 32;
  }
  s = f64x2.add(s, t);
  let sum = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  for (; p < n; p++) {
    sum += load<f64>(x) * load<f64>(y);
    x += 8;
    y += 8;
  }
  return sum;
}

/** y += a x over n numbers. */
export function axpy(a: f64, x: usize, y: usize, n: i32): void {
  const factor = f64x2.splat(a);
  let p = 0;
  for (; p + 4 <= n; p += 4) {
    v128.store(y, fma64(factor, v128.load(x), v128.load(y)));
    v128.store(y, fma64(factor, v128.load(x, 16), v128.load(y, 16)), 16);
    x += 32;
    y += 32;
  }
  for (; p < n; p++) {
    store<f64>(y, load<f64>(y) + a * load<f64>(x));
    x += 8;
    y += 8;
  }
}

/** x *= a over n numbers. */
export function scale(a: f64, x: usize, n: i32): void {
  for (let p = 0; p < n; p++) {
    store<f64>(x, a * load<f64>(x));
    x += 8;
  }
}

/** The largest |x| of n numbers. */
export function largest(x: usize, n: i32): f64 {
  let most: f64 = 0;
  for (let p = 0; p < n; p++) {
    most = max(most, abs(load<f64>(x)));
    x += 8;
  }
  return most;
}
