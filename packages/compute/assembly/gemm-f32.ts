import { tile6x8 } from "./tile-f32";

/** Takes the visible part of a tile over to C. */
function putEdge(tile: usize, c: usize, ldc: usize, rows: i32, cols: i32, mode: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const to = c + i * ldc + ((<usize>j) << 2);
      const x = load<f32>(tile + ((<usize>(i * 8 + j)) << 2));
      store<f32>(to, mode === 0 ? x : load<f32>(to) + x);
    }
  }
}

/** gemmF64 in single precision for modes 0 and 1: `width` is 6, b comes in panels of 8. */
export function gemmF32(
  a: usize,
  b: usize,
  c: usize,
  ld: i32,
  m: i32,
  n: i32,
  k: i32,
  kc: i32,
  width: i32,
  i0: i32,
  i1: i32,
  j0: i32,
  j1: i32,
  mode: i32,
  lower: i32,
  scratch: usize,
): void {
  const mp = <usize>(((m + width - 1) / width) * width);
  const np = <usize>((n + 7) & ~7);
  const ldc = (<usize>ld) << 2;
  for (let p0 = 0; p0 < k; p0 += kc) {
    const kb = min(kc, k - p0);
    const how = p0 > 0 ? 1 : mode;
    const ap = a + ((mp * p0) << 2);
    const bp = b + ((np * p0) << 2);
    for (let i = i0; i < i1; i += width) {
      const ai = ap + ((<usize>i * kb) << 2);
      const end = lower ? min(j1, i + width) : j1;
      for (let j = j0; j < end; j += 8) {
        const bj = bp + ((<usize>j * kb) << 2);
        const to = c + i * ldc + ((<usize>j) << 2);
        if (j + 8 <= n && i + width <= m) {
          tile6x8(ai, bj, kb, to, ldc, how);
        } else {
          tile6x8(ai, bj, kb, scratch, 32, 0);
          putEdge(scratch, to, ldc, min(width, m - i), min(8, n - j), how);
        }
      }
    }
  }
}
