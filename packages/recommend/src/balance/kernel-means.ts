import { type Matrix, matrix } from "@daily-kernel/compute";
import type { Kernel } from "@daily-kernel/kernels";

/** Rows of a Gram matrix that are in memory at once. */
const BLOCK = 4096;

/** (1/m) sum_i k(x_i, z_j) for each centre z_j, by blocks of x. O(m J). */
export function kernelMeans(kernel: Kernel, x: Matrix, centres: Matrix): Float64Array {
  const sums = new Float64Array(centres.rows);
  for (let from = 0; from < x.rows; from += BLOCK) {
    const rows = Math.min(BLOCK, x.rows - from);
    const block = matrix(rows, x.cols, x.data.subarray(from * x.cols, (from + rows) * x.cols));
    const { data } = kernel.gram(block, centres);
    for (let c = 0; c < data.length; c++) sums[c % centres.rows]! += data[c]!;
  }
  return sums.map((sum) => sum / x.rows);
}

/** These columns of a matrix. */
export function columns({ data, rows, cols }: Matrix, chosen: ArrayLike<number>): Matrix {
  const out = matrix(rows, chosen.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < chosen.length; j++) {
      out.data[i * chosen.length + j] = data[i * cols + chosen[j]!]!;
    }
  }
  return out;
}
