import { eigSymmetric, type Matrix, type Rng } from "@daily-kernel/compute";
import { checkCount, checkPoints, checkRng } from "../check.ts";
import { logElementary } from "../dpp/elementary-symmetric.ts";
import { FiniteDpp } from "../dpp/finite-dpp.ts";
import { productWithTranspose } from "../linear/gram.ts";

/**
 * k columns S of a d x n matrix A with P(S) proportional to det(A_S^T A_S), ascending. The squared
 * Frobenius error |A - P_S A|^2 is on average at most k + 1 times that of the best matrix of rank k
 * (Deshpande, Rademacher, Vempala and Wang, Theory of Computing 2, 2006). O(d n^2 + n^3).
 *
 * @throws RangeError for k outside 1..rank.
 */
export function volumeColumns(a: Matrix, k: number, rng: Rng): Int32Array {
  const fn = "volumeColumns";
  checkPoints(fn, "a", a);
  checkCount(fn, "k", k, 1, Math.min(a.rows, a.cols));
  checkRng(fn, rng);
  return FiniteDpp.fromLikelihood(productWithTranspose(a)).sampleOfSize(k, rng);
}

/**
 * What to expect of k columns: `volume`, the mean of `columnError` over `volumeColumns`, exactly (k + 1)
 * e_(k+1) / e_k of the squared singular values; `best`, the error of the best matrix of rank k.
 */
export function columnErrors(a: Matrix, k: number): { volume: number; best: number } {
  const fn = "columnErrors";
  checkPoints(fn, "a", a);
  checkCount(fn, "k", k, 1, Math.min(a.rows, a.cols));
  const squares = eigSymmetric(productWithTranspose(a)).values.map((value) => Math.max(0, value));
  const best = squares.subarray(0, a.cols - k).reduce((sum, value) => sum + value, 0);
  const last = logElementary(squares, k + 1).subarray(-(k + 2));
  return { volume: (k + 1) * Math.exp(last[k + 1]! - last[k]!), best };
}
