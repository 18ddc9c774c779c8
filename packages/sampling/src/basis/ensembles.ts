import type { Rng } from "@daily-kernel/compute";
import { tridiagonalEigenvalues } from "../linear/tridiagonal-eigenvalues.ts";

/**
 * The projection process of the first n orthonormal polynomials is a beta = 2 ensemble of random matrix
 * theory, and the eigenvalues of a random tridiagonal matrix: O(n^2) a draw in the place of O(n^3).
 * Ascending points.
 */

/** On the line, normal law: diagonal N(0, 1), squares beside it Gamma(n - i) (Dumitriu and Edelman 2002). */
export function hermiteEnsemble(n: number, rng: Rng): Float64Array {
  const diagonal = rng.fillNormal(new Float64Array(n));
  const squares = Float64Array.from({ length: n }, (_, i) =>
    i < n - 1 ? rng.gamma(n - 1 - i) : 0,
  );
  return tridiagonalEigenvalues(diagonal, squares);
}

/**
 * On [0, 1], law Beta(a, b) up to a factor: canonical moments p_1, ..., p_(2n - 1) independent,
 * p_(2j) ~ Beta(n - j, n - j - 1 + a + b), p_(2j - 1) ~ Beta(n - j + a, n - j + b) (Killip and Nenciu,
 * IMRN 50, 2004, in the form of Dette and Nagel 2012).
 */
export function jacobiEnsemble(n: number, a: number, b: number, rng: Rng): Float64Array {
  const zeta = new Float64Array(2 * n); // zeta_k = (1 - p_(k - 1)) p_k, zeta_0 = 0
  let before = 0;
  for (let k = 1; k < 2 * n; k++) {
    const left = n - Math.ceil(k / 2);
    const p = k % 2 === 0 ? rng.beta(left, left - 1 + a + b) : rng.beta(left + a, left + b);
    zeta[k] = (1 - before) * p;
    before = p;
  }
  const diagonal = Float64Array.from({ length: n }, (_, i) => zeta[2 * i]! + zeta[2 * i + 1]!);
  const squares = Float64Array.from({ length: n }, (_, i) =>
    i < n - 1 ? zeta[2 * i + 1]! * zeta[2 * i + 2]! : 0,
  );
  return tridiagonalEigenvalues(diagonal, squares).map((x) => Math.min(1, Math.max(0, x)));
}
