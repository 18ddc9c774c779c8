import { gemmF64 } from "./gemm-f64";

/** Subtracts the centre from rows i0..i1 of an n x d matrix and writes their squared norms. */
export function centreRows(
  src: usize,
  dst: usize,
  centre: usize,
  norms: usize,
  d: i32,
  i0: i32,
  i1: i32,
): void {
  for (let i = i0; i < i1; i++) {
    const offset = (<usize>i * d) << 3;
    let sum: f64 = 0;
    for (let p = 0; p < d; p++) {
      const at = offset + ((<usize>p) << 3);
      const x = load<f64>(src + at) - load<f64>(centre + ((<usize>p) << 3));
      store<f64>(dst + at, x);
      sum += x * x;
    }
    store<f64>(norms + ((<usize>i) << 3), sum);
  }
}

/** Writes the sum of squared differences; sets `overflow` if it is infinite. */
function direct(x: usize, y: usize, d: i32, to: usize, overflow: usize): void {
  let sum: f64 = 0;
  for (let p = 0; p < d; p++) {
    const t = load<f64>(x) - load<f64>(y);
    sum += t * t;
    x += 8;
    y += 8;
  }
  store<f64>(to, sum);
  if (sum === Infinity) store<i32>(overflow, 1);
}

/**
 * Rows i0..i1 and columns j0..j1 of the squared distances between the rows of x (m x d) and
 * y (n x d): |x|^2 + |y|^2 - 2 x.y from the centred, packed a and b; where that cancels (the result
 * is under `tolerance` times the norms, or not finite) the sum of squared differences of the
 * original rows. With `lower`, x is y and only the lower triangle is computed.
 */
export function squaredDistancesTile(
  a: usize,
  b: usize,
  x: usize,
  y: usize,
  xNorms: usize,
  yNorms: usize,
  c: usize,
  m: i32,
  n: i32,
  d: i32,
  kc: i32,
  i0: i32,
  i1: i32,
  j0: i32,
  j1: i32,
  lower: i32,
  tolerance: f64,
  scratch: usize,
  overflow: usize,
): void {
  gemmF64(a, b, c, n, m, n, d, kc, 6, i0, i1, j0, j1, 0, lower, scratch);
  const two = f64x2.splat(2);
  const t2 = f64x2.splat(tolerance);
  for (let i = i0; i < min(i1, m); i++) {
    const xn = load<f64>(xNorms + ((<usize>i) << 3));
    const xn2 = f64x2.splat(xn);
    const row = c + ((<usize>i * n) << 3);
    const xi = x + ((<usize>i * d) << 3);
    const end = lower ? min(j1, i) : min(j1, n);
    let j = j0;
    for (; j + 2 <= end; j += 2) {
      const at = row + ((<usize>j) << 3);
      const s = f64x2.add(xn2, v128.load(yNorms + ((<usize>j) << 3)));
      const r = f64x2.sub(s, f64x2.mul(two, v128.load(at)));
      v128.store(at, r);
      // Infinity counts as not settled: it may be an overflow of the norms alone.
      const settled = v128.and(f64x2.ge(r, f64x2.mul(t2, s)), f64x2.lt(s, f64x2.splat(Infinity)));
      if (!i64x2.all_true(settled)) {
        const yj = y + ((<usize>j * d) << 3);
        if (!i64x2.extract_lane(settled, 0)) direct(xi, yj, d, at, overflow);
        if (!i64x2.extract_lane(settled, 1))
          direct(xi, yj + ((<usize>d) << 3), d, at + 8, overflow);
      }
    }
    for (; j < end; j++) {
      const at = row + ((<usize>j) << 3);
      const s = xn + load<f64>(yNorms + ((<usize>j) << 3));
      const r = s - 2 * load<f64>(at);
      if (r >= tolerance * s && s < Infinity) store<f64>(at, r);
      else direct(xi, y + ((<usize>j * d) << 3), d, at, overflow);
    }
    if (lower && i >= j0 && i < j1) store<f64>(row + ((<usize>i) << 3), 0);
  }
}
