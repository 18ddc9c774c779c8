// Standard normal quantiles, two at a time: src/measures/normal-quantile.ts operation for operation,
// so that the bits are the same (nothing here may be fused). Constants are loaded from `c`, the block
// that src/measures/normal-quantiles.ts lays out, since V8 builds vector literals slowly.

// Indices into the block; polynomials begin with their highest coefficient.
const HALF = 0;
const ONE = 1;
const TWO = 2;
const SQRT2 = 3;
const LN2_HIGH = 4;
const LN2_LOW = 5;
const SPLIT = 6;
const MIDDLE_SHIFT = 7;
const FAR_SHIFT = 8;
const LEAST_NORMAL = 9;
const SCALE = 10;
const SCALE_EXPONENT = 11;
const LOG = 12; // 10 coefficients
const CENTRE = 22; // 8 coefficients above, 8 below the line
const MIDDLE = 38;
const FAR = 54;
const CENTRE_RADIUS: f64 = 0.425;

function at(c: usize, i: i32): v128 {
  return v128.load64_splat(c + ((<usize>i) << 3));
}

/** A quotient of polynomials of degree 7, whose 16 coefficients start at `first`. */
function rational(c: usize, first: i32, x: v128): v128 {
  let top = at(c, first);
  let bottom = at(c, first + 8);
  for (let k = 1; k < 8; k++) {
    top = f64x2.add(f64x2.mul(top, x), at(c, first + k));
    bottom = f64x2.add(f64x2.mul(bottom, x), at(c, first + 8 + k));
  }
  return f64x2.div(top, bottom);
}

/** Quantiles of probabilities q + 1/2, |q| <= 0.425. */
function centre(c: usize, q: v128): v128 {
  const x = f64x2.sub(at(c, SPLIT), f64x2.mul(q, q));
  return f64x2.mul(q, rational(c, CENTRE, x));
}

/** log of positive numbers. */
function log(c: usize, x: v128): v128 {
  const tiny = f64x2.lt(x, at(c, LEAST_NORMAL));
  x = v128.bitselect(f64x2.mul(x, at(c, SCALE)), x, tiny);
  const exponent = i64x2.sub(i64x2.shr_u(x, 52), i64x2.splat(1023));
  let k = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(exponent, exponent, 0, 2, 0, 2));
  k = f64x2.sub(k, v128.and(tiny, at(c, SCALE_EXPONENT)));
  let m = v128.or(v128.and(x, i64x2.splat(0xfffffffffffff)), at(c, ONE));
  const above = f64x2.gt(m, at(c, SQRT2));
  m = v128.bitselect(f64x2.mul(m, at(c, HALF)), m, above);
  k = f64x2.add(k, v128.and(above, at(c, ONE)));
  const f = f64x2.sub(m, at(c, ONE));
  const s = f64x2.div(f, f64x2.add(at(c, TWO), f));
  const z = f64x2.mul(s, s);
  let r = at(c, LOG);
  for (let i = 1; i < 10; i++) r = f64x2.add(f64x2.mul(r, z), at(c, LOG + i));
  const half = f64x2.mul(f64x2.mul(at(c, HALF), f), f);
  const tail = f64x2.add(
    f64x2.mul(s, f64x2.add(half, f64x2.mul(r, z))),
    f64x2.mul(k, at(c, LN2_LOW)),
  );
  return f64x2.sub(f64x2.mul(k, at(c, LN2_HIGH)), f64x2.sub(f64x2.sub(half, tail), f));
}

/** |x| of upper tail probabilities below 0.075, 0 included. */
function tail(c: usize, p: v128): v128 {
  const r = f64x2.sqrt(f64x2.neg(log(c, p)));
  let x = rational(c, MIDDLE, f64x2.sub(r, at(c, MIDDLE_SHIFT)));
  const far = f64x2.gt(r, at(c, FAR_SHIFT));
  if (v128.any_true(far)) {
    const further = rational(c, FAR, f64x2.sub(r, at(c, FAR_SHIFT)));
    x = v128.bitselect(further, x, far);
  }
  const zero = f64x2.eq(p, f64x2.splat(0));
  return v128.bitselect(f64x2.splat(Infinity), x, zero);
}

/**
 * Replaces n numbers of [0, 1] at `p`, n even, by standard normal quantiles. `index` has room for
 * n + 1 32-bit integers: those beyond the centre (15 % of uniform numbers) are listed there on the
 * way, so that no branch has to be guessed.
 */
export function normalQuantiles(p: usize, n: i32, index: usize, c: usize): void {
  let tails = 0;
  for (let i = 0; i < n; i += 2) {
    const here = p + ((<usize>i) << 3);
    const q = f64x2.sub(v128.load(here), at(c, HALF));
    const beyond = f64x2.gt(f64x2.abs(q), f64x2.splat(CENTRE_RADIUS));
    const x = centre(c, q);
    // what is beyond stays as it is, for the next loop
    v128.store(here, v128.bitselect(v128.load(here), x, beyond));
    const mask = i64x2.bitmask(beyond);
    store<i32>(index + ((<usize>tails) << 2), i);
    tails += mask & 1;
    store<i32>(index + ((<usize>tails) << 2), i + 1);
    tails += mask >> 1;
  }
  // an odd one out goes twice
  if (tails > 0)
    store<i32>(index + ((<usize>tails) << 2), load<i32>(index + ((<usize>(tails - 1)) << 2)));
  for (let k = 0; k < tails; k += 2) {
    const a = p + ((<usize>load<i32>(index + ((<usize>k) << 2))) << 3);
    const b = p + ((<usize>load<i32>(index + ((<usize>k) << 2) + 4)) << 3);
    let u = f64x2.splat(load<f64>(a));
    u = f64x2.replace_lane(u, 1, load<f64>(b));
    const q = f64x2.sub(u, at(c, HALF));
    const below = f64x2.lt(q, f64x2.splat(0));
    const smaller = v128.bitselect(u, f64x2.sub(at(c, ONE), u), below);
    const x = tail(c, smaller);
    const signed = v128.bitselect(f64x2.neg(x), x, below);
    store<f64>(a, f64x2.extract_lane(signed, 0));
    store<f64>(b, f64x2.extract_lane(signed, 1));
  }
}
