// Matrix product in double precision on packed panels, the scheme of Goto and van de Geijn,
// "Anatomy of high-performance matrix multiplication", ACM TOMS 34(3), 2008.
//
// A packed operand of `rows` rows (columns, for the right-hand one) and depth k is cut along k into
// blocks of kc, and each block into panels of 4 rows: element (i, p) lies at
//   paddedRows * p0 + (i - i % 4) * kb + (p - p0) * 4 + i % 4,   p0 = p - p % kc, kb = block depth.
// Both operands share this layout, so one packed operand can stand on both sides (A A^T).
import { fma64 } from "./fma";

/** Packs rows i0..i1 (i0 a multiple of 4) of a matrix with element strides rs, cs; pads with zero. */
export function packF64(
  src: usize,
  rs: isize,
  cs: isize,
  rows: i32,
  k: i32,
  dst: usize,
  kc: i32,
  i0: i32,
  i1: i32,
): void {
  const padded = <usize>((rows + 3) & ~3);
  for (let p0 = 0; p0 < k; p0 += kc) {
    const kb = min(kc, k - p0);
    for (let i = i0; i < i1; i += 4) {
      let to = dst + ((padded * p0 + <usize>i * kb) << 3);
      let from = src + ((i * rs + p0 * cs) << 3);
      if (i + 4 <= rows) {
        let p = 0;
        if (cs === 1) {
          for (; p + 2 <= kb; p += 2) {
            const a = v128.load(from);
            const b = v128.load(from + (rs << 3));
            const c = v128.load(from + (rs << 4));
            const d = v128.load(from + (rs << 4) + (rs << 3));
            v128.store(to, v128.shuffle<f64>(a, b, 0, 2));
            v128.store(to, v128.shuffle<f64>(c, d, 0, 2), 16);
            v128.store(to, v128.shuffle<f64>(a, b, 1, 3), 32);
            v128.store(to, v128.shuffle<f64>(c, d, 1, 3), 48);
            from += 16;
            to += 64;
          }
        }
        for (; p < kb; p++) {
          store<f64>(to, load<f64>(from));
          store<f64>(to, load<f64>(from + (rs << 3)), 8);
          store<f64>(to, load<f64>(from + (rs << 4)), 16);
          store<f64>(to, load<f64>(from + (rs << 4) + (rs << 3)), 24);
          from += cs << 3;
          to += 32;
        }
      } else {
        for (let p = 0; p < kb; p++) {
          for (let r = 0; r < 4; r++) {
            store<f64>(to + (r << 3), i + r < rows ? load<f64>(from + ((r * rs) << 3)) : 0);
          }
          from += cs << 3;
          to += 32;
        }
      }
    }
  }
}

/** The inverse of packF64 for one block (k <= kc): rows i0..i1 back to a strided matrix. */
export function unpackF64(
  src: usize,
  dst: usize,
  rs: isize,
  cs: isize,
  rows: i32,
  k: i32,
  i0: i32,
  i1: i32,
): void {
  for (let i = i0; i < min(i1, rows); i++) {
    let from = src + ((<usize>(i & ~3) * k + (i & 3)) << 3);
    let to = dst + ((i * rs) << 3);
    for (let p = 0; p < k; p++) {
      store<f64>(to, load<f64>(from));
      from += 32;
      to += cs << 3;
    }
  }
}

/** What becomes of C: 0 C = AB, 1 C += AB, 2 C -= AB. */
function put(c: usize, mode: i32, x: v128, y: v128): void {
  if (mode === 1) {
    x = f64x2.add(v128.load(c), x);
    y = f64x2.add(v128.load(c, 16), y);
  } else if (mode === 2) {
    x = f64x2.sub(v128.load(c), x);
    y = f64x2.sub(v128.load(c, 16), y);
  }
  v128.store(c, x);
  v128.store(c, y, 16);
}

/** One 4x4 tile: c (row stride ldc bytes) from panels a and b of depth k. */
export function tileF64(a: usize, b: usize, k: i32, c: usize, ldc: usize, mode: i32): void {
  let c00 = f64x2.splat(0),
    c01 = c00,
    c10 = c00,
    c11 = c00;
  let c20 = c00,
    c21 = c00,
    c30 = c00,
    c31 = c00;
  let b0: v128, b1: v128, x: v128;
  for (let p = k >> 1; p > 0; p--) {
    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    x = v128.load64_splat(a);
    c00 = fma64(x, b0, c00);
    c01 = fma64(x, b1, c01);
    x = v128.load64_splat(a, 8);
    c10 = fma64(x, b0, c10);
    c11 = fma64(x, b1, c11);
    x = v128.load64_splat(a, 16);
    c20 = fma64(x, b0, c20);
    c21 = fma64(x, b1, c21);
    x = v128.load64_splat(a, 24);
    c30 = fma64(x, b0, c30);
    c31 = fma64(x, b1, c31);
    b0 = v128.load(b, 32);
    b1 = v128.load(b, 48);
    x = v128.load64_splat(a, 32);
    c00 = fma64(x, b0, c00);
    c01 = fma64(x, b1, c01);
    x = v128.load64_splat(a, 40);
    c10 = fma64(x, b0, c10);
    c11 = fma64(x, b1, c11);
    x = v128.load64_splat(a, 48);
    c20 = fma64(x, b0, c20);
    c21 = fma64(x, b1, c21);
    x = v128.load64_splat(a, 56);
    c30 = fma64(x, b0, c30);
    c31 = fma64(x, b1, c31);
    a += 64;
    b += 64;
  }
  if (k & 1) {
    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    x = v128.load64_splat(a);
    c00 = fma64(x, b0, c00);
    c01 = fma64(x, b1, c01);
    x = v128.load64_splat(a, 8);
    c10 = fma64(x, b0, c10);
    c11 = fma64(x, b1, c11);
    x = v128.load64_splat(a, 16);
    c20 = fma64(x, b0, c20);
    c21 = fma64(x, b1, c21);
    x = v128.load64_splat(a, 24);
    c30 = fma64(x, b0, c30);
    c31 = fma64(x, b1, c31);
  }
  put(c, mode, c00, c01);
  put(c + ldc, mode, c10, c11);
  put(c + 2 * ldc, mode, c20, c21);
  put(c + 3 * ldc, mode, c30, c31);
}

/** Adds a whole tile's visible part to C. */
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
 * Rows i0..i1 and columns j0..j1 (multiples of 4) of the m x n matrix C (row stride ld elements),
 * from packed operands a and b of depth k. With `lower`, tiles wholly above the diagonal are left
 * alone. `scratch`: 128 bytes of this call's own. Every element is summed in the same order
 * whatever the split into calls.
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
  i0: i32,
  i1: i32,
  j0: i32,
  j1: i32,
  mode: i32,
  lower: i32,
  scratch: usize,
): void {
  const mp = <usize>((m + 3) & ~3);
  const np = <usize>((n + 3) & ~3);
  const ldc = (<usize>ld) << 3;
  for (let p0 = 0; p0 < k; p0 += kc) {
    const kb = min(kc, k - p0);
    const how = p0 > 0 && mode === 0 ? 1 : mode;
    const ap = a + ((mp * p0) << 3);
    const bp = b + ((np * p0) << 3);
    for (let j = j0; j < j1; j += 4) {
      const bj = bp + ((<usize>j * kb) << 3);
      const jn = j + 4 <= n;
      for (let i = lower ? max(i0, j) : i0; i < i1; i += 4) {
        const ai = ap + ((<usize>i * kb) << 3);
        const to = c + i * ldc + ((<usize>j) << 3);
        if (jn && i + 4 <= m) {
          tileF64(ai, bj, kb, to, ldc, how);
        } else {
          tileF64(ai, bj, kb, scratch, 32, 0);
          putEdge(scratch, to, ldc, min(4, m - i), min(4, n - j), how);
        }
      }
    }
  }
}
