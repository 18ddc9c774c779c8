import { tile4x4, tile6x4 } from "./tile-f64";

/** Takes the visible part of a tile over to C. */
function putEdge(tile: usize, c: usize, ldc: usize, rows: i32, cols: i32, mode: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const to = c + i * ldc + ((<usize>j) << 3);
      const x = load<f64>(tile + ((<usize>(i * 4 + j)) << 3));
      store<f64>(to, mode === 0 ? x : mode === 1 ? load<f64>(to) + x : load<f64>(to) - x);
    }
  }
}

/**
 * Rows i0..i1 (i0 a multiple of `width`, 4 or 6) and columns j0..j1 (j0 a multiple of 4) of the
 * m x n matrix C (row stride ld elements), from the operands a, packed in panels of `width`, and b,
 * in panels of 4, of depth k. With `lower`, tiles wholly above the diagonal are left alone.
 * `scratch`: 192 bytes of this call's own. Every element is summed in the same order whatever the
 * split into calls.
 */
export function gemmF64(
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
  const np = <usize>((n + 3) & ~3);
  const ldc = (<usize>ld) << 3;
  for (let p0 = 0; p0 < k; p0 += kc) {
    const kb = min(kc, k - p0);
    const how = p0 > 0 && mode === 0 ? 1 : mode;
    const ap = a + ((mp * p0) << 3);
    const bp = b + ((np * p0) << 3);
    for (let i = i0; i < i1; i += width) {
      const ai = ap + ((<usize>i * kb) << 3);
      const end = lower ? min(j1, i + width) : j1;
      for (let j = j0; j < end; j += 4) {
        const bj = bp + ((<usize>j * kb) << 3);
        const edge = j + 4 > n || i + width > m;
        const to = c + i * ldc + ((<usize>j) << 3);
        const at = edge ? scratch : to;
        const stride = edge ? 32 : ldc;
        if (width === 6) tile6x4(ai, bj, kb, at, stride, edge ? 0 : how);
        else tile4x4(ai, bj, kb, at, stride, edge ? 0 : how);
        if (edge) putEdge(scratch, to, ldc, min(width, m - i), min(4, n - j), how);
      }
    }
  }
}
