import type { Matrix } from "@daily-kernel/compute";

/** k(x) = |phi(x)|^2 of each row of features. */
export function christoffelOf({ data, rows, cols }: Matrix): Float64Array {
  const k = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let p = i * cols; p < (i + 1) * cols; p++) sum += data[p]! * data[p]!;
    k[i] = sum;
  }
  return k;
}
