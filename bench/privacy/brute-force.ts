import type { Matrix } from "@daily-kernel/compute";

/** Sums of l1 distances by a double loop: what a query costs without a structure. */
export function bruteForce(x: Matrix, queries: Matrix): Float64Array {
  const sums = new Float64Array(queries.rows);
  for (let k = 0; k < queries.rows; k++) {
    let sum = 0;
    for (let i = 0, at = 0; i < x.rows; i++) {
      for (let j = 0; j < x.cols; j++, at++) {
        sum += Math.abs(x.data[at]! - queries.data[k * x.cols + j]!);
      }
    }
    sums[k] = sum;
  }
  return sums;
}
