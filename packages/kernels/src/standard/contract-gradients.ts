import type { Matrix } from "@daily-kernel/compute";
import type { Kernel } from "../kernel.ts";
import { checkWeights } from "./check-points.ts";

/** sum_ij weights_ij d k(x_i, z_j) / d (log) parameter p, for every p. */
export function contractGradients(
  kernel: Kernel,
  x: Matrix,
  z: Matrix,
  weights: Matrix,
): Float64Array {
  if (kernel.contractGradients) return kernel.contractGradients(x, z, weights);
  return contractMatrices("contractGradients", kernel.gramGradients(x, z), x, z, weights);
}

/** The same from the matrices of `gramGradients`, whose points have been checked. */
export function contractMatrices(
  fn: string,
  gradients: readonly Matrix[],
  x: Matrix,
  z: Matrix,
  weights: Matrix,
): Float64Array {
  checkWeights(fn, weights, x.rows, z.rows);
  return Float64Array.from(gradients, ({ data }) => {
    let sum = 0;
    for (let i = 0; i < data.length; i++) sum += data[i]! * weights.data[i]!;
    return sum;
  });
}
