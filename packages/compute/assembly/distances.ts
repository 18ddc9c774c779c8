import { fma64 } from "./fma";
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

function direct(x: usize, y: usize, d: i32): f64 {
  let sum: f64 = 0;
  for (let p = 0; p < d; p++) {
    const t = load<f64>(x) - load<f64>(y);
    sum += t * t;
    x += 8;
    y += 8;
  }
  return sum;
}

/** Columns whose products are turned into distances while they are in the first-level cache. */
const STRIPE = 32;

/**
 * Rows i0..i1 and columns j0..j1 of the squared distances between the rows of x (m x d) and
 * y (n x d): |x|^2 + |y|^2 - 2 x.y from the centred, packed a and b; where that cancels (the result
 * is not above `tolerance` times the norms, or one of these overflows) the sum of squared differences of the
 * original rows. With `lower`, x is y and only the lower triangle is computed. Sets `overflow` if a
 * distance is infinite.
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
  for (let j = j0; j < j1; j += STRIPE) {
    const end = min(j + STRIPE, j1);
    gemmF64(a, b, c, n, m, n, d, kc, 6, i0, i1, j, end, 0, lower, scratch);
    for (let i = i0; i < i1; i++) {
      const row = c + ((<usize>i * n) << 3);
      const xi = x + ((<usize>i * d) << 3);
      const norm = load<f64>(xNorms + ((<usize>i) << 3));
      const until = lower ? min(end, i) : end;
      distancesOfRow(row, xi, norm, y, yNorms, d, j, until, tolerance, overflow);
      if (lower && i >= j && i < end) store<f64>(row + ((<usize>i) << 3), 0);
    }
  }
}

/** Turns the products j0..j1 of one row into squared distances. */
function distancesOfRow(
  row: usize,
  xi: usize,
  norm: f64,
  y: usize,
  yNorms: usize,
  d: i32,
  j0: i32,
  j1: i32,
  tolerance: f64,
  overflow: usize,
): void {
  const two = f64x2.splat(-2);
  const least = f64x2.splat(tolerance);
  const norms = f64x2.splat(norm);
  let j = j0;
  for (; j + 4 <= j1; j += 4) {
    const at = row + ((<usize>j) << 3);
    const yn = yNorms + ((<usize>j) << 3);
    const s0 = f64x2.add(norms, v128.load(yn));
    const s1 = f64x2.add(norms, v128.load(yn, 16));
    const r0 = fma64(two, v128.load(at), s0);
    const r1 = fma64(two, v128.load(at, 16), s1);
    v128.store(at, r0);
    v128.store(at, r1, 16);
    // False where something overflows, too: nothing is above infinity, and below it only numbers.
    const infinity = f64x2.splat(Infinity);
    const settled = v128.and(
      v128.and(f64x2.gt(r0, f64x2.mul(least, s0)), f64x2.lt(r0, infinity)),
      v128.and(f64x2.gt(r1, f64x2.mul(least, s1)), f64x2.lt(r1, infinity)),
    );
    if (!i64x2.all_true(settled)) {
      settle(row, xi, norm, y, yNorms, d, j, j + 4, tolerance, overflow);
    }
  }
  for (let p = j; p < j1; p++) {
    const at = row + ((<usize>p) << 3);
    store<f64>(at, norm + load<f64>(yNorms + ((<usize>p) << 3)) - 2 * load<f64>(at));
  }
  settle(row, xi, norm, y, yNorms, d, j, j1, tolerance, overflow);
}

/** Sums directly those of the distances j0..j1 that have cancelled or overflowed. */
function settle(
  row: usize,
  xi: usize,
  norm: f64,
  y: usize,
  yNorms: usize,
  d: i32,
  j0: i32,
  j1: i32,
  tolerance: f64,
  overflow: usize,
): void {
  for (let j = j0; j < j1; j++) {
    const at = row + ((<usize>j) << 3);
    const s = norm + load<f64>(yNorms + ((<usize>j) << 3));
    const r = load<f64>(at);
    if (r > tolerance * s && r < Infinity) continue;
    const sum = direct(xi, y + ((<usize>j * d) << 3), d);
    store<f64>(at, sum);
    if (sum === Infinity) store<i32>(overflow, 1);
  }
}
