// The scheme of gemm-f64.ts in single precision, with a 4x8 tile: left panels are 4 rows wide, right
// panels 8 columns.
import { fma32 } from "./fma";

/** Packs rows i0..i1 (i0 a multiple of `width`, 4 or 8) with element strides rs, cs. */
export function packF32(
  src: usize,
  rs: isize,
  cs: isize,
  rows: i32,
  k: i32,
  dst: usize,
  kc: i32,
  width: i32,
  i0: i32,
  i1: i32,
): void {
  const padded = <usize>((rows + width - 1) & -width);
  const step = (<usize>width) << 2;
  for (let p0 = 0; p0 < k; p0 += kc) {
    const kb = min(kc, k - p0);
    for (let i = i0; i < i1; i += width) {
      const panel = dst + ((padded * p0 + <usize>i * kb) << 2);
      const first = src + ((i * rs + p0 * cs) << 2);
      if (i + width > rows) {
        packEdge(first, rs, cs, kb, panel, width, rows - i);
        continue;
      }
      for (let half = 0; half < width; half += 4) {
        let from = first + ((half * rs) << 2);
        let to = panel + ((<usize>half) << 2);
        let p = 0;
        if (cs === 1) {
          for (; p + 4 <= kb; p += 4) {
            const a = v128.load(from);
            const b = v128.load(from + (rs << 2));
            const c = v128.load(from + (rs << 3));
            const d = v128.load(from + (rs << 3) + (rs << 2));
            const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
            const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
            const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
            const gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
            v128.store(to, v128.shuffle<f64>(ab, cd, 0, 2));
            v128.store(to + step, v128.shuffle<f64>(ab, cd, 1, 3));
            v128.store(to + 2 * step, v128.shuffle<f64>(ef, gh, 0, 2));
            v128.store(to + 3 * step, v128.shuffle<f64>(ef, gh, 1, 3));
            from += 16;
            to += 4 * step;
          }
        }
        if (rs === 1) {
          for (; p < kb; p++) {
            v128.store(to, v128.load(from));
            from += cs << 2;
            to += step;
          }
        }
        for (; p < kb; p++) {
          store<f32>(to, load<f32>(from));
          store<f32>(to, load<f32>(from + (rs << 2)), 4);
          store<f32>(to, load<f32>(from + (rs << 3)), 8);
          store<f32>(to, load<f32>(from + (rs << 3) + (rs << 2)), 12);
          from += cs << 2;
          to += step;
        }
      }
    }
  }
}

function packEdge(
  from: usize,
  rs: isize,
  cs: isize,
  kb: i32,
  to: usize,
  width: i32,
  rows: i32,
): void {
  for (let p = 0; p < kb; p++) {
    for (let r = 0; r < width; r++) {
      store<f32>(to + (r << 2), r < rows ? load<f32>(from + ((r * rs) << 2)) : 0);
    }
    from += cs << 2;
    to += (<usize>width) << 2;
  }
}

function put(c: usize, mode: i32, x: v128, y: v128): void {
  if (mode === 1) {
    x = f32x4.add(v128.load(c), x);
    y = f32x4.add(v128.load(c, 16), y);
  }
  v128.store(c, x);
  v128.store(c, y, 16);
}

function tileF32(a: usize, b: usize, k: i32, c: usize, ldc: usize, mode: i32): void {
  let c00 = f32x4.splat(0),
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
    x = v128.load32_splat(a);
    c00 = fma32(x, b0, c00);
    c01 = fma32(x, b1, c01);
    x = v128.load32_splat(a, 4);
    c10 = fma32(x, b0, c10);
    c11 = fma32(x, b1, c11);
    x = v128.load32_splat(a, 8);
    c20 = fma32(x, b0, c20);
    c21 = fma32(x, b1, c21);
    x = v128.load32_splat(a, 12);
    c30 = fma32(x, b0, c30);
    c31 = fma32(x, b1, c31);
    b0 = v128.load(b, 32);
    b1 = v128.load(b, 48);
    x = v128.load32_splat(a, 16);
    c00 = fma32(x, b0, c00);
    c01 = fma32(x, b1, c01);
    x = v128.load32_splat(a, 20);
    c10 = fma32(x, b0, c10);
    c11 = fma32(x, b1, c11);
    x = v128.load32_splat(a, 24);
    c20 = fma32(x, b0, c20);
    c21 = fma32(x, b1, c21);
    x = v128.load32_splat(a, 28);
    c30 = fma32(x, b0, c30);
    c31 = fma32(x, b1, c31);
    a += 32;
    b += 64;
  }
  if (k & 1) {
    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    x = v128.load32_splat(a);
    c00 = fma32(x, b0, c00);
    c01 = fma32(x, b1, c01);
    x = v128.load32_splat(a, 4);
    c10 = fma32(x, b0, c10);
    c11 = fma32(x, b1, c11);
    x = v128.load32_splat(a, 8);
    c20 = fma32(x, b0, c20);
    c21 = fma32(x, b1, c21);
    x = v128.load32_splat(a, 12);
    c30 = fma32(x, b0, c30);
    c31 = fma32(x, b1, c31);
  }
  put(c, mode, c00, c01);
  put(c + ldc, mode, c10, c11);
  put(c + 2 * ldc, mode, c20, c21);
  put(c + 3 * ldc, mode, c30, c31);
}

/** As gemmF64, for modes 0 and 1; i0, i1 multiples of 4, j0, j1 of 8. `scratch`: 128 bytes. */
export function gemmF32(
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
  const np = <usize>((n + 7) & ~7);
  const ldc = (<usize>ld) << 2;
  for (let p0 = 0; p0 < k; p0 += kc) {
    const kb = min(kc, k - p0);
    const how = p0 > 0 ? 1 : mode;
    const ap = a + ((mp * p0) << 2);
    const bp = b + ((np * p0) << 2);
    for (let j = j0; j < j1; j += 8) {
      const bj = bp + ((<usize>j * kb) << 2);
      const jn = j + 8 <= n;
      for (let i = lower ? max(i0, j) : i0; i < i1; i += 4) {
        const ai = ap + ((<usize>i * kb) << 2);
        const to = c + i * ldc + ((<usize>j) << 2);
        if (jn && i + 4 <= m) {
          tileF32(ai, bj, kb, to, ldc, how);
        } else {
          tileF32(ai, bj, kb, scratch, 32, 0);
          for (let r = 0; r < min(4, m - i); r++) {
            for (let s = 0; s < min(8, n - j); s++) {
              const at = to + r * ldc + ((<usize>s) << 2);
              const x = load<f32>(scratch + ((<usize>(r * 8 + s)) << 2));
              store<f32>(at, how === 0 ? x : load<f32>(at) + x);
            }
          }
        }
      }
    }
  }
}
