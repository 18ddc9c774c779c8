import { checkType } from "@daily-kernel/compute";
import { type BatchOptions, batchOf, unitaryScale } from "./batch.ts";

/**
 * The Walsh-Hadamard transform in single precision, or in integers: what `fwht32Gpu` computes, bit
 * for bit. Strides run from n / 2 down to 1 with one rounding an addition; Float32Arrays are then
 * multiplied by 1 / sqrt(n), rounded to single precision, with one rounding more. Int32Arrays are not
 * scaled and wrap modulo 2^32, so that twice the transform is n times the input.
 *
 * @param y Float32Array or Int32Array; with `n`, several transforms one after another.
 * @throws as `fwht`; TypeError `ERR_TYPE` for another type of array.
 */
export function fwht32<A extends Float32Array | Int32Array>(y: A, options: BatchOptions = {}): A {
  checkArray32("fwht32", y);
  const { rows, n, m } = batchOf("fwht32", y.length, options);
  const x = y.slice() as A;
  if (x instanceof Float32Array) transformFloats(x, rows * n, n, Math.fround(unitaryScale(m)));
  else transformIntegers(x as Int32Array, rows * n, n);
  return x;
}

// One function a type of array: engines keep such loops compiled.

function transformFloats(x: Float32Array, length: number, n: number, scale: number): void {
  for (let h = n / 2; h >= 1; h /= 2) {
    for (let block = 0; block < length; block += 2 * h) {
      for (let i = block; i < block + h; i++) {
        const a = x[i]!;
        const b = x[i + h]!;
        x[i] = a + b;
        x[i + h] = a - b;
      }
    }
  }
  for (let i = 0; i < length; i++) x[i]! *= scale;
}

function transformIntegers(x: Int32Array, length: number, n: number): void {
  for (let h = n / 2; h >= 1; h /= 2) {
    for (let block = 0; block < length; block += 2 * h) {
      for (let i = block; i < block + h; i++) {
        const a = x[i]!;
        const b = x[i + h]!;
        x[i] = (a + b) | 0;
        x[i + h] = (a - b) | 0;
      }
    }
  }
}

/** Throws `ERR_TYPE` unless `y` is one of the two. */
export function checkArray32(fn: string, y: unknown): asserts y is Float32Array | Int32Array {
  const ok = y instanceof Float32Array || y instanceof Int32Array;
  checkType(ok, fn, "y", "a Float32Array or an Int32Array", y);
}
