import type { Matrix } from "@daily-kernel/compute";

/** The determinant of a square matrix, by elimination with row pivoting. */
export function determinant({ data, rows: n }: Matrix): number {
  const a = data.slice();
  let product = 1;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(a[i * n + k]!) > Math.abs(a[pivot * n + k]!)) pivot = i;
    }
    const value = a[pivot * n + k]!;
    if (value === 0) return 0;
    if (pivot !== k) {
      product = -product;
      for (let j = k; j < n; j++) {
        const held = a[k * n + j]!;
        a[k * n + j] = a[pivot * n + j]!;
        a[pivot * n + j] = held;
      }
    }
    product *= value;
    for (let i = k + 1; i < n; i++) {
      const factor = a[i * n + k]! / value;
      for (let j = k + 1; j < n; j++) a[i * n + j]! -= factor * a[k * n + j]!;
    }
  }
  return product;
}
