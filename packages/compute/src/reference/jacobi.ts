import { type Matrix, matrix } from "../matrix.ts";

/** The eigenvalues of a symmetric matrix, ascending, by cyclic Jacobi rotations. */
export function jacobiEigenvalues(a: Matrix): Float64Array {
  const n = a.rows;
  const s = matrix(n, n, a.data.slice());
  const at = (i: number, j: number) => i * n + j;
  for (let sweep = 0; sweep < 12; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const off = s.data[at(p, q)]!;
        if (off === 0) continue;
        const theta = (s.data[at(q, q)]! - s.data[at(p, p)]!) / (2 * off);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        rotate(s, p, q, c, t * c);
      }
    }
  }
  return Float64Array.from({ length: n }, (_, i) => s.data[at(i, i)]!).sort();
}

/** J^T S J for the rotation J in the plane (p, q). */
function rotate(s: Matrix, p: number, q: number, c: number, sn: number): void {
  const n = s.rows;
  for (let k = 0; k < n; k++) {
    const [x, y] = [s.data[k * n + p]!, s.data[k * n + q]!];
    s.data[k * n + p] = c * x - sn * y;
    s.data[k * n + q] = sn * x + c * y;
  }
  for (let k = 0; k < n; k++) {
    const [x, y] = [s.data[p * n + k]!, s.data[q * n + k]!];
    s.data[p * n + k] = c * x - sn * y;
    s.data[q * n + k] = sn * x + c * y;
  }
}
