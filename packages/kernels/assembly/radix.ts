// The butterflies of radix 4, two columns at a time. A complex array is two arrays of doubles, the
// imaginary one `d` bytes behind the real one. Bit-reversed order puts the four parts of a
// transform in the order 0, 2, 1, 3 of their residues, which is what makes the outputs natural.

import { fma64 } from "../../compute/assembly/fma";

/** Columns of a tile: 16 rows of them, real and imaginary, fit the first-level cache. */
export const TILE_COLUMNS: i32 = 64;
/** Transforms up to this logarithm of their size fit the first-level cache. */
export const SMALL: i32 = 10;
/** Transforms beyond this logarithm do not fit the second-level cache comfortably. */
export const LARGE: i32 = 13;

/** Transforms of size 2 at most, and their own inverses, one number at a time. */
export function tiny(p: usize, d: usize, m: i32, scale: f64): void {
  if (m == 0) {
    store<f64>(p, load<f64>(p) * scale);
    store<f64>(p + d, load<f64>(p + d) * scale);
    return;
  }
  for (let k = 0; k < 2; k++, p += d) {
    const a = load<f64>(p) * scale;
    const b = load<f64>(p, 8) * scale;
    store<f64>(p, a + b);
    store<f64>(p, a - b, 8);
  }
}

/** c - a * b, in one rounding where that is to be had. */
function fnma(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f64x2.relaxed_nmadd(a, b, c) : f64x2.sub(c, f64x2.mul(a, b));
}

/** The real part of (ar + i ai)(br + i bi). */
export function mulRe(ar: v128, ai: v128, br: v128, bi: v128): v128 {
  return fnma(ai, bi, f64x2.mul(ar, br));
}

/** The imaginary part of (ar + i ai)(br + i bi). */
export function mulIm(ar: v128, ai: v128, br: v128, bi: v128): v128 {
  return fma64(ai, br, f64x2.mul(ar, bi));
}

/**
 * Joins four transforms of `cols` columns each: rows `stride` bytes apart at `from`, results at
 * `to`. Twiddles exp(-2 pi i j / 4q) of the columns: real parts at `w`, imaginary ones `q` doubles on.
 */
export function join4(
  from: usize,
  d: usize,
  stride: usize,
  to: usize,
  td: usize,
  tstride: usize,
  cols: usize,
  w: usize,
  q: usize,
): void {
  const wd = q << 3;
  for (const end = from + (cols << 3); from < end; from += 16, to += 16, w += 16) {
    const wr = v128.load(w);
    const wi = v128.load(w + wd);
    const w2r = mulRe(wr, wi, wr, wi);
    const cross = f64x2.mul(wr, wi);
    const w2i = f64x2.add(cross, cross);
    let p = from + stride;
    let xr = v128.load(p);
    let xi = v128.load(p + d);
    let yr = mulRe(xr, xi, w2r, w2i);
    let yi = mulIm(xr, xi, w2r, w2i);
    xr = v128.load(from);
    xi = v128.load(from + d);
    const ar = f64x2.add(xr, yr);
    const ai = f64x2.add(xi, yi);
    const br = f64x2.sub(xr, yr);
    const bi = f64x2.sub(xi, yi);
    p += 2 * stride;
    xr = v128.load(p);
    xi = v128.load(p + d);
    yr = mulRe(xr, xi, w2r, w2i);
    yi = mulIm(xr, xi, w2r, w2i);
    p -= stride;
    xr = v128.load(p);
    xi = v128.load(p + d);
    let cr = f64x2.add(xr, yr);
    let ci = f64x2.add(xi, yi);
    const er = f64x2.sub(xr, yr);
    const ei = f64x2.sub(xi, yi);
    yr = mulRe(cr, ci, wr, wi);
    yi = mulIm(cr, ci, wr, wi);
    cr = mulRe(er, ei, wr, wi);
    ci = mulIm(er, ei, wr, wi);
    let t = to;
    v128.store(t, f64x2.add(ar, yr));
    v128.store(t + td, f64x2.add(ai, yi));
    t += tstride;
    v128.store(t, f64x2.add(br, ci));
    v128.store(t + td, f64x2.sub(bi, cr));
    t += tstride;
    v128.store(t, f64x2.sub(ar, yr));
    v128.store(t + td, f64x2.sub(ai, yi));
    t += tstride;
    v128.store(t, f64x2.sub(br, ci));
    v128.store(t + td, f64x2.add(bi, cr));
  }
}

/** The inverse of `join4`, times four: splits a transform into its four parts. */
export function split4(
  from: usize,
  d: usize,
  stride: usize,
  to: usize,
  td: usize,
  tstride: usize,
  cols: usize,
  w: usize,
  q: usize,
): void {
  const wd = q << 3;
  for (const end = from + (cols << 3); from < end; from += 16, to += 16, w += 16) {
    const wr = v128.load(w);
    const wi = f64x2.neg(v128.load(w + wd));
    const w2r = mulRe(wr, wi, wr, wi);
    const cross = f64x2.mul(wr, wi);
    const w2i = f64x2.add(cross, cross);
    let p = from + 2 * stride;
    let xr = v128.load(from);
    let xi = v128.load(from + d);
    let yr = v128.load(p);
    let yi = v128.load(p + d);
    const ar = f64x2.add(xr, yr);
    const ai = f64x2.add(xi, yi);
    let er = f64x2.sub(xr, yr);
    let ei = f64x2.sub(xi, yi);
    const cr = mulRe(er, ei, wr, wi);
    const ci = mulIm(er, ei, wr, wi);
    p = from + stride;
    xr = v128.load(p);
    xi = v128.load(p + d);
    p += 2 * stride;
    yr = v128.load(p);
    yi = v128.load(p + d);
    const br = f64x2.add(xr, yr);
    const bi = f64x2.add(xi, yi);
    // i (o1 - o3)
    er = f64x2.sub(yi, xi);
    ei = f64x2.sub(xr, yr);
    const gr = mulRe(er, ei, wr, wi);
    const gi = mulIm(er, ei, wr, wi);
    let t = to;
    v128.store(t, f64x2.add(ar, br));
    v128.store(t + td, f64x2.add(ai, bi));
    t += tstride;
    xr = f64x2.sub(ar, br);
    xi = f64x2.sub(ai, bi);
    v128.store(t, mulRe(xr, xi, w2r, w2i));
    v128.store(t + td, mulIm(xr, xi, w2r, w2i));
    t += tstride;
    v128.store(t, f64x2.add(cr, gr));
    v128.store(t + td, f64x2.add(ci, gi));
    t += tstride;
    xr = f64x2.sub(cr, gr);
    xi = f64x2.sub(ci, gi);
    v128.store(t, mulRe(xr, xi, w2r, w2i));
    v128.store(t + td, mulIm(xr, xi, w2r, w2i));
  }
}
