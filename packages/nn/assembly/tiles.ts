import { fma32 } from "../../compute/assembly/fma";

// Two rows of finished sums, 8, 16 or 24 columns wide, held in registers: each input vector is
// loaded once for both rows. The widths are written out because WebAssembly has no register arrays.
//
// Arguments: the padded plane at the tile's first column and its row stride; the taps (K x K); the
// input rows from..to-1 in steps of spread; the input row `top` under the first tap of the first
// output row, and how far the second output row lies below (`step`); where the two rows go, and how
// far apart they are.

/** `Tile` for 24 columns. */
export function tile24(
  x: usize,
  stride: i32,
  w: usize,
  K: i32,
  from: i32,
  to: i32,
  spread: i32,
  top: i32,
  step: i32,
  out: usize,
  width: i32,
): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let a4 = f32x4.splat(0);
  let a5 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let b2 = f32x4.splat(0);
  let b3 = f32x4.splat(0);
  let b4 = f32x4.splat(0);
  let b5 = f32x4.splat(0);
  for (let iy = from; iy < to; iy += spread) {
    const ka = iy - top;
    const kb = ka - step;
    let p = x + ((<usize>(iy / spread) * stride) << 2);
    let wa = w + ((<usize>(ka * K)) << 2);
    let wb = w + ((<usize>(kb * K)) << 2);
    const end = p + ((<usize>K) << 2);
    if (ka < K && kb >= 0) {
      for (; p < end; p += 4, wa += 4, wb += 4) {
        const s = v128.load32_splat(wa);
        const t = v128.load32_splat(wb);
        const x0 = v128.load(p);
        const x1 = v128.load(p, 16);
        const x2 = v128.load(p, 32);
        const x3 = v128.load(p, 48);
        const x4 = v128.load(p, 64);
        const x5 = v128.load(p, 80);
        a0 = fma32(x0, s, a0);
        b0 = fma32(x0, t, b0);
        a1 = fma32(x1, s, a1);
        b1 = fma32(x1, t, b1);
        a2 = fma32(x2, s, a2);
        b2 = fma32(x2, t, b2);
        a3 = fma32(x3, s, a3);
        b3 = fma32(x3, t, b3);
        a4 = fma32(x4, s, a4);
        b4 = fma32(x4, t, b4);
        a5 = fma32(x5, s, a5);
        b5 = fma32(x5, t, b5);
      }
    } else if (ka < K) {
      for (; p < end; p += 4, wa += 4) {
        const s = v128.load32_splat(wa);
        a0 = fma32(v128.load(p), s, a0);
        a1 = fma32(v128.load(p, 16), s, a1);
        a2 = fma32(v128.load(p, 32), s, a2);
        a3 = fma32(v128.load(p, 48), s, a3);
        a4 = fma32(v128.load(p, 64), s, a4);
        a5 = fma32(v128.load(p, 80), s, a5);
      }
    } else if (kb >= 0) {
      for (; p < end; p += 4, wb += 4) {
        const s = v128.load32_splat(wb);
        b0 = fma32(v128.load(p), s, b0);
        b1 = fma32(v128.load(p, 16), s, b1);
        b2 = fma32(v128.load(p, 32), s, b2);
        b3 = fma32(v128.load(p, 48), s, b3);
        b4 = fma32(v128.load(p, 64), s, b4);
        b5 = fma32(v128.load(p, 80), s, b5);
      }
    }
  }
  const below = out + ((<usize>width) << 2);
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, a2, 32);
  v128.store(out, a3, 48);
  v128.store(out, a4, 64);
  v128.store(out, a5, 80);
  v128.store(below, b0);
  v128.store(below, b1, 16);
  v128.store(below, b2, 32);
  v128.store(below, b3, 48);
  v128.store(below, b4, 64);
  v128.store(below, b5, 80);
}

/** `Tile` for 16 columns. */
export function tile16(
  x: usize,
  stride: i32,
  w: usize,
  K: i32,
  from: i32,
  to: i32,
  spread: i32,
  top: i32,
  step: i32,
  out: usize,
  width: i32,
): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let b2 = f32x4.splat(0);
  let b3 = f32x4.splat(0);
  for (let iy = from; iy < to; iy += spread) {
    const ka = iy - top;
    const kb = ka - step;
    let p = x + ((<usize>(iy / spread) * stride) << 2);
    let wa = w + ((<usize>(ka * K)) << 2);
    let wb = w + ((<usize>(kb * K)) << 2);
    const end = p + ((<usize>K) << 2);
    if (ka < K && kb >= 0) {
      for (; p < end; p += 4, wa += 4, wb += 4) {
        const s = v128.load32_splat(wa);
        const t = v128.load32_splat(wb);
        const x0 = v128.load(p);
        const x1 = v128.load(p, 16);
        const x2 = v128.load(p, 32);
        const x3 = v128.load(p, 48);
        a0 = fma32(x0, s, a0);
        b0 = fma32(x0, t, b0);
        a1 = fma32(x1, s, a1);
        b1 = fma32(x1, t, b1);
        a2 = fma32(x2, s, a2);
        b2 = fma32(x2, t, b2);
        a3 = fma32(x3, s, a3);
        b3 = fma32(x3, t, b3);
      }
    } else if (ka < K) {
      for (; p < end; p += 4, wa += 4) {
        const s = v128.load32_splat(wa);
        a0 = fma32(v128.load(p), s, a0);
        a1 = fma32(v128.load(p, 16), s, a1);
        a2 = fma32(v128.load(p, 32), s, a2);
        a3 = fma32(v128.load(p, 48), s, a3);
      }
    } else if (kb >= 0) {
      for (; p < end; p += 4, wb += 4) {
        const s = v128.load32_splat(wb);
        b0 = fma32(v128.load(p), s, b0);
        b1 = fma32(v128.load(p, 16), s, b1);
        b2 = fma32(v128.load(p, 32), s, b2);
        b3 = fma32(v128.load(p, 48), s, b3);
      }
    }
  }
  const below = out + ((<usize>width) << 2);
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, a2, 32);
  v128.store(out, a3, 48);
  v128.store(below, b0);
  v128.store(below, b1, 16);
  v128.store(below, b2, 32);
  v128.store(below, b3, 48);
}

/** `Tile` for 8 columns. */
export function tile8(
  x: usize,
  stride: i32,
  w: usize,
  K: i32,
  from: i32,
  to: i32,
  spread: i32,
  top: i32,
  step: i32,
  out: usize,
  width: i32,
): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  for (let iy = from; iy < to; iy += spread) {
    const ka = iy - top;
    const kb = ka - step;
    let p = x + ((<usize>(iy / spread) * stride) << 2);
    let wa = w + ((<usize>(ka * K)) << 2);
    let wb = w + ((<usize>(kb * K)) << 2);
    const end = p + ((<usize>K) << 2);
    if (ka < K && kb >= 0) {
      for (; p < end; p += 4, wa += 4, wb += 4) {
        const s = v128.load32_splat(wa);
        const t = v128.load32_splat(wb);
        const x0 = v128.load(p);
        const x1 = v128.load(p, 16);
        a0 = fma32(x0, s, a0);
        b0 = fma32(x0, t, b0);
        a1 = fma32(x1, s, a1);
        b1 = fma32(x1, t, b1);
      }
    } else if (ka < K) {
      for (; p < end; p += 4, wa += 4) {
        const s = v128.load32_splat(wa);
        a0 = fma32(v128.load(p), s, a0);
        a1 = fma32(v128.load(p, 16), s, a1);
      }
    } else if (kb >= 0) {
      for (; p < end; p += 4, wb += 4) {
        const s = v128.load32_splat(wb);
        b0 = fma32(v128.load(p), s, b0);
        b1 = fma32(v128.load(p, 16), s, b1);
      }
    }
  }
  const below = out + ((<usize>width) << 2);
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(below, b0);
  v128.store(below, b1, 16);
}
