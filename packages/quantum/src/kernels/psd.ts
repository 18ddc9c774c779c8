import {
  domainError,
  eigSymmetric,
  type Matrix,
  matmul,
  matrix,
  numericError,
  shapeError,
  syrk,
} from "@daily-kernel/compute";
import { checkMatrix, checkVector } from "../checks.ts";

/** A repaired matrix, and what was wrong with the one before. */
export interface PsdRepair {
  /** Symmetric and positive semi-definite. */
  readonly matrix: Matrix;
  /** The smallest eigenvalue before the repair. */
  readonly smallest: number;
  /** How many eigenvalues were negative. */
  readonly negative: number;
}

/** Throws unless the matrix is square and symmetric to rounding. */
function checkSymmetric(fn: string, name: string, k: Matrix): void {
  checkMatrix(fn, name, k);
  if (k.rows !== k.cols) {
    throw shapeError(`${fn}: ${name} must be square, got ${k.rows}x${k.cols}`);
  }
  const largest = k.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let i = 0; i < k.rows; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [k.data[i * k.cols + j]!, k.data[j * k.cols + i]!];
      if (Math.abs(a - b) > 1e-9 * largest) {
        throw domainError(
          `${fn}: ${name} must be symmetric, got ${a} at row ${i}, column ${j} and ${b} across`,
        );
      }
    }
  }
}

/**
 * The nearest positive semi-definite matrix in the Frobenius norm: negative eigenvalues become 0
 * (Higham 1988). Repair the block of the training points alone: one that holds test points too would
 * let them change the training.
 */
export function projectPsd(k: Matrix): PsdRepair {
  checkSymmetric("projectPsd", "k", k);
  const { values, vectors } = eigSymmetric(k);
  const negative = values.filter((value) => value < 0).length;
  if (negative === 0)
    return { matrix: matrix(k.rows, k.cols, k.data.slice()), smallest: values[0] ?? 0, negative };
  const n = k.rows;
  const scaled = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      scaled.data[i * n + j] = vectors.data[i * n + j]! * Math.sqrt(Math.max(0, values[j]!));
    }
  }
  return { matrix: syrk(scaled), smallest: values[0]!, negative };
}

/** The matrix with the size of its smallest eigenvalue, if that is negative, added to the diagonal. */
export function shiftPsd(k: Matrix): PsdRepair {
  checkSymmetric("shiftPsd", "k", k);
  const { values } = eigSymmetric(k);
  const smallest = values[0] ?? 0;
  const out = matrix(k.rows, k.cols, k.data.slice());
  if (smallest < 0) for (let i = 0; i < k.rows; i++) out.data[i * (k.rows + 1)]! -= smallest;
  return { matrix: out, smallest, negative: values.filter((value) => value < 0).length };
}

/**
 * <K, y y^T> / (|K| |y y^T|), how well a kernel fits labels -1 and 1: at most 1 (Cristianini et al.
 * 2001).
 *
 * @throws Error `ERR_NUMERIC` for a matrix of zeros.
 */
export function kernelAlignment(k: Matrix, y: ArrayLike<number>): number {
  checkSymmetric("kernelAlignment", "k", k);
  checkVector("kernelAlignment", "y", y, k.rows);
  const labels = matrix(k.rows, 1, Float64Array.from(y));
  // in units of the largest entry, whose square may be no double
  const largest = k.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const norm = labels.data.reduce((sum, label) => sum + label * label, 0);
  if (largest === 0 || norm === 0) {
    throw numericError(
      `kernelAlignment: ${norm === 0 ? "y" : "k"} has no direction: all of it is 0`,
    );
  }
  const unit = matrix(
    k.rows,
    k.cols,
    k.data.map((value) => value / largest),
  );
  const products = matmul(unit, labels).data;
  const inner = labels.data.reduce((sum, label, i) => sum + label * products[i]!, 0);
  const squares = unit.data.reduce((sum, value) => sum + value * value, 0);
  return inner / (Math.sqrt(squares) * norm);
}
