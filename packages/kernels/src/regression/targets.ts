import { checkNumbers, domainError, type Matrix, matrix, shapeError } from "@daily-kernel/compute";
import { checkMatrix } from "../standard/check-points.ts";

/** Targets as n x m: a matrix, or n numbers as one column; a copy. */
export function checkTargets(fn: string, y: unknown, n: number): Matrix {
  let targets = y as Matrix;
  if (y !== null && typeof y === "object" && "rows" in y) {
    checkMatrix(fn, "y", y);
  } else {
    checkNumbers(fn, "y", y);
    targets = matrix(y.length, 1, Float64Array.from(y));
  }
  if (targets.rows !== n) {
    throw shapeError(`${fn}: y must have one row or number a row of x, ${n}, got ${targets.rows}`);
  }
  const { data } = targets;
  const bad = data.findIndex((v) => !Number.isFinite(v));
  if (bad >= 0) throw domainError(`${fn}: y must be finite, got ${data[bad]} at index ${bad}`);
  return matrix(targets.rows, targets.cols, data.slice());
}
