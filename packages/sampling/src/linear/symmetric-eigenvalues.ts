import { eigSymmetric, type Matrix } from "@daily-kernel/compute";
import { tridiagonalEigenvalues } from "./tridiagonal-eigenvalues.ts";

/** Up to this size a few loops here take less time than the way into WebAssembly and back. */
const SMALL = 40;

/**
 * The eigenvalues of a symmetric matrix, ascending, without vectors; reads the lower triangle. Small ones
 * by Householder's tridiagonalisation (Golub and Van Loan, Matrix Computations, 4th ed., 8.3.1).
 */
export function symmetricEigenvalues(matrix: Matrix): Float64Array {
  const n = matrix.rows;
  if (n > SMALL) return eigSymmetric(matrix).values;
  const a = matrix.data.slice();
  const squares = new Float64Array(n);
  const v = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = 0; k < n - 1; k++) {
    let sum = 0;
    for (let i = k + 1; i < n; i++) sum += a[i * n + k]! ** 2;
    squares[k] = sum;
    if (k === n - 2 || sum === 0) continue;
    const head = a[(k + 1) * n + k]!;
    const norm = Math.sqrt(sum);
    for (let i = k + 1; i < n; i++) v[i] = a[i * n + k]!;
    v[k + 1]! += head < 0 ? -norm : norm;
    const scale = 1 / (sum + norm * Math.abs(head)); // 2 / |v|^2
    let along = 0;
    for (let i = k + 1; i < n; i++) {
      let product = 0;
      for (let j = k + 1; j <= i; j++) product += a[i * n + j]! * v[j]!;
      for (let j = i + 1; j < n; j++) product += a[j * n + i]! * v[j]!;
      p[i] = scale * product;
      along += p[i]! * v[i]!;
    }
    const half = (scale * along) / 2;
    for (let i = k + 1; i < n; i++) p[i]! -= half * v[i]!;
    for (let i = k + 1; i < n; i++) {
      for (let j = k + 1; j <= i; j++) a[i * n + j]! -= v[i]! * p[j]! + p[i]! * v[j]!;
    }
  }
  const diagonal = Float64Array.from({ length: n }, (_, i) => a[i * (n + 1)]!);
  return tridiagonalEigenvalues(diagonal, squares);
}
