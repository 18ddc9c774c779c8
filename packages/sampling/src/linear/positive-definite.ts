import { type Matrix, matrix } from "@daily-kernel/compute";

/** Cholesky's factor L of a small symmetric matrix (lower triangle read), or undefined. */
export function choleskyOf({ data, rows: m }: Matrix): Matrix | undefined {
  const l = matrix(m, m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = data[i * m + j]!;
      for (let k = 0; k < j; k++) sum -= l.data[i * m + k]! * l.data[j * m + k]!;
      if (i > j) l.data[i * m + j] = sum / l.data[j * m + j]!;
      else if (sum > 0) l.data[i * m + i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return l;
}

/** Whether all eigenvalues are > 0: whether Cholesky's factorisation goes through. */
export const isPositiveDefinite = (a: Matrix): boolean => choleskyOf(a) !== undefined;

/** |L^-1 v|^2 for v at data[at...]. */
export function inverseNorm(
  l: Matrix,
  data: Float64Array,
  at: number,
  y: Float64Array = new Float64Array(l.rows),
): number {
  const m = l.rows;
  let squares = 0;
  for (let i = 0; i < m; i++) {
    let sum = data[at + i]!;
    for (let k = 0; k < i; k++) sum -= l.data[i * m + k]! * y[k]!;
    y[i] = sum / l.data[i * m + i]!;
    squares += y[i]! ** 2;
  }
  return squares;
}
