// What a step of the released code's balancing computes: features of cells, a Gaussian kernel between
// them, and products with its Gram matrix. All arrays of numbers may be read and written one number
// past an odd end.
import { expNegative } from "../../compute/assembly/log-sum-exp";

function at(array: usize, i: i32): usize {
  return array + ((<usize>i) << 3);
}

/**
 * Features of n cells, the user's p numbers beside the item's q, less min / (max - min) of them all
 * (nothing, if they are all alike), over p + q.
 */
export function shiftedFeatures(
  userFeatures: usize,
  itemFeatures: usize,
  p: i32,
  q: i32,
  user: usize,
  item: usize,
  n: i32,
  out: usize,
): void {
  const d = p + q;
  let low: f64 = Infinity;
  let high: f64 = -Infinity;
  for (let c = 0; c < n; c++) {
    const u = at(userFeatures, load<i32>(user + ((<usize>c) << 2)) * p);
    const i = at(itemFeatures, load<i32>(item + ((<usize>c) << 2)) * q);
    for (let k = 0; k < d; k++) {
      const x = k < p ? load<f64>(at(u, k)) : load<f64>(at(i, k - p));
      if (x < low) low = x;
      if (x > high) high = x;
      store<f64>(at(out, c * d + k), x);
    }
  }
  const shift: f64 = high > low ? low / (high - low) : 0;
  for (let k = 0; k < n * d; k++) store<f64>(at(out, k), (load<f64>(at(out, k)) - shift) / <f64>d);
}

/** |a - b|^2 of d numbers, in two parts to be added. */
function squares(a: usize, b: usize, d: i32): v128 {
  let pair = f64x2.splat(0);
  let k = 0;
  for (; k + 2 <= d; k += 2) {
    const t = f64x2.sub(v128.load(at(a, k)), v128.load(at(b, k)));
    pair = f64x2.add(pair, f64x2.mul(t, t));
  }
  if (k < d) {
    const t = load<f64>(at(a, k)) - load<f64>(at(b, k));
    pair = f64x2.add(pair, f64x2.replace_lane(f64x2.splat(0), 0, t * t));
  }
  return pair;
}

/** exp(-rate |x_i - z_j|^2): m x n for rows of d numbers. */
export function gaussianGram(
  x: usize,
  m: i32,
  z: usize,
  n: i32,
  d: i32,
  rate: f64,
  out: usize,
): void {
  const factor = f64x2.splat(-rate);
  for (let i = 0; i < m; i++) {
    const a = at(x, i * d);
    const row = at(out, i * n);
    let j = 0;
    for (; j + 2 <= n; j += 2) {
      const p = squares(a, at(z, j * d), d);
      const q = squares(a, at(z, (j + 1) * d), d);
      const sum = f64x2.add(v128.shuffle<f64>(p, q, 0, 2), v128.shuffle<f64>(p, q, 1, 3));
      v128.store(at(row, j), expNegative(f64x2.mul(factor, sum)));
    }
    if (j < n) {
      const p = squares(a, at(z, j * d), d);
      const sum = f64x2.splat(f64x2.extract_lane(p, 0) + f64x2.extract_lane(p, 1));
      store<f64>(at(row, j), f64x2.extract_lane(expNegative(f64x2.mul(factor, sum)), 0));
    }
  }
}

/** out_b = sum_j v_j k_jb for k of rows x cols, cols even. */
export function combineRows(k: usize, rows: i32, cols: i32, v: usize, out: usize): void {
  for (let b = 0; b < cols; b += 2) v128.store(at(out, b), f64x2.splat(0));
  for (let j = 0; j < rows; j++) {
    const factor = v128.load64_splat(at(v, j));
    const row = at(k, j * cols);
    for (let b = 0; b < cols; b += 2) {
      const sum = v128.load(at(out, b));
      v128.store(at(out, b), f64x2.add(sum, f64x2.mul(factor, v128.load(at(row, b)))));
    }
  }
}

/** out_j = sum_b k_jb v_b for k of rows x cols, cols even. */
export function dotRows(k: usize, rows: i32, cols: i32, v: usize, out: usize): void {
  for (let j = 0; j < rows; j++) {
    const row = at(k, j * cols);
    let sum = f64x2.splat(0);
    for (let b = 0; b < cols; b += 2) {
      sum = f64x2.add(sum, f64x2.mul(v128.load(at(row, b)), v128.load(at(v, b))));
    }
    store<f64>(at(out, j), f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
  }
}
