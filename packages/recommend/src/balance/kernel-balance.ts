import { checkObject, type Matrix, shapeError } from "@daily-kernel/compute";
import type { Kernel } from "@daily-kernel/kernels";
import { checkVector } from "../check.ts";
import { type BalancedWeights, type BalanceProblem, balanceWeights } from "./balance-weights.ts";
import { kernelMeans } from "./kernel-means.ts";

export interface KernelBalanceProblem
  extends Pick<BalanceProblem, "base" | "slack" | "penalty" | "maxIterations"> {
  /** Features of the observed cells, n x d. */
  observed: Matrix;
  /** Features of all cells, or of a random sample of them, m x d. */
  population: Matrix;
  /** The points z_j of the functions k(., z_j) to balance, J x d. */
  centres: Matrix;
  /** A kernel of dimension d. */
  kernel: Kernel;
}

/**
 * Weights under which the functions k(., z_j) have the same mean over observed cells as over all:
 * `balanceWeights` for kernel functions. O(n J^2) a Newton step.
 *
 * @throws RangeError `ERR_SHAPE` for dimensions that differ, and what `balanceWeights` throws.
 */
export function kernelBalance(problem: KernelBalanceProblem): BalancedWeights {
  checkFeatures("kernelBalance", problem);
  const { observed, population, centres, kernel, ...rest } = problem;
  const functions = kernel.gram(observed, centres);
  return balanceWeights({ ...rest, functions, targets: kernelMeans(kernel, population, centres) });
}

/**
 * How far functions k(., z_j) are from balanced: (1/n) sum w k(x_i, z_j), w scaled to a mean of 1,
 * less the mean over the population; J numbers. For centres that no weights were fitted to.
 */
export function kernelImbalance(
  problem: Pick<KernelBalanceProblem, "observed" | "population" | "centres" | "kernel"> & {
    /** n numbers >= 0. Default all 1. */
    weights?: ArrayLike<number> | undefined;
  },
): Float64Array {
  checkFeatures("kernelImbalance", problem);
  const { observed, population, centres, kernel } = problem;
  const n = observed.rows;
  const weights = problem.weights ?? new Float64Array(n).fill(1);
  checkVector("kernelImbalance", "weights", weights, n, 0);
  const total = Array.from(weights).reduce((sum, w) => sum + w, 0) || 1;
  const { data } = kernel.gram(observed, centres);
  const size = centres.rows;
  const out = kernelMeans(kernel, population, centres).map((mean) => -mean);
  for (let c = 0; c < data.length; c++) {
    out[c % size]! += (weights[Math.floor(c / size)]! / total) * data[c]!;
  }
  return out;
}

function checkFeatures(
  fn: string,
  problem: Pick<KernelBalanceProblem, "observed" | "population" | "centres" | "kernel">,
): void {
  checkObject(fn, "problem", problem);
  checkObject(fn, "kernel", problem.kernel);
  for (const name of ["observed", "population", "centres"] as const) {
    checkObject(fn, name, problem[name]);
    const { rows, cols } = problem[name];
    if (rows === 0 || cols !== problem.kernel.dimension) {
      throw shapeError(
        `${fn}: ${name} must have at least a row of ${problem.kernel.dimension} features, got ${rows}x${cols}`,
      );
    }
  }
}
