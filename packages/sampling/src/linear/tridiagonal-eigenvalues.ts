import { numericError } from "@daily-kernel/compute";

/**
 * The eigenvalues of a symmetric tridiagonal matrix, ascending, by the implicit QL algorithm without
 * vectors (Golub and Van Loan, Matrix Computations, 4th ed., 8.3.5): about 30 n^2 operations. Overwrites
 * both arrays.
 *
 * @param diagonal - n numbers.
 * @param beside - n numbers: element (i, i + 1) at i; the last is not read.
 */
export function tridiagonalEigenvalues(diagonal: Float64Array, beside: Float64Array): Float64Array {
  const n = diagonal.length;
  beside[n - 1] = 0;
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      let end = l;
      while (end < n - 1) {
        const size = Math.abs(diagonal[end]!) + Math.abs(diagonal[end + 1]!);
        if (Math.abs(beside[end]!) <= 2 ** -53 * size) break;
        end++;
      }
      if (end === l) break;
      if (sweep === 60)
        throw numericError(`tridiagonalEigenvalues: no convergence at ${l} of ${n}`);
      step(diagonal, beside, l, end);
    }
  }
  return diagonal.sort();
}

/** One sweep with Wilkinson's shift over rows l..end. */
function step(d: Float64Array, e: Float64Array, l: number, end: number): void {
  const half = (d[l + 1]! - d[l]!) / (2 * e[l]!);
  const root = Math.hypot(half, 1);
  let g = d[end]! - d[l]! + e[l]! / (half + (half < 0 ? -root : root));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = end - 1; i >= l; i--) {
    const f = s * e[i]!;
    const b = c * e[i]!;
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1]! -= p;
      e[end] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1]! - p;
    const t = (d[i]! - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
  }
  d[l]! -= p;
  e[l] = g;
  e[end] = 0;
}
