// Diagonal unitaries: every amplitude is turned by an angle of its own.
import { fma64 } from "../../compute/assembly/fma";

/** Two angles less the nearest multiple of pi/2, in three parts of pi/2 (Cody and Waite). */
function reduced(x: v128, k: v128): v128 {
  const minusK = f64x2.neg(k);
  let r = f64x2.add(x, f64x2.mul(minusK, f64x2.splat(1.5707963267341256)));
  r = f64x2.add(r, f64x2.mul(minusK, f64x2.splat(6.077100506303966e-11)));
  return f64x2.add(r, f64x2.mul(minusK, f64x2.splat(2.0222662487959506e-21)));
}

/** sin on [-pi/4, pi/4], from r and z = r^2: minimax coefficients of fdlibm. */
function sine(r: v128, z: v128): v128 {
  let p = f64x2.splat(1.58969099521155010221e-10);
  p = fma64(p, z, f64x2.splat(-2.50507602534068634195e-8));
  p = fma64(p, z, f64x2.splat(2.75573137070700676789e-6));
  p = fma64(p, z, f64x2.splat(-1.98412698298579493134e-4));
  p = fma64(p, z, f64x2.splat(8.33333333332248946124e-3));
  p = fma64(p, z, f64x2.splat(-1.66666666666666324348e-1));
  return fma64(f64x2.mul(p, z), r, r);
}

/** cos on [-pi/4, pi/4]. */
function cosine(z: v128): v128 {
  let p = f64x2.splat(-1.13596475577881948265e-11);
  p = fma64(p, z, f64x2.splat(2.0875723212981748279e-9));
  p = fma64(p, z, f64x2.splat(-2.75573143513906633035e-7));
  p = fma64(p, z, f64x2.splat(2.48015872894767294178e-5));
  p = fma64(p, z, f64x2.splat(-1.38888888888741095749e-3));
  p = fma64(p, z, f64x2.splat(4.16666666666666019037e-2));
  p = fma64(p, z, f64x2.splat(-0.5));
  return fma64(p, z, f64x2.splat(1));
}

/**
 * sin in place of n (even) angles at `angles`, cos at `cosines`. Angles are at most 1e5 in size:
 * src/feature-maps/ising-phases.ts looks.
 */
export function cosSin(angles: usize, cosines: usize, n: usize): void {
  for (const end = angles + (n << 3); angles < end; angles += 16, cosines += 16) {
    const x = v128.load(angles);
    const k = f64x2.nearest(f64x2.mul(x, f64x2.splat(0.6366197723675814)));
    const r = reduced(x, k);
    const z = f64x2.mul(r, r);
    const s = sine(r, z);
    const c = cosine(z);
    // k mod 4: odd quarters exchange sin and cos, quarters 2 and 3 turn the sign of sin, 1 and 2 of cos
    const quarter = i32x4.trunc_sat_f64x2_s_zero(k);
    const wide = v128.shuffle<i32>(quarter, quarter, 0, 0, 1, 1);
    const odd = i64x2.ne(v128.and(wide, i64x2.splat(1)), i64x2.splat(0));
    const signS = i64x2.shl(v128.and(wide, i64x2.splat(2)), 62);
    const next = i64x2.add(wide, i64x2.splat(1));
    const signC = i64x2.shl(v128.and(next, i64x2.splat(2)), 62);
    v128.store(angles, v128.xor(v128.bitselect(c, s, odd), signS));
    v128.store(cosines, v128.xor(v128.bitselect(s, c, odd), signC));
  }
}

/** Multiplies n (even) amplitudes by cos + i sin. */
export function turn(re: usize, im: usize, cosines: usize, sines: usize, n: usize): void {
  for (let k: usize = 0; k < n << 3; k += 16) {
    const xr = v128.load(re + k);
    const xi = v128.load(im + k);
    const c = v128.load(cosines + k);
    const s = v128.load(sines + k);
    v128.store(re + k, f64x2.sub(f64x2.mul(c, xr), f64x2.mul(s, xi)));
    v128.store(im + k, fma64(s, xr, f64x2.mul(c, xi)));
  }
}

/**
 * The angles sum_S phi_S prod_{i in S} s_i of all 2^m basis states, s_i = +1 where bit i of the
 * index is 0 and -1 where it is 1: `field` holds phi_i (m doubles) and `pair` phi_ij (m x m, j < i
 * used). By doubling: with bit k set, the terms that hold k change their sign.
 */
export function isingAngles(out: usize, m: i32, field: usize, pair: usize): void {
  let sum: f64 = 0;
  for (let i = 0; i < m; i++) {
    sum += load<f64>(field + ((<usize>i) << 3));
    for (let j = 0; j < i; j++) sum += load<f64>(pair + ((<usize>(i * m + j)) << 3));
  }
  store<f64>(out, sum);
  for (let k = 0; k < m; k++) {
    const half: usize = (<usize>1) << k;
    // what the terms with k add up to, twice; by doubling again, in the upper half
    let flip: f64 = load<f64>(field + ((<usize>k) << 3));
    for (let j = 0; j < k; j++) flip += load<f64>(pair + ((<usize>(k * m + j)) << 3));
    for (let j = k + 1; j < m; j++) flip += load<f64>(pair + ((<usize>(j * m + k)) << 3));
    const upper = out + (half << 3);
    store<f64>(upper, 2 * flip);
    for (let j = 0; j < k; j++) {
      const size: usize = (<usize>1) << j;
      const change = 4 * load<f64>(pair + ((<usize>(k * m + j)) << 3));
      for (let i: usize = 0; i < size; i++) {
        store<f64>(upper + ((size + i) << 3), load<f64>(upper + (i << 3)) - change);
      }
    }
    for (let i: usize = 0; i < half; i++) {
      store<f64>(upper + (i << 3), load<f64>(out + (i << 3)) - load<f64>(upper + (i << 3)));
    }
  }
}
