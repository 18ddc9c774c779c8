import { matmul } from "@daily-kernel/compute";

/** a b for row-major a [m, k] and b [k, n]. */
export const product = (
  a: Float32Array,
  b: Float32Array,
  m: number,
  k: number,
  n: number,
): Float32Array => matmul({ data: a, rows: m, cols: k }, { data: b, rows: k, cols: n }).data;

/** a^T b for a [m, k] and b [m, n]: [k, n]. */
export const productTA = (
  a: Float32Array,
  b: Float32Array,
  m: number,
  k: number,
  n: number,
): Float32Array =>
  matmul({ data: a, rows: m, cols: k }, { data: b, rows: m, cols: n }, { transposeA: true }).data;

/** a b^T for a [m, k] and b [n, k]: [m, n]. */
export const productTB = (
  a: Float32Array,
  b: Float32Array,
  m: number,
  k: number,
  n: number,
): Float32Array =>
  matmul({ data: a, rows: m, cols: k }, { data: b, rows: n, cols: k }, { transposeB: true }).data;

/** Adds b to a. */
export function addTo(a: Float32Array, b: Float32Array): void {
  for (let i = 0; i < a.length; i++) a[i]! += b[i]!;
}
