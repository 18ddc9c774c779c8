// The trapezoid rule for K for two arguments at once; see src/bessel/trapezoid.ts.
import { radius, vEta, vEtaMinusX } from "./debye";
import { at, exp, log, splat } from "./elementary";

/** log K_v(x), v < 16, 1 < x < 25; `cosh` is COSH_M1, `sinh` is SINH_MS, `nodes` their last index. */
export function logTrapezoidK(
  c: usize,
  cosh: usize,
  sinh: usize,
  nodes: i32,
  v: v128,
  x: v128,
  scaled: bool,
): v128 {
  const r = radius(v, x);
  let right = splat(1);
  let left = splat(0);
  const end = splat(-40);
  const lowest = splat(-700);
  for (let j = 1; j <= nodes; j++) {
    const even = f64x2.mul(r, at(cosh, j));
    const odd = f64x2.mul(v, at(sinh, j));
    const slow = f64x2.pmax(f64x2.sub(odd, even), lowest);
    const fast = f64x2.pmax(f64x2.neg(f64x2.add(even, odd)), lowest);
    if (!v128.any_true(f64x2.gt(slow, end))) break;
    left = f64x2.add(left, exp(c, slow));
    if (v128.any_true(f64x2.gt(fast, end))) right = f64x2.add(right, exp(c, fast));
  }
  const sum = f64x2.mul(f64x2.add(left, right), splat(0.0625));
  const exponent = scaled ? vEtaMinusX(c, v, x, r) : vEta(c, v, x, r);
  return f64x2.sub(log(c, sum), exponent);
}
