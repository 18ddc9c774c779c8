import type { Matrix } from "@daily-kernel/compute";
import type { Kernel } from "../kernel.ts";

/** sum_ij weights_ij d k(x_i, z_j) / d (log) parameter p, for every p. */
export function contractGradients(
  kernel: Kernel,
  x: Matrix,
  z: Matrix,
  weights: Matrix,
): Float64Array {
  if (kernel.contractGradients) return kernel.contractGradients(x, z, weights);
  return Float64Array.from(kernel.gramGradients(x, z), ({ data }) => {
    let sum = 0;
    for (let i = 0; i < data.length; i++) sum += data[i]! * weights.data[i]!;
    return sum;
  });
}
