import type { BareTask } from "../../task/without-weights.ts";
import { sumBound } from "../plain/bounds.ts";
import { bytesOfAll, drawFloats, drawSize, floats } from "./inputs.ts";

/** C = A B. */
export const gemm: BareTask = {
  id: "hpc/gemm",
  category: "hpc",
  title: "C = A B, all row-major (inputs: A [M, K], B [K, N]); C is written, never read",
  dimNames: ["M", "N", "K"],
  published: [2048, 2048, 2048],
  scaled(maxElements) {
    const side = Math.max(1, Math.floor(Math.sqrt(maxElements / 2)));
    return [side, side, side];
  },
  shapes: [
    [1, 1, 1],
    [7, 5, 3],
    [1, 67, 13],
    [61, 1, 29],
    [32, 32, 32],
    [47, 53, 59],
  ],
  drawDims: (rng) => [drawSize(70, rng), drawSize(70, rng), drawSize(70, rng)],
  families: ["uniform", "normal", "signed", "large", "small"],
  inputs: ([M = 0, N = 0, K = 0]) => [floats("A", M, K), floats("B", K, N)],
  outputs: ([M = 0, N = 0]) => [floats("C", M, N)],
  draw(dims, family, rng) {
    return gemm.inputs(dims).map((spec) => drawFloats(spec, family, rng));
  },
  reference([A, B], [M = 0, N = 0, K = 0]) {
    const value = new Float64Array(M * N);
    const magnitude = new Float64Array(M * N);
    for (let i = 0; i < M; i++) {
      for (let k = 0; k < K; k++) {
        const a = A!.data[i * K + k]!;
        for (let j = 0; j < N; j++) {
          const product = a * B!.data[k * N + j]!;
          value[i * N + j]! += product;
          magnitude[i * N + j]! += Math.abs(product);
        }
      }
    }
    return [{ shape: [M, N], value, bound: magnitude.map((sum) => sumBound(K, sum)) }];
  },
  flops: ([M = 0, N = 0, K = 0]) => 2 * M * N * K,
  bytes(dims) {
    return bytesOfAll(gemm, dims);
  },
};
