import type { BareTask } from "../../task/without-weights.ts";
import { SMALLEST_NORMAL, U } from "../plain/bounds.ts";
import { bytesOfAll, drawFloats, drawSize, floats } from "./inputs.ts";

/** z = alpha x + y. */
export const axpy: BareTask = {
  id: "hpc/axpy",
  category: "hpc",
  title:
    "z = alpha x + y into a new array; no shortcut for alpha = 0, so a NaN in x gives NaN (inputs: alpha [1], x [n], y [n])",
  dimNames: ["n"],
  published: [1 << 24],
  scaled: (maxElements) => [Math.max(1, Math.floor((maxElements - 1) / 2))],
  shapes: [[1], [7], [64], [1009], [20_011]],
  drawDims: (rng) => [drawSize(20_000, rng)],
  families: ["uniform", "normal", "signed", "large", "small"],
  inputs: ([n = 0]) => [floats("alpha", 1), floats("x", n), floats("y", n)],
  outputs: ([n = 0]) => [floats("z", n)],
  draw(dims, family, rng) {
    const [alpha, x, y] = axpy.inputs(dims);
    return [
      drawFloats(alpha!, family, rng),
      drawFloats(x!, family, rng),
      drawFloats(y!, family, rng),
    ];
  },
  reference([alpha, x, y], [n = 0]) {
    const a = alpha!.data[0]!;
    const value = new Float64Array(n);
    const bound = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const product = a * x!.data[i]!;
      value[i] = product + y!.data[i]!;
      // Two roundings, the second of the sum; a quarter more for their products.
      bound[i] = 1.25 * U * (Math.abs(product) + Math.abs(value[i]!)) + SMALLEST_NORMAL;
    }
    return [{ shape: [n], value, bound }];
  },
  flops: ([n = 0]) => 2 * n,
  bytes(dims) {
    return bytesOfAll(axpy, dims);
  },
};
