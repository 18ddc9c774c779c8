// The dual of balanced weights: functions lie as n rows of an even number `cols`, padded with zeros.
import { expNegative } from "../../compute/assembly/log-sum-exp";

function at(array: usize, i: i32): usize {
  return array + ((<usize>i) << 3);
}

/** s_i = exp(s_i - top) for n numbers, of which top is the largest; their sum. */
export function exponentials(s: usize, n: i32, top: f64): f64 {
  const shift = f64x2.splat(top);
  let sum = f64x2.splat(0);
  let i = 0;
  for (; i + 2 <= n; i += 2) {
    const e = expNegative(f64x2.sub(v128.load(at(s, i)), shift));
    v128.store(at(s, i), e);
    sum = f64x2.add(sum, e);
  }
  let total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  if (i < n) {
    const last = f64x2.splat(load<f64>(at(s, i)));
    const e = f64x2.extract_lane(expNegative(f64x2.sub(last, shift)), 0);
    store<f64>(at(s, i), e);
    total += e;
  }
  return total;
}

/** out_ij = sqrt(w_i) (phi_ij - centre_j): what the covariance of the functions is a product of. */
export function weightedRows(
  phi: usize,
  rows: i32,
  cols: i32,
  w: usize,
  centre: usize,
  out: usize,
): void {
  for (let i = 0; i < rows; i++) {
    const root = f64x2.sqrt(v128.load64_splat(at(w, i)));
    const row = at(phi, i * cols);
    const to = at(out, i * cols);
    for (let j = 0; j < cols; j += 2) {
      const d = f64x2.sub(v128.load(at(row, j)), v128.load(at(centre, j)));
      v128.store(at(to, j), f64x2.mul(root, d));
    }
  }
}
