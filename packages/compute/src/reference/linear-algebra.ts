import { type Matrix, matrix } from "../matrix.ts";

/** L with L L^T = a, column by column from the definition. */
export function choleskyReference(a: Matrix): Matrix {
  const n = a.rows;
  const l = matrix(n, n);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let s = a.data[i * n + j]!;
      for (let p = 0; p < j; p++) s -= l.data[i * n + p]! * l.data[j * n + p]!;
      l.data[i * n + j] = i === j ? Math.sqrt(s) : s / l.data[j * n + j]!;
    }
  }
  return l;
}

/** Forward substitution with a lower triangle. */
export function solveLowerReference(t: Matrix, b: Matrix): Matrix {
  const x = matrix(b.rows, b.cols, b.data.slice());
  for (let j = 0; j < b.cols; j++) {
    for (let i = 0; i < t.rows; i++) {
      let s = x.data[i * b.cols + j]!;
      for (let p = 0; p < i; p++) s -= t.data[i * t.cols + p]! * x.data[p * b.cols + j]!;
      x.data[i * b.cols + j] = s / t.data[i * t.cols + i]!;
    }
  }
  return x;
}

/** Sums of squared differences. */
export function squaredDistancesReference(x: Matrix, y: Matrix): Matrix {
  const out = matrix(x.rows, y.rows);
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < y.rows; j++) {
      for (let p = 0; p < x.cols; p++) {
        out.data[i * y.rows + j]! += (x.data[i * x.cols + p]! - y.data[j * y.cols + p]!) ** 2;
      }
    }
  }
  return out;
}

/** The largest absolute element. */
export const maxAbs = (a: Matrix): number =>
  a.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** a - b. */
export const minus = (a: Matrix, b: Matrix): Matrix =>
  matrix(
    a.rows,
    a.cols,
    a.data.map((x, i) => x - b.data[i]!),
  );
