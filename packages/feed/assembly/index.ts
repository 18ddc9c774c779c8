// What a search by meaning does most: the products of one vector with all others.
import { fma32 } from "../../compute/assembly/fma";

/** out[i] = query . rows[i] for n rows of `stride` numbers, a multiple of 16; all single precision. */
export function dots(query: usize, rows: usize, n: i32, stride: i32, out: usize): void {
  const bytes = (<usize>stride) << 2;
  for (let i = 0; i < n; i++) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    for (let p: usize = 0; p < bytes; p += 64) {
      const x = rows + p;
      const y = query + p;
      a = fma32(v128.load(x), v128.load(y), a);
      b = fma32(v128.load(x, 16), v128.load(y, 16), b);
      c = fma32(v128.load(x, 32), v128.load(y, 32), c);
      d = fma32(v128.load(x, 48), v128.load(y, 48), d);
    }
    const s = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
    const sum =
      f32x4.extract_lane(s, 0) +
      f32x4.extract_lane(s, 1) +
      (f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3));
    store<f32>(out + ((<usize>i) << 2), sum);
    rows += bytes;
  }
}

/**
 * out[i] = scales[i] * (query . rows[i]) for n rows of `stride` bytes, a multiple of 16: rows of
 * signed bytes, a query of 16-bit integers, single-precision scales and results. The caller sees to
 * it that no sum of products leaves 32 bits.
 */
export function coarseDots(
  query: usize,
  rows: usize,
  scales: usize,
  n: i32,
  stride: i32,
  out: usize,
): void {
  for (let i = 0; i < n; i++) {
    let a = i32x4.splat(0);
    let b = i32x4.splat(0);
    for (let p: usize = 0; p < <usize>stride; p += 16) {
      const x = v128.load(rows + p);
      const y = query + (p << 1);
      a = i32x4.add(a, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(x), v128.load(y)));
      b = i32x4.add(b, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(x), v128.load(y, 16)));
    }
    const s = i32x4.add(a, b);
    const sum =
      i32x4.extract_lane(s, 0) +
      i32x4.extract_lane(s, 1) +
      i32x4.extract_lane(s, 2) +
      i32x4.extract_lane(s, 3);
    const at = (<usize>i) << 2;
    store<f32>(out + at, load<f32>(scales + at) * <f32>sum);
    rows += stride;
  }
}
