import { domainError, type Matrix, shapeError, typeError } from "@daily-kernel/compute";
import { checkMatrix } from "../standard/check-points.ts";

export interface GramSolveOptions {
  /** lambda >= 0 in (K + lambda I) x = y. Default 0. */
  ridge?: number | undefined;
}

/**
 * The n x n Gram matrix K of n points, or an approximation of it, known by what it does. All of them
 * are symmetric and positive semi-definite.
 */
export interface GramOperator {
  /** The number of points. */
  readonly n: number;
  /** K's diagonal, n numbers; a copy. */
  diagonal(): Float64Array;
  /** Row i of K, which is also its column i: n numbers, not to be written to. */
  row(i: number): Float64Array;
  /** K y for n numbers. */
  matvec(y: Float64Array): Float64Array;
  /** K y for each column of an n x r matrix. */
  matvec(y: Matrix): Matrix;
  /** (K + ridge I)^-1 y for n numbers. */
  solve(y: Float64Array, options?: GramSolveOptions): Float64Array;
  /** (K + ridge I)^-1 y for each column of an n x r matrix. */
  solve(y: Matrix, options?: GramSolveOptions): Matrix;
}

/** What algorithms need that look at single rows. */
export type GramRows = Pick<GramOperator, "n" | "row" | "diagonal">;

/** One vector or several as the columns of a matrix; `like` gives the result in the same form. */
export function columnsOf(
  fn: string,
  y: Float64Array | Matrix,
  n: number,
): { columns: Matrix; like(result: Matrix): Float64Array | Matrix } {
  if (y instanceof Float64Array) {
    const columns = { data: y, rows: y.length, cols: 1 };
    checkColumns(fn, columns, n);
    return { columns, like: ({ data }) => data };
  }
  if (y === null || typeof y !== "object" || !("rows" in y)) {
    throw typeError(`${fn}: y must be a Float64Array or a matrix { data, rows, cols }`);
  }
  checkColumns(fn, y, n);
  return { columns: y, like: (result) => result };
}

function checkColumns(fn: string, y: Matrix, n: number): void {
  checkMatrix(fn, "y", y);
  if (y.rows !== n) {
    throw shapeError(`${fn}: y must have one row or number a point, ${n}, got ${y.rows}`);
  }
}

/** Throws unless `i` is the number of a point. */
export function checkIndex(fn: string, i: number, n: number): void {
  if (!(Number.isInteger(i) && i >= 0 && i < n)) {
    throw domainError(`${fn}: i must be a whole number in 0..${n - 1}, got ${i}`);
  }
}
