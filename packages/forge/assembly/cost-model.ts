import { fma32 } from "../../compute/assembly/fma";

/**
 * The first convolution of one sequence of `length` tokens: row r is ReLU(bias + sum over taps of the
 * table row of token r + tap - taps / 2). Adds each channel's sum to `sums`, raises `maxima`, and writes
 * the maxima of every four rows to `pooled`, which is zero before. `channels` is a multiple of 16.
 */
export function firstConvolution(
  ids: usize,
  length: i32,
  table: usize,
  taps: i32,
  bias: usize,
  channels: i32,
  maxima: usize,
  sums: usize,
  pooled: usize,
): void {
  const rowBytes = (<usize>channels) << 2;
  const half = taps >> 1;
  for (let r = 0; r < length; r++) {
    const begin = max(0, half - r);
    const end = min(taps, length - r + half);
    const pool = pooled + <usize>(r >> 2) * rowBytes;
    for (let c: usize = 0; c < rowBytes; c += 64) {
      let a0 = v128.load(bias + c);
      let a1 = v128.load(bias + c, 16);
      let a2 = v128.load(bias + c, 32);
      let a3 = v128.load(bias + c, 48);
      for (let tap = begin; tap < end; tap++) {
        const id = load<i32>(ids + ((<usize>(r + tap - half)) << 2));
        const entry = table + <usize>(id * taps + tap) * rowBytes + c;
        a0 = f32x4.add(a0, v128.load(entry));
        a1 = f32x4.add(a1, v128.load(entry, 16));
        a2 = f32x4.add(a2, v128.load(entry, 32));
        a3 = f32x4.add(a3, v128.load(entry, 48));
      }
      Row.take(f32x4.pmax(f32x4.splat(0), a0), maxima + c, sums + c, pool + c);
      Row.take(f32x4.pmax(f32x4.splat(0), a1), maxima + c + 16, sums + c + 16, pool + c + 16);
      Row.take(f32x4.pmax(f32x4.splat(0), a2), maxima + c + 32, sums + c + 32, pool + c + 32);
      Row.take(f32x4.pmax(f32x4.splat(0), a3), maxima + c + 48, sums + c + 48, pool + c + 48);
    }
  }
}

/** A class, since only methods may be marked for inlining everywhere they are called. */
class Row {
  @inline
  static take(value: v128, maxima: usize, sums: usize, pool: usize): void {
    v128.store(maxima, f32x4.pmax(v128.load(maxima), value));
    v128.store(sums, f32x4.add(v128.load(sums), value));
    v128.store(pool, f32x4.pmax(v128.load(pool), value));
  }

  @inline
  static put(to: usize, a: v128, b: v128, c: v128, d: v128, relu: i32): void {
    v128.store(to, relu ? f32x4.pmax(f32x4.splat(0), a) : a);
    v128.store(to, relu ? f32x4.pmax(f32x4.splat(0), b) : b, 16);
    v128.store(to, relu ? f32x4.pmax(f32x4.splat(0), c) : c, 32);
    v128.store(to, relu ? f32x4.pmax(f32x4.splat(0), d) : d, 48);
  }
}

/**
 * y = x w + bias, with ReLU if `relu`, for rows of `inner` numbers that begin `stride` numbers apart:
 * with a stride below `inner` rows overlap, which makes a product of shifted rows a convolution. `rows`
 * is a multiple of 4 and `width` one of 16.
 */
export function denseRows(
  x: usize,
  stride: i32,
  rows: i32,
  inner: i32,
  w: usize,
  bias: usize,
  width: i32,
  y: usize,
  relu: i32,
): void {
  const widthBytes = (<usize>width) << 2;
  const strideBytes = (<usize>stride) << 2;
  for (let c: usize = 0; c < widthBytes; c += 64) {
    for (let r = 0; r < rows; r += 4) {
      const x0 = x + <usize>r * strideBytes;
      const b0 = v128.load(bias + c);
      const b1 = v128.load(bias + c, 16);
      const b2 = v128.load(bias + c, 32);
      const b3 = v128.load(bias + c, 48);
      let a00 = b0;
      let a01 = b1;
      let a02 = b2;
      let a03 = b3;
      let a10 = b0;
      let a11 = b1;
      let a12 = b2;
      let a13 = b3;
      let a20 = b0;
      let a21 = b1;
      let a22 = b2;
      let a23 = b3;
      let a30 = b0;
      let a31 = b1;
      let a32 = b2;
      let a33 = b3;
      let p0 = x0;
      let p1 = x0 + strideBytes;
      let p2 = p1 + strideBytes;
      let p3 = p2 + strideBytes;
      let q = w + c;
      for (let k = 0; k < inner; k++) {
        const w0 = v128.load(q);
        const w1 = v128.load(q, 16);
        const w2 = v128.load(q, 32);
        const w3 = v128.load(q, 48);
        let u = v128.load32_splat(p0);
        a00 = fma32(u, w0, a00);
        a01 = fma32(u, w1, a01);
        a02 = fma32(u, w2, a02);
        a03 = fma32(u, w3, a03);
        u = v128.load32_splat(p1);
        a10 = fma32(u, w0, a10);
        a11 = fma32(u, w1, a11);
        a12 = fma32(u, w2, a12);
        a13 = fma32(u, w3, a13);
        u = v128.load32_splat(p2);
        a20 = fma32(u, w0, a20);
        a21 = fma32(u, w1, a21);
        a22 = fma32(u, w2, a22);
        a23 = fma32(u, w3, a23);
        u = v128.load32_splat(p3);
        a30 = fma32(u, w0, a30);
        a31 = fma32(u, w1, a31);
        a32 = fma32(u, w2, a32);
        a33 = fma32(u, w3, a33);
        p0 += 4;
        p1 += 4;
        p2 += 4;
        p3 += 4;
        q += widthBytes;
      }
      let o = y + <usize>r * widthBytes + c;
      Row.put(o, a00, a01, a02, a03, relu);
      o += widthBytes;
      Row.put(o, a10, a11, a12, a13, relu);
      o += widthBytes;
      Row.put(o, a20, a21, a22, a23, relu);
      o += widthBytes;
      Row.put(o, a30, a31, a32, a33, relu);
    }
  }
}

/** Maxima of rows 2 r and 2 r + 1 of x, for `rows` rows of y. */
export function poolPairs(x: usize, rows: i32, channels: i32, y: usize): void {
  const rowBytes = (<usize>channels) << 2;
  for (let r = 0; r < rows; r++) {
    for (let c: usize = 0; c < rowBytes; c += 16) {
      v128.store(y + c, f32x4.pmax(v128.load(x + c), v128.load(x + rowBytes + c)));
    }
    x += 2 * rowBytes;
    y += rowBytes;
  }
}

/** Maximum and sum of every channel over `rows` rows of numbers that are not negative. */
export function summarise(x: usize, rows: i32, channels: i32, maxima: usize, sums: usize): void {
  const rowBytes = (<usize>channels) << 2;
  for (let c: usize = 0; c < rowBytes; c += 16) {
    let most = f32x4.splat(0);
    let sum = f32x4.splat(0);
    for (let r = 0, p = x + c; r < rows; r++, p += rowBytes) {
      const value = v128.load(p);
      most = f32x4.pmax(most, value);
      sum = f32x4.add(sum, value);
    }
    v128.store(maxima + c, most);
    v128.store(sums + c, sum);
  }
}
