// Kernels of a squared distance, their Gram matrices and the sums of their gradients. `kind` is one
// of the constants below. Points come scaled, so that the distance is a plain sum of squares: x as
// rows, z transposed, its rows padded with anything to `stride`, a multiple of 4 doubles.
import { fma64 } from "../../compute/assembly/fma";
import { expNegative } from "../../compute/assembly/log-sum-exp";

// Also in src/standard/radial-wasm.ts.
const GAUSSIAN = 0;
const MATERN12 = 1;
const MATERN32 = 2;
const MATERN52 = 3;

/** The r of which phi is a polynomial times exp(-r), of two q. */
function argument(kind: i32, q: v128): v128 {
  if (kind == GAUSSIAN) return q;
  if (kind == MATERN32) q = f64x2.mul(q, f64x2.splat(3));
  if (kind == MATERN52) q = f64x2.mul(q, f64x2.splat(5));
  return f64x2.sqrt(q);
}

/** phi from r and e = exp(-r). */
function profile(kind: i32, r: v128, e: v128): v128 {
  if (kind <= MATERN12) return e;
  const one = f64x2.splat(1);
  if (kind == MATERN32) return f64x2.mul(f64x2.add(one, r), e);
  const p = f64x2.add(one, fma64(f64x2.mul(r, f64x2.splat(1.0 / 3.0)), r, r));
  return f64x2.mul(p, e);
}

/** -2 phi'(q) from r and e = exp(-r); 0 where it is infinite at q = 0. */
function slope(kind: i32, r: v128, e: v128): v128 {
  if (kind == GAUSSIAN) return f64x2.add(e, e);
  if (kind == MATERN12) return v128.and(f64x2.gt(r, f64x2.splat(0)), f64x2.div(e, r));
  if (kind == MATERN32) return f64x2.mul(f64x2.splat(3), e);
  const p = f64x2.mul(f64x2.splat(5.0 / 3.0), f64x2.add(f64x2.splat(1), r));
  return f64x2.mul(p, e);
}

/** scale * phi of two q. */
function scaledProfile(kind: i32, scale: v128, q: v128): v128 {
  const r = argument(kind, q);
  return f64x2.mul(scale, profile(kind, r, expNegative(f64x2.neg(r))));
}

/** Rows from..to-1 of scale * phi: m x stride. */
export function radialGram(
  kind: i32,
  scale: f64,
  x: usize,
  z: usize,
  out: usize,
  d: i32,
  stride: i32,
  from: i32,
  to: i32,
): void {
  const s = f64x2.splat(scale);
  const row = (<usize>stride) << 3;
  for (let i = from; i < to; i++) {
    const point = x + <usize>i * ((<usize>d) << 3);
    for (let j: usize = 0; j < row; j += 32) {
      let a = f64x2.splat(0);
      let b = f64x2.splat(0);
      for (let k: usize = 0, at = z + j; k < <usize>d; k++, at += row) {
        const xk = v128.load64_splat(point + (k << 3));
        const t = f64x2.sub(xk, v128.load(at));
        const u = f64x2.sub(xk, v128.load(at, 16));
        a = fma64(t, t, a);
        b = fma64(u, u, b);
      }
      const c = out + <usize>i * row + j;
      v128.store(c, scaledProfile(kind, s, a));
      v128.store(c, scaledProfile(kind, s, b), 16);
    }
  }
}

/** scale * phi in place of the n numbers q; reads and writes up to an even number of them. */
export function radialProfiles(kind: i32, scale: f64, q: usize, n: i32): void {
  const s = f64x2.splat(scale);
  const end = q + ((<usize>n) << 3);
  for (let at = q; at < end; at += 16) {
    v128.store(at, scaledProfile(kind, s, v128.load(at)));
  }
}

/**
 * For each row i in from..to-1 the sums over j of w_ij phi(q_ij), and of w_ij (-2 phi'(q_ij)) t_k^2
 * for every dimension k: d + 1 numbers a row, to `sums`. `w` is m x stride with zeros where z is
 * padded; `scratch` holds 2 (d + 1) doubles.
 */
export function radialGradientSums(
  kind: i32,
  x: usize,
  z: usize,
  w: usize,
  sums: usize,
  scratch: usize,
  d: i32,
  stride: i32,
  from: i32,
  to: i32,
): void {
  const row = (<usize>stride) << 3;
  const dims = <usize>d;
  for (let i = from; i < to; i++) {
    const point = x + <usize>i * (dims << 3);
    for (let k: usize = 0; k <= dims; k++) v128.store(scratch + (k << 4), f64x2.splat(0));
    for (let j: usize = 0; j < row; j += 16) {
      let q = f64x2.splat(0);
      for (let k: usize = 0, at = z + j; k < dims; k++, at += row) {
        const t = f64x2.sub(v128.load64_splat(point + (k << 3)), v128.load(at));
        q = fma64(t, t, q);
      }
      const weight = v128.load(w + <usize>i * row + j);
      const r = argument(kind, q);
      const e = expNegative(f64x2.neg(r));
      v128.store(scratch, fma64(weight, profile(kind, r, e), v128.load(scratch)));
      const factor = f64x2.mul(weight, slope(kind, r, e));
      for (let k: usize = 0, at = z + j; k < dims; k++, at += row) {
        const t = f64x2.sub(v128.load64_splat(point + (k << 3)), v128.load(at));
        const sum = scratch + ((k + 1) << 4);
        v128.store(sum, fma64(f64x2.mul(t, t), factor, v128.load(sum)));
      }
    }
    for (let k: usize = 0; k <= dims; k++) {
      const sum = v128.load(scratch + (k << 4));
      const total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
      store<f64>(sums + ((<usize>i * (dims + 1) + k) << 3), total);
    }
  }
}
