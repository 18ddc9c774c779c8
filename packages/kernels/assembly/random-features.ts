// One row of random features from the row's n angles, in turns; pairs lie side by side in `out`;
// `table` is that of `putSineTable`.
import { fma64 } from "../../compute/assembly/fma";
import { expNegative } from "../../compute/assembly/log-sum-exp";
import { cosineDistance, fractionOfTurn, quarterSines, sineDistance } from "./turns";

/** height (cos, sin) of each angle. */
export function pairFeatures(angles: usize, height: f64, n: i32, out: usize, table: usize): void {
  let to = out;
  let p = 0;
  for (; p + 2 <= n; p += 2, angles += 16, to += 32) {
    const r = fractionOfTurn(v128.load(angles));
    const cos = cosineDistance(r);
    const sin = sineDistance(r);
    v128.store(to, v128.shuffle<f64>(cos, sin, 0, 2));
    v128.store(to, v128.shuffle<f64>(cos, sin, 1, 3), 16);
  }
  if (p < n) {
    const r = fractionOfTurn(v128.load64_splat(angles));
    v128.store(to, v128.shuffle<f64>(cosineDistance(r), sineDistance(r), 0, 2));
  }
  quarterSines(out, height, 2 * n, table);
}

/**
 * e^log (cos, -sin) of each angle, where log = offset + square * norm, one offset and one square an
 * angle; returns the largest log. What overflows, a log above 709, comes out as anything.
 */
export function universalFeatures(
  angles: usize,
  offsets: usize,
  squares: usize,
  norm: f64,
  n: i32,
  out: usize,
  table: usize,
): f64 {
  pairFeatures(angles, 1, n, out, table);
  const length = f64x2.splat(norm);
  const conjugate = f64x2(0.0, -0.0);
  let top = f64x2.splat(-Infinity);
  let p = 0;
  for (; p + 2 <= n; p += 2, offsets += 16, squares += 16, out += 32) {
    const log = fma64(v128.load(squares), length, v128.load(offsets));
    top = f64x2.max(top, log);
    const size = expNegative(log); // right beyond 0, too: no step of it needs the sign
    const first = v128.xor(v128.shuffle<f64>(size, size, 0, 0), conjugate);
    const second = v128.xor(v128.shuffle<f64>(size, size, 1, 1), conjugate);
    v128.store(out, f64x2.mul(first, v128.load(out)));
    v128.store(out, f64x2.mul(second, v128.load(out, 16)), 16);
  }
  if (p < n) {
    const log = fma64(v128.load64_splat(squares), length, v128.load64_splat(offsets));
    top = f64x2.max(top, log);
    v128.store(out, f64x2.mul(v128.xor(expNegative(log), conjugate), v128.load(out)));
  }
  return max(f64x2.extract_lane(top, 0), f64x2.extract_lane(top, 1));
}
