// The unitary Fourier transform of 2^m complex numbers in place, from bit-reversed to natural order
// (decimation in time): neighbours first, then growing transforms joined four by four. Depth first,
// so that small transforms stay in cache; the large ones are joined sixteen by sixteen in tiles,
// which pass over memory once for four stages.
//
// Twiddles at `tw`: for every power of two q, at 2q doubles, the q cosines of -2 pi j / 4q and then
// the q sines.

import { join4, LARGE, mulIm, mulRe, SMALL, TILE_COLUMNS, tiny } from "./radix";

/** The transforms of runs of four, n numbers in all, scaled. */
function base4(p: usize, d: usize, n: usize, scale: v128): void {
  for (const end = p + (n << 3); p < end; p += 32) {
    // Even and odd halves: (x0, x2) and (x1, x3) of the run.
    let u = v128.load(p);
    let v = v128.load(p, 16);
    let even = f64x2.mul(v128.shuffle<f64>(u, v, 0, 2), scale);
    let odd = f64x2.mul(v128.shuffle<f64>(u, v, 1, 3), scale);
    const sr = f64x2.add(even, odd); // (a, c)
    const tr = f64x2.sub(even, odd); // (b, e)
    const pi = p + d;
    u = v128.load(pi);
    v = v128.load(pi, 16);
    even = f64x2.mul(v128.shuffle<f64>(u, v, 0, 2), scale);
    odd = f64x2.mul(v128.shuffle<f64>(u, v, 1, 3), scale);
    const si = f64x2.add(even, odd);
    const ti = f64x2.sub(even, odd);
    // (a, b) plus or minus (c, -i e): -i e = (ei, -er)
    const abr = v128.shuffle<f64>(sr, tr, 0, 2);
    const abi = v128.shuffle<f64>(si, ti, 0, 2);
    const cer = v128.shuffle<f64>(sr, ti, 1, 3);
    const cei = v128.shuffle<f64>(si, f64x2.neg(tr), 1, 3);
    v128.store(p, f64x2.add(abr, cer));
    v128.store(pi, f64x2.add(abi, cei));
    v128.store(p, f64x2.sub(abr, cer), 16);
    v128.store(pi, f64x2.sub(abi, cei), 16);
  }
}

/** Joins pairs of transforms of four (n numbers in all) to transforms of eight. */
function join2of4(p: usize, d: usize, n: usize): void {
  const r = Math.SQRT1_2;
  const w0r = f64x2(1, r);
  const w0i = f64x2(0, -r);
  const w1r = f64x2(0, -r);
  const w1i = f64x2(-1, -r);
  for (const end = p + (n << 3); p < end; p += 64) {
    const q = p + d;
    let xr = v128.load(p, 32);
    let xi = v128.load(q, 32);
    let yr = mulRe(xr, xi, w0r, w0i);
    let yi = mulIm(xr, xi, w0r, w0i);
    let ar = v128.load(p);
    let ai = v128.load(q);
    v128.store(p, f64x2.add(ar, yr));
    v128.store(q, f64x2.add(ai, yi));
    v128.store(p, f64x2.sub(ar, yr), 32);
    v128.store(q, f64x2.sub(ai, yi), 32);
    xr = v128.load(p, 48);
    xi = v128.load(q, 48);
    yr = mulRe(xr, xi, w1r, w1i);
    yi = mulIm(xr, xi, w1r, w1i);
    ar = v128.load(p, 16);
    ai = v128.load(q, 16);
    v128.store(p, f64x2.add(ar, yr), 16);
    v128.store(q, f64x2.add(ai, yi), 16);
    v128.store(p, f64x2.sub(ar, yr), 48);
    v128.store(q, f64x2.sub(ai, yi), 48);
  }
}

/**
 * Joins sixteen transforms of `row` numbers, side by side at `p`, to one: the columns from `start`
 * to `end`. `scratch` holds 2 x 16 x 64 doubles.
 */
export function fftTiles(
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
    for (let g: usize = 0; g < 4; g++) {
      join4(
        p + ((4 * g * row + c) << 3),
        d,
        row << 3,
        scratch + ((4 * g * cols) << 3),
        sd,
        cols << 3,
        cols,
        inner + (c << 3),
        row,
      );
    }
    for (let k: usize = 0; k < 4; k++) {
      join4(
        scratch + ((k * cols) << 3),
        sd,
        (4 * cols) << 3,
        p + ((k * row + c) << 3),
        d,
        (4 * row) << 3,
        cols,
        outer + ((k * row + c) << 3),
        4 * row,
      );
    }
  }
}

/** The whole transform, times `scale`; d bytes from real to imaginary; scratch as in `fftTiles`. */
export function fftBlock(p: usize, d: usize, m: i32, scale: f64, tw: usize, scratch: usize): void {
  if (m < 2) return tiny(p, d, m, scale);
  const n: usize = (<usize>1) << m;
  if (m <= SMALL) {
    base4(p, d, n, f64x2.splat(scale));
    let q: usize = 4;
    if (m & 1) {
      join2of4(p, d, n);
      q = 8;
    }
    const end = p + (n << 3);
    for (; q < n; q <<= 2) {
      for (let b = p; b < end; b += q << 5) {
        join4(b, d, q << 3, b, d, q << 3, q, tw + (q << 4), q);
      }
    }
    return;
  }
  const stages = m > LARGE ? 4 : 2;
  const row = n >> stages;
  const parts: usize = (<usize>1) << stages;
  for (let i: usize = 0; i < parts; i++) {
    fftBlock(p + ((i * row) << 3), d, m - stages, scale, tw, scratch);
  }
  if (stages == 4) fftTiles(p, d, row, 0, row, tw, scratch);
  else join4(p, d, row << 3, p, d, row << 3, row, tw + (row << 4), row);
}

/** `fftBlock` of `rows` transforms one after another. */
export function fftRows(
  p: usize,
  rows: i32,
  d: usize,
  m: i32,
  scale: f64,
  tw: usize,
  scratch: usize,
): void {
  const bytes: usize = (<usize>8) << m;
  for (let r = 0; r < rows; r++, p += bytes) fftBlock(p, d, m, scale, tw, scratch);
}
