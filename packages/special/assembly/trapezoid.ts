// The trapezoid rule for K for two arguments at once; see src/bessel/trapezoid.ts.
import { at, exp, splat } from "./elementary";
import { R, V } from "./lanes";

/**
 * R = the rule's sum times half its step, for n elements with v < 16, 1 < x < 25. `cosh` is COSH_M1,
 * `sinh` is SINH_MS, `nodes` their last index.
 */
export function trapezoidSums(
  c: usize,
  cosh: usize,
  sinh: usize,
  nodes: i32,
  lanes: usize,
  n: i32,
): void {
  const stop = splat(-40);
  const lowest = splat(-700);
  for (let end = lanes + ((<usize>n) << 3); lanes < end; lanes += 16) {
    const v = v128.load(lanes, V);
    const r = v128.load(lanes, R);
    let right = splat(1);
    let left = splat(0);
    for (let j = 1; j <= nodes; j++) {
      const even = f64x2.mul(r, at(cosh, j));
      const odd = f64x2.mul(v, at(sinh, j));
      const slow = f64x2.pmax(f64x2.sub(odd, even), lowest);
      const fast = f64x2.pmax(f64x2.neg(f64x2.add(even, odd)), lowest);
      if (!v128.any_true(f64x2.gt(slow, stop))) break;
      left = f64x2.add(left, exp(c, slow));
      if (v128.any_true(f64x2.gt(fast, stop))) right = f64x2.add(right, exp(c, fast));
    }
    v128.store(lanes, f64x2.mul(f64x2.add(left, right), splat(0.0625)), R);
  }
}
