import { checkType, eigSymmetric, type Matrix } from "@daily-kernel/compute";
import type { Kernel } from "@daily-kernel/kernels";
import { checkBetween, checkedNumbers, checkPoints } from "../check.ts";

/**
 * C such that the L2 error of a fit from these points is surely at most C times the least error
 * |f - v|_H of any v of the space in the norm of the kernel's Hilbert space H (which must hold f and
 * the space): embedding + sqrt(largest eigenvalue of [sqrt(w_i w_j) k(x_i, x_j)] / (n smallest
 * eigenvalue of G)). O(n^3). With what the space leaves of the kernel, k(x, z) less its projection, and the
 * distance of f from its own projection, the bound is sharper.
 *
 * @param embedding - a bound of |g|_L2 / |g|_H, such as sqrt of the mean of k(x, x) under the measure.
 */
export function rkhsConstant(
  kernel: Pick<Kernel, "dimension" | "gram">,
  x: Matrix,
  weights: ArrayLike<number>,
  smallestEigenvalue: number,
  embedding: number,
): number {
  const fn = "rkhsConstant";
  checkType(typeof kernel?.gram === "function", fn, "kernel", "a Kernel", kernel);
  checkPoints(fn, "x", x, kernel.dimension);
  const n = x.rows;
  const w = checkedNumbers(fn, "weights", weights, n, true);
  checkBetween(fn, "smallestEigenvalue", smallestEigenvalue, 0);
  checkBetween(fn, "embedding", embedding, 0);
  const gram = kernel.gram(x, x);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) gram.data[i * n + j]! *= Math.sqrt(w[i]! * w[j]!) / n;
  }
  const largest = eigSymmetric(gram).values[n - 1]!;
  return embedding + Math.sqrt(largest / smallestEigenvalue);
}
