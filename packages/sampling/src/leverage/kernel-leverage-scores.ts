import { checkType, cholesky, type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import type { Kernel } from "@daily-kernel/kernels";
import { checkBetween, checkCount, checkPoints, checkRng } from "../check.ts";
import { inverseNorm } from "../linear/positive-definite.ts";

/**
 * Ridge leverage of each point under a kernel: the diagonal of K (K + lambda I)^-1, N numbers in
 * [0, 1); O(N^3).
 *
 * @param lambda - > 0.
 */
export function kernelLeverageScores(kernel: Kernel, x: Matrix, lambda: number): Float64Array {
  check("kernelLeverageScores", kernel, x, lambda);
  const all = Array.from({ length: x.rows }, (_, i) => i);
  return scoresFrom(kernel, x, lambda, all, new Float64Array(x.rows).fill(1), all);
}

/**
 * Estimates of the same scores from landmarks found by halving (recursive sampling, Musco and
 * Musco, NeurIPS 2017): O(N s^2) operations and N s kernel values for s landmarks.
 *
 * @param landmarks - s, the mean number of landmarks a level; more make the estimates better;
 *   below 4 times the sum of the scores, some come out too small.
 */
export function approximateKernelLeverageScores(
  kernel: Kernel,
  x: Matrix,
  lambda: number,
  landmarks: number,
  rng: Rng,
): Float64Array {
  const fn = "approximateKernelLeverageScores";
  check(fn, kernel, x, lambda);
  checkCount(fn, "landmarks", landmarks);
  checkRng(fn, rng);
  const order = Array.from(rng.permutation(x.rows));
  const levels = [order.length];
  while (levels[0]! > landmarks) levels.unshift(Math.ceil(levels[0]! / 2));
  let chosen = order.slice(0, levels[0]);
  let inclusion = new Float64Array(chosen.length).fill(1);
  for (const level of levels.slice(1)) {
    const scores = scoresFrom(kernel, x, lambda, chosen, inclusion, order.slice(0, level));
    if (level === x.rows) {
      const out = new Float64Array(level);
      for (let i = 0; i < level; i++) out[order[i]!] = scores[i]!;
      return out;
    }
    const total = scores.reduce((sum, score) => sum + score, 0);
    const kept: number[] = [];
    const probabilities: number[] = [];
    scores.forEach((score, i) => {
      const p = Math.min(1, (landmarks * score) / total);
      if (rng.uniform() >= p) return;
      kept.push(order[i]!);
      probabilities.push(p);
    });
    chosen = kept;
    inclusion = Float64Array.from(probabilities);
  }
  return kernelLeverageScores(kernel, x, lambda);
}

/**
 * (k_ii - k_i^T (K_SS + lambda diag(p))^-1 k_i) / lambda over `of`, from the landmarks S, each standing
 * for 1 / p points; exact if S is everything and p = 1. At most 1.
 */
function scoresFrom(
  kernel: Kernel,
  x: Matrix,
  lambda: number,
  landmarks: readonly number[],
  inclusion: Float64Array,
  of: readonly number[],
): Float64Array {
  const z = rowsOf(x, landmarks);
  const gram = kernel.gram(z, z);
  const s = landmarks.length;
  for (let i = 0; i < s; i++) gram.data[i * s + i]! += lambda * inclusion[i]!;
  const factor = cholesky(gram);
  const points = rowsOf(x, of);
  const diagonal = kernel.pairs(points, points);
  const cross = kernel.gram(points, z);
  return diagonal.map((own, i) => {
    const left = (own - inverseNorm(factor, cross.data, i * s)) / lambda;
    return Math.min(1, Math.max(0, left));
  });
}

function rowsOf({ data, cols }: Matrix, numbers: readonly number[]): Matrix {
  const out = matrix(numbers.length, cols);
  numbers.forEach((row, i) => {
    out.data.set(data.subarray(row * cols, (row + 1) * cols), i * cols);
  });
  return out;
}

function check(fn: string, kernel: Kernel, x: Matrix, lambda: number): void {
  checkType(typeof kernel?.gram === "function", fn, "kernel", "a Kernel", kernel);
  checkPoints(fn, "x", x, kernel.dimension);
  checkBetween(fn, "lambda", lambda, 0);
}
