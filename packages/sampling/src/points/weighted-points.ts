import { checkType, type Matrix, matrix, numericError } from "@daily-kernel/compute";
import { christoffelOf } from "../basis/christoffel.ts";
import type { OrthonormalBasis } from "../basis/orthonormal-basis.ts";
import { checkBasis, checkBetween, checkCount } from "../check.ts";
import { scaledGram } from "../linear/gram.ts";
import { isPositiveDefinite } from "../linear/positive-definite.ts";

/** Where to evaluate, and how much each evaluation counts in the least squares. */
export interface WeightedPoints {
  /** n x d. */
  readonly points: Matrix;
  /** n numbers > 0. */
  readonly weights: Float64Array;
  /** How many sets were drawn until this one: 1 without a condition. */
  readonly tries: number;
}

/** The law of independent points: the optimal density k(x) / m, or the measure itself. */
export type Proposal = "christoffel" | "measure";

export interface ConditionOptions {
  /**
   * Draws again until the smallest eigenvalue of the Gram matrix is above this, in (0, 1). It makes the
   * error bound sure and the estimate biased. Default: no condition.
   */
  readonly minEigenvalue?: number;
  /** Sets drawn at most. Default 1000. */
  readonly maxTries?: number;
}

/** The optimal weights m / k(x) of the rows of x. */
export function optimalWeights(basis: OrthonormalBasis, x: Matrix): Float64Array {
  checkBasis("optimalWeights", basis);
  return weightsOf(basis, x, "christoffel");
}

export function weightsOf(basis: OrthonormalBasis, x: Matrix, proposal: Proposal): Float64Array {
  if (proposal === "measure") return new Float64Array(x.rows).fill(1);
  return christoffelOf(basis.map(x)).map((k) => basis.features / k);
}

export function checkProposal(fn: string, proposal: unknown): asserts proposal is Proposal {
  const known = proposal === "christoffel" || proposal === "measure";
  checkType(known, fn, "proposal", '"christoffel" or "measure"', proposal);
}

/** Draws until the condition holds. */
export function conditioned(
  fn: string,
  basis: OrthonormalBasis,
  options: ConditionOptions,
  draw: () => { points: Matrix; weights: Float64Array },
): WeightedPoints {
  checkType(typeof options === "object" && options !== null, fn, "options", "an object", options);
  const { minEigenvalue, maxTries = 1000 } = options;
  if (minEigenvalue === undefined) return { ...draw(), tries: 1 };
  checkBetween(fn, "minEigenvalue", minEigenvalue, 0, 1);
  checkCount(fn, "maxTries", maxTries);
  for (let tries = 1; tries <= maxTries; tries++) {
    const found = draw();
    const gram = scaledGram(basis.map(found.points), found.weights);
    for (let j = 0; j < gram.rows; j++) gram.data[j * gram.cols + j]! -= minEigenvalue;
    if (isPositiveDefinite(gram)) return { ...found, tries };
  }
  throw numericError(
    `${fn}: none of ${maxTries} sets had a Gram matrix with all eigenvalues above ${minEigenvalue}; take more points or a lower bound`,
  );
}

/** The rows of several matrices of equal width, one below the other. */
export function stacked(parts: readonly Matrix[], cols: number): Matrix {
  const out = matrix(
    parts.reduce((sum, part) => sum + part.rows, 0),
    cols,
  );
  let at = 0;
  for (const part of parts) {
    out.data.set(part.data, at);
    at += part.data.length;
  }
  return out;
}
