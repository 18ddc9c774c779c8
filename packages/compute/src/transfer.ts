import { allocate } from "./checks.ts";
import { f32, f64, type Precision, rowMajor, type Strided } from "./gemm.ts";
import type { Arena, Heap } from "./heap.ts";
import { type AnyMatrix, matrix, matrixF32 } from "./matrix.ts";

export const precisionOf = (a: AnyMatrix): Precision =>
  a.data instanceof Float32Array ? f32 : f64;

/** Copies a matrix into the heap. */
export function load(arena: Arena, a: AnyMatrix): Strided {
  const address = a.data instanceof Float32Array ? arena.f32(a.data) : arena.f64(a.data);
  return rowMajor(address, a.rows, a.cols);
}

/** Copies a row-major matrix out of the heap. */
export function take(
  heap: Heap,
  address: number,
  rows: number,
  cols: number,
  precision: Precision,
): AnyMatrix {
  if (precision === f32) return matrixF32(rows, cols, heap.f32(address, rows * cols).slice());
  return matrix(rows, cols, heap.f64(address, rows * cols).slice());
}

export function zeros(fn: string, rows: number, cols: number, precision: Precision): AnyMatrix {
  if (precision === f32) return { data: allocate(fn, Float32Array, rows * cols), rows, cols };
  return { data: allocate(fn, Float64Array, rows * cols), rows, cols };
}
