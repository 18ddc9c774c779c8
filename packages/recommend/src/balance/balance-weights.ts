import { checkObject, domainError, type Matrix, shapeError } from "@daily-kernel/compute";
import { checkReal, checkVector } from "../check.ts";
import { Dual, withScratch } from "./dual.ts";

export interface BalanceProblem {
  /** phi_j at the observed cells, n x J. */
  functions: Matrix;
  /** The mean of each phi_j over all cells, J numbers. */
  targets: ArrayLike<number>;
  /** Base weights, n numbers > 0: 1 / propensity. Default 1 for all. Scaled to a mean of 1. */
  base?: ArrayLike<number> | undefined;
  /** C >= 0: how far each weighted mean may stay from its target. Default 0.001. */
  slack?: number | undefined;
  /**
   * gamma > 0: the price of violating a bound by one. It bounds the dual, so that infeasible
   * problems have an answer: the least violation. Default 100.
   */
  penalty?: number | undefined;
  /** Newton steps at most. Default 100. */
  maxIterations?: number | undefined;
}

export interface BalancedWeights {
  /** n numbers > 0; their weighted means (1/n) sum w phi meet the targets. Their own mean is 1. */
  weights: Float64Array;
  /** (1/n) sum w phi_j - target_j, J numbers. */
  imbalance: Float64Array;
  /** The multiplier of each function: w = base exp(dual0 + sum_j dual_j phi_j). */
  dual: Float64Array;
  /** Whether the optimality conditions hold to 1e-8. */
  converged: boolean;
  /** Whether every |imbalance| is within the slack; false where the constraints contradict. */
  feasible: boolean;
  iterations: number;
}

/** How far from optimal is still converged, in units of the functions. */
const TOLERANCE = 1e-8;

/**
 * The weights nearest to the base in relative entropy, sum w log(w / base), of mean 1, under which
 * the functions have their target means up to the slack. Solved exactly in the dual: minimise
 * log mean(base exp(phi . b)) - b . t + C |b|_1 over |b_j| <= gamma, by proximal Newton steps whose
 * models are solved by coordinate descent (as in Hainmueller's entropy balancing, 2012, with a
 * slack). O(n J^2) a step.
 *
 * @throws RangeError `ERR_SHAPE` for lengths that do not fit, `ERR_DOMAIN` for numbers that are not
 *   finite, a base <= 0, slack < 0 or penalty <= 0.
 */
export function balanceWeights(problem: BalanceProblem): BalancedWeights {
  const fn = "balanceWeights";
  checkObject(fn, "problem", problem);
  const { functions, targets, slack = 1e-3, penalty = 100, maxIterations = 100 } = problem;
  const { rows: n, cols: size } = functions;
  if (n === 0 || size === 0) throw shapeError(`${fn}: functions must not be empty`);
  checkVector(fn, "functions.data", functions.data, n * size);
  checkVector(fn, "targets", targets, size);
  checkReal(fn, "slack", slack, 0);
  checkReal(fn, "penalty", penalty, 0, true);
  const base = logBase(fn, problem.base, n);
  return withScratch((arena) => {
    const problem = new Dual(arena, functions, targets, base);
    const dual = new Float64Array(size);
    let at = problem.evaluate(dual);
    let iterations = 0;
    let error = violation(at.imbalance, dual, slack, penalty);
    while (error > TOLERANCE && iterations < maxIterations) {
      iterations++;
      const step = newtonStep(at.imbalance, problem.hessian(at), dual, slack, penalty);
      const before = at.value + slack * norm1(dual);
      let trial = at;
      let scale = 1;
      for (; scale > 1e-12; scale /= 2) {
        const b = dual.map((v, j) => v + scale * step[j]!);
        trial = problem.evaluate(b);
        if (trial.value + slack * norm1(b) <= before + 1e-15) break;
      }
      if (scale <= 1e-12) break;
      for (let j = 0; j < size; j++) dual[j]! += scale * step[j]!;
      at = trial;
      error = violation(at.imbalance, dual, slack, penalty);
    }
    const { weights, imbalance } = at;
    const feasible = imbalance.every((v) => Math.abs(v) <= slack + 1e-6);
    return { weights, imbalance, dual, converged: error <= TOLERANCE, feasible, iterations };
  });
}

/** Minimises g.d + d'Hd/2 + C|b+d|_1 over |b+d| <= gamma, a coordinate at a time. */
function newtonStep(
  g: Float64Array,
  h: Matrix,
  b: Float64Array,
  slack: number,
  penalty: number,
): Float64Array {
  const size = b.length;
  const d = new Float64Array(size);
  const slope = g.slice();
  let ridge = 0;
  for (let j = 0; j < size; j++) ridge = Math.max(ridge, 1e-10 * h.data[j * size + j]!);
  ridge = Math.max(ridge, 1e-14);
  for (let sweep = 0; sweep < 1000; sweep++) {
    let largest = 0;
    for (let j = 0; j < size; j++) {
      const curve = h.data[j * size + j]! + ridge;
      const now = b[j]! + d[j]!;
      const plain = now - (slope[j]! + ridge * d[j]!) / curve;
      const shrunk = Math.sign(plain) * Math.max(0, Math.abs(plain) - slack / curve);
      const move = Math.min(penalty, Math.max(-penalty, shrunk)) - now;
      if (move === 0) continue;
      d[j]! += move;
      for (let k = 0; k < size; k++) slope[k]! += move * h.data[j * size + k]!;
      largest = Math.max(largest, Math.abs(move) * curve);
    }
    if (largest < TOLERANCE / 10) break;
  }
  return d;
}

/** The largest distance from the conditions of optimality. */
function violation(g: Float64Array, b: Float64Array, slack: number, penalty: number): number {
  let most = 0;
  for (let j = 0; j < b.length; j++) {
    const v = g[j]!;
    const sign = Math.sign(b[j]!);
    const free = sign === 0 ? Math.max(0, Math.abs(v) - slack) : Math.abs(v + slack * sign);
    // at the end of the box the slope may still point outwards
    const bound = Math.abs(b[j]!) >= penalty && sign * v + slack <= 0;
    most = Math.max(most, bound ? 0 : free);
  }
  return most;
}

function logBase(fn: string, base: ArrayLike<number> | undefined, n: number): Float64Array {
  if (base === undefined) return new Float64Array(n);
  checkVector(fn, "base", base, n, 0);
  const logs = Float64Array.from(base, Math.log);
  const bad = logs.indexOf(-Infinity);
  if (bad >= 0) throw domainError(`${fn}: base[${bad}] must be > 0, got 0`);
  return logs;
}

const norm1 = (b: Float64Array): number => b.reduce((sum, v) => sum + Math.abs(v), 0);
