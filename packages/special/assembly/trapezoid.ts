// The trapezoid rule for K for two arguments at once; see src/bessel/trapezoid.ts.
import { radius, vEta, vEtaMinusX } from "./debye";
import { anyTrue, exp, log, splat } from "./elementary";

function term(e: v128): v128 {
  return exp(f64x2.neg(f64x2.pmin(e, splat(700))));
}

/** log K_v(x), v < 16, 1 < x < 25; `cosh` is COSH_M1, `sinh` is SINH_MS, `nodes` their last index. */
export function logTrapezoidK(
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
  for (let j = 1; j <= nodes; j++) {
    const even = f64x2.mul(r, v128.load64_splat(cosh + ((<usize>j) << 3)));
    const odd = f64x2.mul(v, v128.load64_splat(sinh + ((<usize>j) << 3)));
    const fast = f64x2.add(even, odd);
    const slow = f64x2.sub(even, odd);
    if (!anyTrue(f64x2.lt(slow, splat(40)))) break;
    left = f64x2.add(left, term(slow));
    if (anyTrue(f64x2.lt(fast, splat(40)))) right = f64x2.add(right, term(fast));
  }
  const sum = f64x2.mul(f64x2.add(left, right), splat(0.0625));
  const exponent = scaled ? vEtaMinusX(v, x, r) : vEta(v, x, r);
  return f64x2.sub(log(sum), exponent);
}
