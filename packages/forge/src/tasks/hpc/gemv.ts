import type { BareTask } from "../../task/without-weights.ts";
import { sumBound } from "../plain/bounds.ts";
import { bytesOfAll, drawFloats, drawSize, floats } from "./inputs.ts";

/** y = A x. */
export const gemv: BareTask = {
  id: "hpc/gemv",
  category: "hpc",
  title: "y = A x with A row-major (inputs: A [M, N], x [N])",
  dimNames: ["M", "N"],
  published: [8192, 8192],
  scaled(maxElements) {
    const side = Math.max(1, Math.floor(Math.sqrt(maxElements + 0.25) - 0.5));
    return [side, side];
  },
  shapes: [
    [1, 1],
    [7, 3],
    [1, 131],
    [61, 1],
    [64, 64],
    [211, 173],
  ],
  drawDims: (rng) => [drawSize(300, rng), drawSize(300, rng)],
  families: ["uniform", "normal", "signed", "large", "small"],
  inputs: ([M = 0, N = 0]) => [floats("A", M, N), floats("x", N)],
  outputs: ([M = 0]) => [floats("y", M)],
  draw(dims, family, rng) {
    return gemv.inputs(dims).map((spec) => drawFloats(spec, family, rng));
  },
  reference([A, x], [M = 0, N = 0]) {
    const value = new Float64Array(M);
    const magnitude = new Float64Array(M);
    for (let i = 0; i < M; i++) {
      for (let j = 0; j < N; j++) {
        const product = A!.data[i * N + j]! * x!.data[j]!;
        value[i]! += product;
        magnitude[i]! += Math.abs(product);
      }
    }
    return [{ shape: [M], value, bound: magnitude.map((sum) => sumBound(N, sum)) }];
  },
  flops: ([M = 0, N = 0]) => 2 * M * N,
  bytes(dims) {
    return bytesOfAll(gemv, dims);
  },
};
