// log, exp and sinh(x)/x of two doubles at once, without lookup tables; WebAssembly has none of its
// own. Constants are loaded from `c`, the block that TypeScript lays out (src/bessel/kernel-tables.ts):
// V8 builds a vector literal through general registers wherever it stands, which took a third of
// the time of these functions.
import { fma64 as fma } from "../../compute/assembly/fma";

export { fma };

// Indices into the block.
export const ONE = 0;
export const TWO = 1;
export const HALF = 2;
const SQRT_HALF = 3;
const EXPONENT_MASK = 4; // the bits of -Infinity
const MAGIC = 5; // 1.5 2^52: adding it rounds to an integer and leaves its bits at the low end
const LN2_HIGH = 6;
const LN2_LOW = 7;
const LOG2E = 8;
const LOG = 9; // 7 coefficients
const EXP = 16; // 10 coefficients

/** Entry i of a table in both lanes. */
export function at(table: usize, i: i32): v128 {
  return v128.load64_splat(table + ((<usize>i) << 3));
}

export function splat(x: f64): v128 {
  return f64x2.splat(x);
}

/** ifTrue where the mask is set. */
export function select(mask: v128, ifTrue: v128, ifFalse: v128): v128 {
  return v128.bitselect(ifTrue, ifFalse, mask);
}

/**
 * log(x + lost) for normal x > 0, within one unit in the last place; `lost` is below half a unit of
 * x. x = 2^k m, m in [sqrt(1/2), sqrt(2)), f = m - 1, s = f / (2 + f): log m = f - f^2/2 +
 * s (f^2/2 + R(s^2)), where R is the tail of atanh's series; the polynomial is its Chebyshev fit on
 * this range (error 3e-16 of R).
 */
export function logPlus(c: usize, x: v128, lost: v128): v128 {
  const exponent = v128.and(i64x2.sub(x, at(c, SQRT_HALF)), at(c, EXPONENT_MASK));
  const k = f64x2.sub(i64x2.add(i64x2.shr_s(exponent, 52), at(c, MAGIC)), at(c, MAGIC));
  const m = i64x2.sub(x, exponent);
  const f = fma(lost, i64x2.sub(at(c, ONE), exponent), f64x2.sub(m, at(c, ONE)));
  const s = f64x2.div(f, f64x2.add(f, at(c, TWO)));
  const z = f64x2.mul(s, s);
  let r = at(c, LOG);
  r = fma(r, z, at(c, LOG + 1));
  r = fma(r, z, at(c, LOG + 2));
  r = fma(r, z, at(c, LOG + 3));
  r = fma(r, z, at(c, LOG + 4));
  r = fma(r, z, at(c, LOG + 5));
  r = fma(r, z, at(c, LOG + 6));
  const half = f64x2.mul(f64x2.mul(f, f), at(c, HALF));
  const tail = fma(k, at(c, LN2_LOW), f64x2.mul(s, fma(r, z, half)));
  return fma(k, at(c, LN2_HIGH), f64x2.sub(f, f64x2.sub(half, tail)));
}

export function log(c: usize, x: v128): v128 {
  return logPlus(c, x, splat(0));
}

/** exp(x) for |x| < 708, below 1 unit in the last place: 2^k (1 + r + r^2 P(r)), |r| < log(2)/2. */
export function exp(c: usize, x: v128): v128 {
  const shifted = fma(x, at(c, LOG2E), at(c, MAGIC));
  const k = f64x2.sub(shifted, at(c, MAGIC));
  let r = f64x2.sub(x, f64x2.mul(k, at(c, LN2_HIGH)));
  r = f64x2.sub(r, f64x2.mul(k, at(c, LN2_LOW)));
  let p = at(c, EXP);
  p = fma(p, r, at(c, EXP + 1));
  p = fma(p, r, at(c, EXP + 2));
  p = fma(p, r, at(c, EXP + 3));
  p = fma(p, r, at(c, EXP + 4));
  p = fma(p, r, at(c, EXP + 5));
  p = fma(p, r, at(c, EXP + 6));
  p = fma(p, r, at(c, EXP + 7));
  p = fma(p, r, at(c, EXP + 8));
  p = fma(p, r, at(c, EXP + 9));
  p = f64x2.add(at(c, ONE), fma(f64x2.mul(p, r), r, r));
  return i64x2.add(p, i64x2.shl(shifted, 52));
}

/** sinh(x) / x, given exp(x): the series below 1, where the difference of exponentials cancels. */
export function sinhc(c: usize, x: v128, ex: v128): v128 {
  const near = f64x2.lt(f64x2.abs(x), at(c, ONE));
  const y = v128.and(near, f64x2.mul(x, x));
  let s = at(c, ONE);
  for (let k = 9; k >= 1; k--) {
    s = fma(f64x2.mul(s, y), splat(1 / <f64>(2 * k * (2 * k + 1))), at(c, ONE));
  }
  const safe = select(near, at(c, ONE), x);
  const difference = f64x2.sub(ex, f64x2.div(at(c, ONE), ex));
  return select(near, s, f64x2.div(difference, f64x2.add(safe, safe)));
}
