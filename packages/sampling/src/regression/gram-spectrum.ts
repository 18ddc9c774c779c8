import { type Matrix, matrix } from "@daily-kernel/compute";
import { invertUpper } from "../linear/qr.ts";
import { symmetricEigenvalues } from "../linear/symmetric-eigenvalues.ts";

/**
 * The extreme eigenvalues of G = R^T R. The smallest is the inverse of the largest of R^-1 R^-T, which
 * keeps its relative accuracy where forming G would drown it below 2^-53 of the largest.
 */
export function extremeEigenvalues(r: Matrix): { smallest: number; largest: number } {
  return { smallest: 1 / largestOf(invertUpper(r)), largest: largestOf(r) };
}

/** The largest eigenvalue of A A^T for an upper triangular A. */
function largestOf({ data, rows: m }: Matrix): number {
  const square = matrix(m, m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let l = i; l < m; l++) sum += data[i * m + l]! * data[j * m + l]!;
      square.data[i * m + j] = sum;
    }
  }
  return symmetricEigenvalues(square)[m - 1]!;
}
