import { domainError, type Matrix, transpose } from "@daily-kernel/compute";
import { checkCount, checkPoints } from "../check.ts";
import { removeDirection, squaredLength } from "./remove-direction.ts";

/** A column whose rest is below this share of its length depends on those before it. */
const ROUNDING = 1e-26;

/**
 * k columns of a d x n matrix without chance: the one farthest from the span of those before it, again
 * and again (QR with column pivoting, Golub 1965), in that order; O(d n k).
 *
 * @throws RangeError for k outside 1..rank.
 */
export function pivotColumns(a: Matrix, k: number): Int32Array {
  const fn = "pivotColumns";
  checkPoints(fn, "a", a);
  checkCount(fn, "k", k, 1, Math.min(a.rows, a.cols));
  const { data, rows: n, cols: d } = transpose(a); // columns as rows
  const chosen: number[] = [];
  let first = 0;
  while (chosen.length < k) {
    let most = -1;
    let at = 0;
    for (let j = 0; j < n; j++) {
      const squares = chosen.includes(j) ? -1 : squaredLength(data, j, d);
      if (squares > most) [most, at] = [squares, j];
    }
    if (chosen.length === 0) first = most;
    if (!(most > ROUNDING * first)) {
      throw domainError(`${fn}: k must be at most the rank ${chosen.length}, got ${k}`);
    }
    chosen.push(at);
    removeDirection(data, at, n, d);
  }
  return Int32Array.from(chosen);
}
