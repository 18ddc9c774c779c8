// Cosine and sine of whole turns, cos(2 pi t) and sin(2 pi t). Counted in turns an angle is reduced
// without any error, however large: t less the nearest whole number is exact. Either is then the sine
// of a distance of at most a quarter of a turn to one of its zeros.
import { fma64 } from "../../compute/assembly/fma";

/** t less the nearest whole number, in [-1/2, 1/2]; 1/4, whose cosine is 0, for what is not finite. */
export function fractionOfTurn(t: v128): v128 {
  const r = f64x2.sub(t, f64x2.nearest(t));
  return v128.bitselect(r, f64x2.splat(0.25), f64x2.eq(r, r));
}

/** The y in [-1/4, 1/4] with sin(2 pi y) = cos(2 pi r), for |r| <= 1/2. */
export function cosineDistance(r: v128): v128 {
  return f64x2.sub(f64x2.splat(0.25), f64x2.abs(r));
}

/** The y in [-1/4, 1/4] with sin(2 pi y) = sin(2 pi r), for |r| <= 1/2. */
export function sineDistance(r: v128): v128 {
  const size = f64x2.abs(r);
  const y = f64x2.pmin(size, f64x2.sub(f64x2.splat(0.5), size));
  return v128.bitselect(r, y, f64x2.splat(-0.0));
}

/**
 * Writes the coefficients of sin(2 pi y) / y in y^2 to 12 doubles: 2 pi in two parts, since what the first
 * lacks is a third of its last digit, then Taylor's, the first term left out below 2^-59. They lie in
 * memory because engines make a constant of a loop anew each time, at three times the cost of a load.
 */
export function putSineTable(at: usize): void {
  store<f64>(at, 2.4492935982947064e-16);
  store<f64>(at, 6.283185307179586, 8);
  store<f64>(at, -41.34170224039976, 16);
  store<f64>(at, 81.60524927607506, 24);
  store<f64>(at, -76.70585975306139, 32);
  store<f64>(at, 42.058693944897655, 40);
  store<f64>(at, -15.09464257682299, 48);
  store<f64>(at, 3.819952584848282, 56);
  store<f64>(at, -0.7181223017785006, 64);
  store<f64>(at, 0.10422916220813984, 72);
  store<f64>(at, -0.012031585942120627, 80);
  store<f64>(at, 0.0011309237482517963, 88);
}

/**
 * height sin(2 pi y) in place of n numbers y in [-1/4, 1/4], the sine within 2 units in the last place.
 * Eight at a time, so that a coefficient is loaded once for four polynomials.
 */
export function quarterSines(at: usize, height: f64, n: i32, table: usize): void {
  const h = f64x2.splat(height);
  for (; n >= 8; n -= 8, at += 64) {
    let z0 = v128.load(at);
    let z1 = v128.load(at, 16);
    let z2 = v128.load(at, 32);
    let z3 = v128.load(at, 48);
    z0 = f64x2.mul(z0, z0);
    z1 = f64x2.mul(z1, z1);
    z2 = f64x2.mul(z2, z2);
    z3 = f64x2.mul(z3, z3);
    let p0 = v128.load64_splat(table, 88);
    let p1 = p0;
    let p2 = p0;
    let p3 = p0;
    for (let from = table + 80; from > table + 8; from -= 8) {
      const c = v128.load64_splat(from);
      p0 = fma64(p0, z0, c);
      p1 = fma64(p1, z1, c);
      p2 = fma64(p2, z2, c);
      p3 = fma64(p3, z3, c);
    }
    const low = v128.load64_splat(table);
    const high = v128.load64_splat(table, 8);
    finish(at, h, f64x2.mul(p0, z0), low, high);
    finish(at + 16, h, f64x2.mul(p1, z1), low, high);
    finish(at + 32, h, f64x2.mul(p2, z2), low, high);
    finish(at + 48, h, f64x2.mul(p3, z3), low, high);
  }
  for (; n > 0; n -= 2, at += 16) {
    const y = n > 1 ? v128.load(at) : v128.load64_splat(at);
    const z = f64x2.mul(y, y);
    let p = v128.load64_splat(table, 88);
    for (let from = table + 80; from > table + 8; from -= 8) {
      p = fma64(p, z, v128.load64_splat(from));
    }
    p = f64x2.mul(p, z);
    const s = scaledSine(y, h, p, v128.load64_splat(table), v128.load64_splat(table, 8));
    if (n > 1) v128.store(at, s);
    else v128.store64_lane(at, s, 0);
  }
}

/** height (high + low + p) y. */
function scaledSine(y: v128, height: v128, p: v128, low: v128, high: v128): v128 {
  return f64x2.mul(height, fma64(y, high, fma64(p, y, f64x2.mul(y, low))));
}

function finish(at: usize, height: v128, p: v128, low: v128, high: v128): void {
  v128.store(at, scaledSine(v128.load(at), height, p, low, high));
}
