// The inverse of fft.ts, from natural to bit-reversed order (decimation in frequency): the same
// joints taken apart in the reverse order. Twiddles and scratch as there.

import { LARGE, mulIm, mulRe, SMALL, split4, TILE_COLUMNS, tiny } from "./radix";

/** The inverse transforms of runs of four, n numbers in all, times 4 scale. */
function base4(p: usize, d: usize, n: usize, scale: v128): void {
  for (const end = p + (n << 3); p < end; p += 32) {
    const q = p + d;
    let u = f64x2.mul(v128.load(p), scale);
    let v = f64x2.mul(v128.load(p, 16), scale);
    const abr = f64x2.add(u, v);
    const cer = f64x2.sub(u, v);
    u = f64x2.mul(v128.load(q), scale);
    v = f64x2.mul(v128.load(q, 16), scale);
    const abi = f64x2.add(u, v);
    const cei = f64x2.sub(u, v);
    // c and e with (c, -i e) = (cer, cei): e = (-cei, cer)
    const sr = v128.shuffle<f64>(abr, cer, 0, 2); // (a, c)
    const tr = v128.shuffle<f64>(abr, f64x2.neg(cei), 1, 3); // (b, e)
    const si = v128.shuffle<f64>(abi, cei, 0, 2);
    const ti = v128.shuffle<f64>(abi, cer, 1, 3);
    let even = f64x2.add(sr, tr);
    let odd = f64x2.sub(sr, tr);
    v128.store(p, v128.shuffle<f64>(even, odd, 0, 2));
    v128.store(p, v128.shuffle<f64>(even, odd, 1, 3), 16);
    even = f64x2.add(si, ti);
    odd = f64x2.sub(si, ti);
    v128.store(q, v128.shuffle<f64>(even, odd, 0, 2));
    v128.store(q, v128.shuffle<f64>(even, odd, 1, 3), 16);
  }
}

/** Splits transforms of eight (n numbers in all) into pairs of transforms of four. */
function split2of4(p: usize, d: usize, n: usize): void {
  const r = Math.SQRT1_2;
  const w0r = f64x2(1, r);
  const w0i = f64x2(0, r);
  const w1r = f64x2(0, -r);
  const w1i = f64x2(1, r);
  for (const end = p + (n << 3); p < end; p += 64) {
    const q = p + d;
    let ar = v128.load(p);
    let ai = v128.load(q);
    let br = v128.load(p, 32);
    let bi = v128.load(q, 32);
    let xr = f64x2.sub(ar, br);
    let xi = f64x2.sub(ai, bi);
    v128.store(p, f64x2.add(ar, br));
    v128.store(q, f64x2.add(ai, bi));
    v128.store(p, mulRe(xr, xi, w0r, w0i), 32);
    v128.store(q, mulIm(xr, xi, w0r, w0i), 32);
    ar = v128.load(p, 16);
    ai = v128.load(q, 16);
    br = v128.load(p, 48);
    bi = v128.load(q, 48);
    xr = f64x2.sub(ar, br);
    xi = f64x2.sub(ai, bi);
    v128.store(p, f64x2.add(ar, br), 16);
    v128.store(q, f64x2.add(ai, bi), 16);
    v128.store(p, mulRe(xr, xi, w1r, w1i), 48);
    v128.store(q, mulIm(xr, xi, w1r, w1i), 48);
  }
}

/** The inverse of `fftTiles`, times sixteen. */
export function ifftTiles(
  p: usize,
  d: usize,
  row: usize,
  start: usize,
  end: usize,
  tw: usize,
  scratch: usize,
): void {
  const cols: usize = TILE_COLUMNS;
  const sd = 16 * (cols << 3);
  const inner = tw + (row << 4);
  const outer = tw + (row << 6);
  for (let c = start; c < end; c += cols) {
    for (let k: usize = 0; k < 4; k++) {
      split4(
        p + ((k * row + c) << 3),
        d,
        (4 * row) << 3,
        scratch + ((k * cols) << 3),
        sd,
        (4 * cols) << 3,
        cols,
        outer + ((k * row + c) << 3),
        4 * row,
      );
    }
    for (let g: usize = 0; g < 4; g++) {
      split4(
        scratch + ((4 * g * cols) << 3),
        sd,
        cols << 3,
        p + ((4 * g * row + c) << 3),
        d,
        row << 3,
        cols,
        inner + (c << 3),
        row,
      );
    }
  }
}

/** The whole inverse transform, times n scale. */
export function ifftBlock(p: usize, d: usize, m: i32, scale: f64, tw: usize, scratch: usize): void {
  if (m < 2) return tiny(p, d, m, scale);
  const n: usize = (<usize>1) << m;
  if (m > SMALL) {
    const stages = m > LARGE ? 4 : 2;
    const row = n >> stages;
    if (stages == 4) ifftTiles(p, d, row, 0, row, tw, scratch);
    else split4(p, d, row << 3, p, d, row << 3, row, tw + (row << 4), row);
    const parts: usize = (<usize>1) << stages;
    for (let i: usize = 0; i < parts; i++) {
      ifftBlock(p + ((i * row) << 3), d, m - stages, scale, tw, scratch);
    }
    return;
  }
  const end = p + (n << 3);
  const first: usize = m & 1 ? 8 : 4;
  for (let q = n >> 2; q >= first; q >>= 2) {
    for (let b = p; b < end; b += q << 5) {
      split4(b, d, q << 3, b, d, q << 3, q, tw + (q << 4), q);
    }
  }
  if (m & 1) split2of4(p, d, n);
  base4(p, d, n, f64x2.splat(scale));
}

/** `ifftBlock` of `rows` transforms one after another. */
export function ifftRows(
  p: usize,
  rows: i32,
  d: usize,
  m: i32,
  scale: f64,
  tw: usize,
  scratch: usize,
): void {
  const bytes: usize = (<usize>8) << m;
  for (let r = 0; r < rows; r++, p += bytes) ifftBlock(p, d, m, scale, tw, scratch);
}
