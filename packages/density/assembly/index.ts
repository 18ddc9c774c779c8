// Gaussian kernel sums over squared distances that are made a block at a time and never leave the
// first-level cache: a call takes some rows of queries past all the data.
import { squaredDistancesTile } from "../../compute/assembly/distances";
import { fma64 } from "../../compute/assembly/fma";
import { expNegative } from "../../compute/assembly/log-sum-exp";

export { centreRows } from "../../compute/assembly/distances";
export { packF64 } from "../../compute/assembly/pack-f64";

/** Under this share of |x|^2 + |y|^2 a squared distance is summed directly. */
const CANCELLATION: f64 = 1.0 / 1024.0;

function at(array: usize, i: i32): usize {
  return array + ((<usize>i) << 3);
}

function expScalar(x: f64): f64 {
  return f64x2.extract_lane(expNegative(f64x2.splat(x)), 0);
}

/**
 * exp(x) for x <= 0, at least exp(-700): x = k ln 2 + r, then the polynomial of degree 10 with the
 * least largest error on |r| <= ln 2 / 2 (relative error 2.9e-16, by Remez's algorithm), summed as a
 * tree so that steps overlap.
 */
function expFar(x: v128): v128 {
  x = f64x2.pmax(x, f64x2.splat(-700));
  // Adding 1.5 * 2^52 rounds to an integer, which then stands in the low bits.
  const magic = f64x2.splat(6755399441055744);
  const shifted = fma64(x, f64x2.splat(Math.LOG2E), magic);
  const k = f64x2.sub(shifted, magic);
  let r = fma64(k, f64x2.splat(-0.6931471803691238), x);
  r = fma64(k, f64x2.splat(-1.9082149292705877e-10), r);
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const a = f64x2.add(f64x2.splat(1), r);
  const b = fma64(r, f64x2.splat(0.16666666666554314), f64x2.splat(0.5));
  const c = fma64(r, f64x2.splat(0.008333333385699212), f64x2.splat(0.041666666666573066));
  const d = fma64(r, f64x2.splat(0.00019841170230570286), f64x2.splat(0.001388888893251478));
  let e = fma64(r, f64x2.splat(2.764019739169484e-6), f64x2.splat(2.480150431378554e-5));
  e = fma64(r2, f64x2.splat(2.7626371065696354e-7), e);
  const low = fma64(r2, b, a);
  const high = fma64(r4, e, fma64(r2, d, c));
  return i64x2.add(fma64(r4, high, low), i64x2.shl(shifted, 52));
}

/**
 * Squared distances of the queries i0..i1 to one block of `size` points whose first is `first`, to
 * `tile`, row by row. `exclude[i]` is the point that query i leaves out (infinitely far), or -1.
 */
function distancesToBlock(
  a: usize,
  b: usize,
  x: usize,
  y: usize,
  xNorms: usize,
  yNorms: usize,
  exclude: usize,
  m: i32,
  d: i32,
  depth: i32,
  first: i32,
  size: i32,
  i0: i32,
  i1: i32,
  tile: usize,
  scratch: usize,
  overflow: usize,
): void {
  const offset = (<usize>first * d) << 3;
  const c = tile - ((<usize>i0 * size) << 3); // so that row i0 is the tile's first
  squaredDistancesTile(
    a,
    b + offset,
    x,
    y + offset,
    xNorms,
    at(yNorms, first),
    c,
    m,
    size,
    d,
    depth,
    i0,
    i1,
    0,
    size,
    0,
    CANCELLATION,
    scratch,
    overflow,
  );
  for (let i = i0; i < i1; i++) {
    const left = load<i32>(exclude + ((<usize>i) << 2)) - first;
    if (left >= 0 && left < size) store<f64>(at(c, i * size + left), Infinity);
  }
}

function smallest(row: usize, n: i32): f64 {
  let least = f64x2.splat(Infinity);
  let p = 0;
  for (; p + 2 <= n; p += 2) least = f64x2.min(least, v128.load(at(row, p)));
  let most = min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1));
  if (p < n) most = min(most, load<f64>(at(row, p)));
  return most;
}

/** Adds the sums of e and of e^2, e = exp(-(q - nearest) rate), over the n squared distances q. */
function addSums(
  row: usize,
  n: i32,
  nearest: f64,
  rate: f64,
  cut: f64,
  sum: usize,
  square: usize,
): void {
  const least = f64x2.splat(nearest);
  const factor = f64x2.splat(-rate);
  const far = f64x2.splat(nearest + cut);
  let e1 = f64x2.splat(0);
  let e2 = f64x2.splat(0);
  let p = 0;
  for (; p + 4 <= n; p += 4) {
    const q0 = v128.load(at(row, p));
    const q1 = v128.load(at(row, p), 16);
    // what is further adds less than rounding does
    if (!v128.any_true(v128.or(f64x2.le(q0, far), f64x2.le(q1, far)))) continue;
    const x0 = expFar(f64x2.mul(f64x2.sub(q0, least), factor));
    const x1 = expFar(f64x2.mul(f64x2.sub(q1, least), factor));
    e1 = f64x2.add(e1, f64x2.add(x0, x1));
    e2 = fma64(x0, x0, fma64(x1, x1, e2));
  }
  let one = f64x2.extract_lane(e1, 0) + f64x2.extract_lane(e1, 1);
  let two = f64x2.extract_lane(e2, 0) + f64x2.extract_lane(e2, 1);
  for (; p < n; p++) {
    const e = expScalar((nearest - load<f64>(at(row, p))) * rate);
    one += e;
    two += e * e;
  }
  store<f64>(sum, load<f64>(sum) + one);
  store<f64>(square, load<f64>(square) + two);
}

/**
 * For the queries i0..i1 and `count` bandwidths the smallest squared distance q0 to nearest[i], and
 * the sums over all points of exp(-(q - q0) rate) and of its square to sums and squares (m x count).
 * nearest holds Infinity, sums and squares 0 before. `tile` has room for (i1 - i0) x block doubles,
 * `scratch` for 192 bytes; both are this call's own.
 */
export function kernelSums(
  a: usize,
  b: usize,
  x: usize,
  y: usize,
  xNorms: usize,
  yNorms: usize,
  exclude: usize,
  m: i32,
  n: i32,
  d: i32,
  depth: i32,
  block: i32,
  rates: usize,
  cuts: usize,
  count: i32,
  nearest: usize,
  sums: usize,
  squares: usize,
  i0: i32,
  i1: i32,
  tile: usize,
  scratch: usize,
  overflow: usize,
): void {
  for (let first = 0; first < n; first += block) {
    const size = min(block, n - first);
    distancesToBlock(
      a,
      b,
      x,
      y,
      xNorms,
      yNorms,
      exclude,
      m,
      d,
      depth,
      first,
      size,
      i0,
      i1,
      tile,
      scratch,
      overflow,
    );
    for (let i = i0; i < i1; i++) {
      const row = at(tile, (i - i0) * size);
      const before = load<f64>(at(nearest, i));
      const least = smallest(row, size);
      if (least === Infinity) continue;
      const now = min(before, least);
      store<f64>(at(nearest, i), now);
      for (let k = 0; k < count; k++) {
        const sum = at(sums, i * count + k);
        const square = at(squares, i * count + k);
        const rate = load<f64>(at(rates, k));
        if (now < before) {
          const shrink = expScalar((now - before) * rate);
          store<f64>(sum, load<f64>(sum) * shrink);
          store<f64>(square, load<f64>(square) * shrink * shrink);
        }
        addSums(row, size, now, rate, load<f64>(at(cuts, k)), sum, square);
      }
    }
  }
}

/** to += weight (y - x) over d coordinates. */
function addDifference(to: usize, x: usize, y: usize, d: i32, weight: f64): void {
  const w = f64x2.splat(weight);
  let p = 0;
  for (; p + 2 <= d; p += 2) {
    const t = f64x2.sub(v128.load(at(y, p)), v128.load(at(x, p)));
    v128.store(at(to, p), fma64(w, t, v128.load(at(to, p))));
  }
  if (p < d) {
    const t = load<f64>(at(y, p)) - load<f64>(at(x, p));
    store<f64>(at(to, p), load<f64>(at(to, p)) + weight * t);
  }
}

/**
 * For the queries i0..i1 the sum over all points of exp(-(q - nearest) rate) (y - x) to shifts
 * (m x d), which holds 0 before; the other arguments as for `kernelSums`.
 */
export function kernelShifts(
  a: usize,
  b: usize,
  x: usize,
  y: usize,
  xNorms: usize,
  yNorms: usize,
  exclude: usize,
  m: i32,
  n: i32,
  d: i32,
  depth: i32,
  block: i32,
  rate: f64,
  cut: f64,
  nearest: usize,
  shifts: usize,
  i0: i32,
  i1: i32,
  tile: usize,
  scratch: usize,
  overflow: usize,
): void {
  for (let first = 0; first < n; first += block) {
    const size = min(block, n - first);
    distancesToBlock(
      a,
      b,
      x,
      y,
      xNorms,
      yNorms,
      exclude,
      m,
      d,
      depth,
      first,
      size,
      i0,
      i1,
      tile,
      scratch,
      overflow,
    );
    for (let i = i0; i < i1; i++) {
      const row = at(tile, (i - i0) * size);
      const least = load<f64>(at(nearest, i));
      const far = least + cut;
      for (let p = 0; p < size; p++) {
        const q = load<f64>(at(row, p));
        if (!(q <= far)) continue;
        const weight = expScalar((least - q) * rate);
        addDifference(at(shifts, i * d), at(x, i * d), at(y, (first + p) * d), d, weight);
      }
    }
  }
}
