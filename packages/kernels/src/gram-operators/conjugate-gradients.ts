import { checkObject, type Matrix, matrix, numericError } from "@daily-kernel/compute";
import { checkNonNegative } from "../regression/factor.ts";
import { checkCount, checkPositive } from "../standard/check-points.ts";
import type { GramOperator, GramSolveOptions } from "./gram-operator.ts";
import { lowRankSolver } from "./low-rank-solve.ts";
import { partialCholesky } from "./partial-cholesky.ts";

export interface IterativeSolveOptions extends GramSolveOptions {
  /** Ends when every column's residual is at most this times its right-hand side. Default 1e-10. */
  tolerance?: number | undefined;
  /** Default 1000. */
  maxIterations?: number | undefined;
  /** Rank of the partial Cholesky factor that preconditions; 0 for none. Default 100. */
  preconditionerRank?: number | undefined;
}

/**
 * (K + ridge I)^-1 y by conjugate gradients, preconditioned by a pivoted Cholesky factor of low rank
 * plus the ridge (Gardner et al. 2018); all columns of y share one product with K an iteration.
 *
 * @throws Error `ERR_NUMERIC` if the iterations do not suffice.
 */
export function solveIteratively(
  fn: string,
  gram: GramOperator,
  y: Matrix,
  options: IterativeSolveOptions,
): Matrix {
  checkObject(fn, "options", options);
  const { ridge = 0, tolerance = 1e-10, maxIterations = 1000, preconditionerRank = 100 } = options;
  checkNonNegative(fn, "ridge", ridge);
  checkPositive(fn, "tolerance", tolerance);
  checkCount(fn, "maxIterations", maxIterations, 1);
  checkCount(fn, "preconditionerRank", preconditionerRank, 0);
  const apply = (x: Matrix): Matrix => {
    const product = gram.matvec(x);
    for (let i = 0; i < product.data.length; i++) product.data[i]! += ridge * x.data[i]!;
    return product;
  };
  const precondition = preconditioner(gram, ridge, preconditionerRank);
  const x = matrix(y.rows, y.cols);
  const residual = matrix(y.rows, y.cols, y.data.slice());
  const goal = norms(y).map((norm) => tolerance * norm);
  let z = precondition(residual);
  const p = matrix(y.rows, y.cols, z.data.slice());
  let rho = dots(residual, z);
  for (let iteration = 0; ; iteration++) {
    const size = norms(residual);
    if (size.every((norm, k) => norm <= goal[k]!)) return x;
    if (iteration === maxIterations) {
      const worst = size.reduce(
        (most, norm, k) => Math.max(most, (norm / goal[k]!) * tolerance),
        0,
      );
      throw numericError(
        `${fn}: residual ${worst.toExponential(1)} after ${maxIterations} iterations, tolerance ${tolerance}; raise ridge, maxIterations, preconditionerRank or tolerance`,
      );
    }
    const q = apply(p);
    const curvature = dots(p, q);
    const step = rho.map((value, k) => (size[k]! > goal[k]! ? value / curvature[k]! : 0));
    addScaled(x, step, p);
    addScaled(
      residual,
      step.map((v) => -v),
      q,
    );
    z = precondition(residual);
    const next = dots(residual, z);
    for (let i = 0; i < p.data.length; i++) {
      const k = i % p.cols;
      if (step[k] !== 0) p.data[i] = z.data[i]! + (next[k]! / rho[k]!) * p.data[i]!;
    }
    rho = next;
  }
}

/** Without a ridge the mean of the diagonal that remains takes its place. */
function preconditioner(gram: GramOperator, ridge: number, rank: number): (y: Matrix) => Matrix {
  const none = (y: Matrix) => matrix(y.rows, y.cols, y.data.slice());
  if (rank === 0) return none;
  const { l, remaining } = partialCholesky(gram, rank);
  const shift = ridge > 0 ? ridge : remaining / gram.n;
  return shift > 0 ? lowRankSolver(l, shift) : none;
}

function dots(a: Matrix, b: Matrix): Float64Array {
  const out = new Float64Array(a.cols);
  for (let i = 0; i < a.data.length; i++) out[i % a.cols]! += a.data[i]! * b.data[i]!;
  return out;
}

const norms = (a: Matrix) => dots(a, a).map(Math.sqrt);

function addScaled(target: Matrix, factors: Float64Array, direction: Matrix): void {
  for (let i = 0; i < target.data.length; i++) {
    target.data[i]! += factors[i % target.cols]! * direction.data[i]!;
  }
}
