// The register tile in single precision; see tile-f64.ts for its shape.
import { fma32 } from "./fma";

/** What becomes of C: 0 C = AB, 1 C += AB. */
function putF32(c: usize, mode: i32, x: v128, y: v128): void {
  if (mode === 1) {
    x = f32x4.add(v128.load(c), x);
    y = f32x4.add(v128.load(c, 16), y);
  }
  v128.store(c, x);
  v128.store(c, y, 16);
}

/** A 6x8 tile of c (row stride ldc bytes) from panels a and b of depth k. */
export function tile6x8(a: usize, b: usize, k: i32, c: usize, ldc: usize, mode: i32): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  let c40 = c00;
  let c41 = c00;
  let c50 = c00;
  let c51 = c00;
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
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
    x = v128.load32_splat(a, 16);
    c40 = fma32(x, b0, c40);
    c41 = fma32(x, b1, c41);
    x = v128.load32_splat(a, 20);
    c50 = fma32(x, b0, c50);
    c51 = fma32(x, b1, c51);
    a += 24;
    b += 32;
  }
  putF32(c, mode, c00, c01);
  putF32(c + ldc, mode, c10, c11);
  putF32(c + 2 * ldc, mode, c20, c21);
  putF32(c + 3 * ldc, mode, c30, c31);
  putF32(c + 4 * ldc, mode, c40, c41);
  putF32(c + 5 * ldc, mode, c50, c51);
}
