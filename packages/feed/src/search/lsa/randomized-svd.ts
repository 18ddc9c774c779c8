import { eigSymmetric, type Matrix, matmul, matrix, Rng, syrk } from "@daily-kernel/compute";
import { type SparseMatrix, sparseTimesDense, sparseTransposeTimesDense } from "./sparse-matrix.ts";

export interface RightSingular {
  /** Singular values, largest first. */
  readonly values: Float64Array;
  /** The right singular vectors as columns, a.cols x rank. */
  readonly vectors: Matrix;
}

/** Directions beyond those asked for, and passes that sharpen them. */
const OVERSAMPLES = 16;
const PASSES = 2;

/**
 * The largest `k` singular values of a sparse matrix and their right vectors, by a random projection
 * with power iterations (Halko, Martinsson and Tropp 2011, algorithms 4.4 and 5.1). Fewer come
 * back where the rank is smaller. About 4 (PASSES + 1) nnz (k + 16) operations; the same seed gives
 * the same bits.
 */
export function randomizedSvd(a: SparseMatrix, k: number, seed: number): RightSingular {
  const width = Math.min(k + OVERSAMPLES, a.rows, a.cols);
  const noise = matrix(a.rows, width, new Rng(seed).fillNormal(new Float64Array(a.rows * width)));
  // The rows of A are few beside its columns or many: either way its range from the right is sought.
  let basis = whitened(sparseTransposeTimesDense(a, noise));
  for (let pass = 0; pass < PASSES; pass++) {
    basis = whitened(sparseTransposeTimesDense(a, sparseTimesDense(a, basis)));
  }
  // Once leaves the error of the squared condition number.
  basis = whitened(basis);
  const small = sparseTimesDense(a, basis);
  const { values, vectors } = eigSymmetric(syrk(small, { transpose: true }));
  const largest = values.at(-1) ?? 0;
  const kept = [...values.keys()]
    .reverse()
    .filter((j) => values[j]! > 1e-12 * largest)
    .slice(0, k);
  const chosen = matrix(basis.cols, kept.length);
  for (let i = 0; i < basis.cols; i++) {
    kept.forEach((j, c) => {
      chosen.data[i * kept.length + c] = vectors.data[i * vectors.cols + j]!;
    });
  }
  return {
    values: Float64Array.from(kept, (j) => Math.sqrt(values[j]!)),
    vectors: matmul(basis, chosen),
  };
}

/**
 * Orthonormal columns with the range of y, from the eigenvectors of y^T y. Directions without
 * length are dropped.
 */
function whitened(y: Matrix): Matrix {
  const { values, vectors } = eigSymmetric(syrk(y, { transpose: true }));
  const largest = values.at(-1) ?? 0;
  const kept = [...values.keys()].filter((j) => values[j]! > 1e-13 * largest);
  const scale = matrix(y.cols, kept.length);
  for (let i = 0; i < y.cols; i++) {
    kept.forEach((j, c) => {
      scale.data[i * kept.length + c] = vectors.data[i * vectors.cols + j]! / Math.sqrt(values[j]!);
    });
  }
  return matmul(y, scale);
}
