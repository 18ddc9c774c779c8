import { type Matrix, matrix } from "@daily-kernel/compute";

/** A = Q R with A n x m, n >= m: Householder vectors below the diagonal, column-major. */
interface Factored {
  /** Column j at j * n: its reflection's vector from row j on. */
  readonly vectors: Float64Array;
  /** 2 / |v|^2 of each reflection, 0 where there is nothing to reflect. */
  readonly scales: Float64Array;
  /** Upper triangular m x m. */
  readonly r: Matrix;
  readonly rows: number;
}

/**
 * Householder's QR factorisation of an n x m matrix, n >= m, without pivoting; 2 m^2 (n - m / 3)
 * operations (Golub and Van Loan, Matrix Computations, 4th ed., 5.2.2).
 */
export function factorQr(a: Matrix): Factored {
  const { rows: n, cols: m } = a;
  const vectors = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) vectors[j * n + i] = a.data[i * m + j]!;
  }
  const scales = new Float64Array(m);
  const r = matrix(m, m);
  for (let k = 0; k < m; k++) {
    const column = vectors.subarray(k * n, (k + 1) * n);
    let largest = 0;
    for (let i = k; i < n; i++) largest = Math.max(largest, Math.abs(column[i]!));
    let squares = 0;
    for (let i = k; i < n && largest > 0; i++) squares += (column[i]! / largest) ** 2;
    const norm = largest * Math.sqrt(squares);
    const head = column[k]!;
    const diagonal = head > 0 ? -norm : norm;
    for (let i = 0; i < k; i++) {
      r.data[i * m + k] = column[i]!;
      column[i] = 0;
    }
    r.data[k * m + k] = diagonal;
    column[k] = head - diagonal;
    // v in units of its largest number, whose square may be no double: |v|^2 = 2 norm (norm + |head|)
    const unit = Math.abs(column[k]!);
    for (let i = k; i < n && norm > 0; i++) column[i]! /= unit;
    scales[k] = norm > 0 ? unit / norm : 0;
    for (let j = k + 1; j < m; j++) reflect(column, scales[k]!, vectors, j * n, k, n);
  }
  return { vectors, scales, r, rows: n };
}

/** target -= scale v (v . target), from row `from` on. */
function reflect(
  v: Float64Array,
  scale: number,
  target: Float64Array,
  at: number,
  from: number,
  n: number,
): void {
  let sum = 0;
  for (let i = from; i < n; i++) sum += v[i]! * target[at + i]!;
  sum *= scale;
  for (let i = from; i < n; i++) target[at + i]! -= sum * v[i]!;
}

/** Q^T y, all n numbers, in place. */
export function applyTransposed({ vectors, scales, rows: n }: Factored, y: Float64Array): void {
  scales.forEach((scale, k) => {
    reflect(vectors.subarray(k * n, (k + 1) * n), scale, y, 0, k, n);
  });
}

/** The n x m factor with orthonormal columns, each signed so that R's diagonal would be >= 0. */
export function thinQ({ vectors, scales, r, rows: n }: Factored): Matrix {
  const m = scales.length;
  const q = matrix(n, m);
  const column = new Float64Array(n);
  for (let j = 0; j < m; j++) {
    column.fill(0);
    column[j] = r.data[j * m + j]! < 0 ? -1 : 1;
    for (let k = j; k >= 0; k--) {
      reflect(vectors.subarray(k * n, (k + 1) * n), scales[k]!, column, 0, k, n);
    }
    for (let i = 0; i < n; i++) q.data[i * m + j] = column[i]!;
  }
  return q;
}

/** R with its rows signed to match `thinQ`. */
export function signedR({ r }: Factored): Matrix {
  const m = r.rows;
  const out = matrix(m, m, r.data.slice());
  for (let i = 0; i < m; i++) {
    if (r.data[i * m + i]! >= 0) continue;
    for (let j = i; j < m; j++) out.data[i * m + j] = -r.data[i * m + j]!;
  }
  return out;
}

/** The first column whose part beyond the ones before it is rounding error, or -1. */
export function dependentColumn({ r, rows }: Factored): number {
  const m = r.rows;
  for (let j = 0; j < m; j++) {
    let length = 0;
    for (let i = 0; i <= j; i++) length = Math.hypot(length, r.data[i * m + j]!);
    const rounding = 4 * Math.max(rows, m) * 2 ** -52 * length;
    if (!(Math.abs(r.data[j * m + j]!) > rounding)) return j;
  }
  return -1;
}

/** R^-1 of an upper triangular R without zeros on its diagonal. */
export function invertUpper(r: Matrix): Matrix {
  const m = r.rows;
  const out = matrix(m, m);
  for (let j = 0; j < m; j++) {
    out.data[j * m + j] = 1 / r.data[j * m + j]!;
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let l = i + 1; l <= j; l++) sum += r.data[i * m + l]! * out.data[l * m + j]!;
      out.data[i * m + j] = -sum / r.data[i * m + i]!;
    }
  }
  return out;
}
