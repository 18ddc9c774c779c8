import { type Matrix, matrix } from "@daily-kernel/compute";
import type { GramRows } from "./gram-operator.ts";

/**
 * The pivoted Cholesky factor of rank r or less: K ~ L L^T, L n x r, the pivot of each step where the
 * remaining diagonal is largest, which is greedy in the trace of what remains (Harbrecht, Peters and
 * Schneider 2012). Ends early when that is within rounding of 0. n r^2 operations beside r rows of K.
 */
export function partialCholesky(
  rows: GramRows,
  rank: number,
): { l: Matrix; pivots: Uint32Array; remaining: number } {
  const { n } = rows;
  const left = rows.diagonal();
  const enough = 1e-14 * left.reduce((most, v) => Math.max(most, v), 0);
  const columns: Float64Array[] = [];
  const pivots: number[] = [];
  while (columns.length < Math.min(rank, n)) {
    let pivot = 0;
    for (let i = 1; i < n; i++) if (left[i]! > left[pivot]!) pivot = i;
    if (!(left[pivot]! > enough)) break;
    const column = rows.row(pivot).slice();
    for (const known of columns) {
      const factor = known[pivot]!;
      for (let i = 0; i < n; i++) column[i]! -= factor * known[i]!;
    }
    const root = Math.sqrt(left[pivot]!);
    for (let i = 0; i < n; i++) {
      column[i]! /= root;
      left[i]! = Math.max(0, left[i]! - column[i]! ** 2);
    }
    left[pivot] = 0;
    columns.push(column);
    pivots.push(pivot);
  }
  const l = matrix(n, columns.length);
  for (const [k, column] of columns.entries()) {
    for (let i = 0; i < n; i++) l.data[i * columns.length + k] = column[i]!;
  }
  const remaining = left.reduce((sum, v) => sum + v, 0);
  return { l, pivots: Uint32Array.from(pivots), remaining };
}
