import {
  checkObject,
  cholesky,
  choleskySolve,
  domainError,
  type Matrix,
  matmul,
  matrix,
  type Rng,
  syrk,
} from "@daily-kernel/compute";
import { checkReal, checkVector, checkWhole } from "../check.ts";

/** How the functions to balance are chosen among the candidates. */
export type Selection = "random" | "worst" | "adaptive";

export interface SelectionProblem {
  /** k(x_i, z_j) at observed cells x (n) and candidate centres z (P): n x P. */
  functions: Matrix;
  /** The mean of k(., z_j) over all cells: P numbers. */
  targets: ArrayLike<number>;
  /** k(z_i, z_j), P x P; for "worst". */
  gram?: Matrix | undefined;
  /** Current weights of mean 1, n numbers >= 0; for "worst" and "adaptive". Default 1. */
  weights?: ArrayLike<number> | undefined;
  /** Errors of the prediction (less the imputed ones), n numbers; for "adaptive". */
  errors?: ArrayLike<number> | undefined;
  /** J: how many to choose, at most P. */
  count: number;
  /** For "random". */
  rng?: Rng | undefined;
  /** Added to the diagonal of the systems solved, relative to their mean. Default 1e-4. */
  ridge?: number | undefined;
}

/**
 * The positions of J candidates. "random": any J. "worst": h = sum eps_j k(., z_j) of largest
 * imbalance for its RKHS norm is eps = K^-1 imbalance; the J largest |eps_j|. "adaptive": h fitted to
 * the errors by weighted least squares; the J largest |eps_j|, so that what is balanced is what the
 * bias is made of. O(n P^2).
 *
 * @throws RangeError `ERR_DOMAIN` where the rule lacks what it needs or count exceeds P.
 */
export function selectFunctions(rule: Selection, problem: SelectionProblem): Int32Array {
  const fn = "selectFunctions";
  checkObject(fn, "problem", problem);
  const { functions, targets, count, rng, ridge = 1e-4 } = problem;
  const { rows: n, cols: size } = functions;
  checkVector(fn, "targets", targets, size);
  checkWhole(fn, "count", count, 1);
  checkReal(fn, "ridge", ridge, 0, true);
  if (count > size) throw domainError(`${fn}: count must be at most ${size}, got ${count}`);
  if (rule === "random") {
    if (!rng) throw domainError(`${fn}: "random" needs rng`);
    return Int32Array.from(rng.permutation(size).subarray(0, count)).sort();
  }
  const weights = problem.weights ?? new Float64Array(n).fill(1);
  checkVector(fn, "weights", weights, n, 0);
  if (rule === "worst") {
    if (!problem.gram) throw domainError(`${fn}: "worst" needs gram`);
    const w = matrix(
      1,
      n,
      Float64Array.from(weights, (v) => v / n),
    );
    const imbalance = matmul(w, functions).data.map((v, j) => v - targets[j]!);
    return largest(solve(problem.gram, imbalance, ridge), count);
  }
  if (rule !== "adaptive") {
    throw domainError(`${fn}: rule must be "random", "worst" or "adaptive", got ${rule}`);
  }
  if (!problem.errors) throw domainError(`${fn}: "adaptive" needs errors`);
  const { errors } = problem;
  checkVector(fn, "errors", errors, n);
  let [sum, mean] = [0, 0];
  for (let i = 0; i < n; i++) {
    sum += weights[i]!;
    mean += weights[i]! * errors[i]!;
  }
  if (sum > 0) mean /= sum;
  const scaled = matrix(n, size);
  const right = matrix(1, n);
  for (let i = 0; i < n; i++) {
    const root = Math.sqrt(weights[i]!);
    right.data[i] = root * (errors[i]! - mean);
    // a constant is balanced anyway, so functions count by what they have beyond their means
    for (let j = 0; j < size; j++) {
      scaled.data[i * size + j] = root * (functions.data[i * size + j]! - targets[j]!);
    }
  }
  const normal = syrk(scaled, { transpose: true });
  return largest(solve(normal, matmul(right, scaled).data, ridge), count);
}

function solve(a: Matrix, b: Float64Array, ridge: number): Float64Array {
  const size = a.rows;
  const system = matrix(size, size, a.data.slice());
  let trace = 0;
  for (let j = 0; j < size; j++) trace += a.data[j * size + j]!;
  for (let j = 0; j < size; j++) system.data[j * size + j]! += ridge * (trace / size || 1);
  return choleskySolve(cholesky(system), matrix(size, 1, b)).data;
}

function largest(coefficients: Float64Array, count: number): Int32Array {
  const order = Array.from(coefficients.keys());
  order.sort((i, j) => Math.abs(coefficients[j]!) - Math.abs(coefficients[i]!) || i - j);
  return Int32Array.from(order.slice(0, count)).sort();
}
