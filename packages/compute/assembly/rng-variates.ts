// The functions of src/rng-math.ts on two numbers at a time, operation for operation, so that the
// bits are the same. Nothing here may be fused (relaxed_madd would round once instead of twice).

const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const SQRT2: f64 = 1.4142135623730951;
const TAU: f64 = 6.283185307179586;

function timesPlus(a: v128, b: v128, c: f64): v128 {
  return f64x2.add(f64x2.mul(a, b), f64x2.splat(c));
}

/** log of positive normal numbers. */
function log(x: v128): v128 {
  const exponent = i64x2.sub(i64x2.shr_u(x, 52), i64x2.splat(1023));
  let k = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(exponent, exponent, 0, 2, 0, 2));
  let m = v128.or(v128.and(x, i64x2.splat(0xfffffffffffff)), f64x2.splat(1));
  const above = f64x2.gt(m, f64x2.splat(SQRT2));
  m = v128.bitselect(f64x2.mul(m, f64x2.splat(0.5)), m, above);
  k = f64x2.add(k, v128.and(above, f64x2.splat(1)));
  const f = f64x2.sub(m, f64x2.splat(1));
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  let r = f64x2.splat(2.0 / 21.0);
  r = timesPlus(r, z, 2.0 / 19.0);
  r = timesPlus(r, z, 2.0 / 17.0);
  r = timesPlus(r, z, 2.0 / 15.0);
  r = timesPlus(r, z, 2.0 / 13.0);
  r = timesPlus(r, z, 2.0 / 11.0);
  r = timesPlus(r, z, 2.0 / 9.0);
  r = timesPlus(r, z, 2.0 / 7.0);
  r = timesPlus(r, z, 2.0 / 5.0);
  r = timesPlus(r, z, 2.0 / 3.0);
  const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const tail = f64x2.add(
    f64x2.mul(s, f64x2.add(half, f64x2.mul(r, z))),
    f64x2.mul(k, f64x2.splat(LN2_LOW)),
  );
  return f64x2.sub(f64x2.mul(k, f64x2.splat(LN2_HIGH)), f64x2.sub(f64x2.sub(half, tail), f));
}

/** Replaces n uniforms, n even, by exponential variates. */
export function exponentials(p: usize, n: i32): void {
  for (let i = 0; i < n; i += 2, p += 16) {
    v128.store(p, f64x2.neg(log(f64x2.sub(f64x2.splat(1), v128.load(p)))));
  }
}

/** Replaces n uniforms, n a multiple of 4, by normal variates: each pair (u, v) by Box-Muller. */
export function normals(p: usize, n: i32): void {
  const sign = f64x2.splat(-0.0);
  for (let i = 0; i < n; i += 4, p += 32) {
    const first = v128.load(p);
    const second = v128.load(p, 16);
    const u = v128.shuffle<i64>(first, second, 0, 2);
    const turns = v128.shuffle<i64>(first, second, 1, 3);
    const l = log(f64x2.sub(f64x2.splat(1), u));
    const radius = f64x2.sqrt(f64x2.mul(f64x2.splat(-2), l));

    const quarter = f64x2.floor(timesPlus(f64x2.splat(4), turns, 0.5));
    const reduced = f64x2.sub(turns, f64x2.mul(f64x2.splat(0.25), quarter));
    const x = f64x2.mul(reduced, f64x2.splat(TAU));
    const z = f64x2.mul(x, x);
    let s = f64x2.splat(1.0 / 355687428096000.0);
    s = timesPlus(s, z, -1.0 / 1307674368000.0);
    s = timesPlus(s, z, 1.0 / 6227020800.0);
    s = timesPlus(s, z, -1.0 / 39916800.0);
    s = timesPlus(s, z, 1.0 / 362880.0);
    s = timesPlus(s, z, -1.0 / 5040.0);
    s = timesPlus(s, z, 1.0 / 120.0);
    s = timesPlus(s, z, -1.0 / 6.0);
    const sin = f64x2.add(x, f64x2.mul(f64x2.mul(x, z), s));
    let c = f64x2.splat(1.0 / 20922789888000.0);
    c = timesPlus(c, z, -1.0 / 87178291200.0);
    c = timesPlus(c, z, 1.0 / 479001600.0);
    c = timesPlus(c, z, -1.0 / 3628800.0);
    c = timesPlus(c, z, 1.0 / 40320.0);
    c = timesPlus(c, z, -1.0 / 720.0);
    c = timesPlus(c, z, 1.0 / 24.0);
    const half = f64x2.mul(f64x2.splat(0.5), z);
    const w = f64x2.sub(f64x2.splat(1), half);
    const lost = f64x2.sub(f64x2.sub(f64x2.splat(1), w), half);
    const cos = f64x2.add(w, f64x2.add(lost, f64x2.mul(f64x2.mul(z, z), c)));

    const q1 = f64x2.eq(quarter, f64x2.splat(1));
    const q2 = f64x2.eq(quarter, f64x2.splat(2));
    const q3 = f64x2.eq(quarter, f64x2.splat(3));
    const odd = v128.or(q1, q3);
    const cosSign = v128.and(v128.or(q1, q2), sign);
    const sinSign = v128.and(v128.or(q2, q3), sign);
    const a = f64x2.mul(v128.xor(v128.bitselect(sin, cos, odd), cosSign), radius);
    const b = f64x2.mul(v128.xor(v128.bitselect(cos, sin, odd), sinSign), radius);
    v128.store(p, v128.shuffle<i64>(a, b, 0, 2));
    v128.store(p, v128.shuffle<i64>(a, b, 1, 3), 16);
  }
}
