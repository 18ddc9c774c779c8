// Register tiles in double precision. One step of k an iteration, written plainly: unrolled further,
// engines run short of the sixteen vector registers and spill (half the speed, measured in V8).
import { fma64 } from "./fma";

/** What becomes of C: 0 C = AB, 1 C += AB, 2 C -= AB. */
function putF64(c: usize, mode: i32, x: v128, y: v128): void {
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

/** A 4x4 tile of c (row stride ldc bytes) from panels a and b of depth k. */
export function tile4x4(a: usize, b: usize, k: i32, c: usize, ldc: usize, mode: i32): void {
  let c00 = f64x2.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load64_splat(a);
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
    a += 32;
    b += 32;
  }
  putF64(c, mode, c00, c01);
  putF64(c + ldc, mode, c10, c11);
  putF64(c + 2 * ldc, mode, c20, c21);
  putF64(c + 3 * ldc, mode, c30, c31);
}

/** A 6x4 tile: the most that the registers hold. */
export function tile6x4(a: usize, b: usize, k: i32, c: usize, ldc: usize, mode: i32): void {
  let c00 = f64x2.splat(0);
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
    let x = v128.load64_splat(a);
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
    x = v128.load64_splat(a, 32);
    c40 = fma64(x, b0, c40);
    c41 = fma64(x, b1, c41);
    x = v128.load64_splat(a, 40);
    c50 = fma64(x, b0, c50);
    c51 = fma64(x, b1, c51);
    a += 48;
    b += 32;
  }
  putF64(c, mode, c00, c01);
  putF64(c + ldc, mode, c10, c11);
  putF64(c + 2 * ldc, mode, c20, c21);
  putF64(c + 3 * ldc, mode, c30, c31);
  putF64(c + 4 * ldc, mode, c40, c41);
  putF64(c + 5 * ldc, mode, c50, c51);
}
