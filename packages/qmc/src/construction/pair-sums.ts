import type { PoolOptions } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";
import { sequenceKernels } from "../sequences/sequence-kernels.ts";
import type { ProductKernel } from "./product-kernels.ts";

/** The product over j of (constant + weight_j k(x_j, y_j)). */
export interface WeightedProduct {
  kernel: ProductKernel;
  constant: number;
  weights: Float64Array;
}

/** Pairs below which going to WebAssembly does not pay. */
const WORTHWHILE = 1000;

/**
 * For each point i the sum over the later points of its product with them. `x` holds n points
 * transposed: coordinate j of point i at `x[j n + i]`. O(n^2 d).
 */
export function pairSums(product: WeightedProduct, x: Float64Array, n: number): Float64Array {
  const wasm = (n * n) / 2 < WORTHWHILE ? null : sequenceKernels();
  if (wasm === null) return pairSumsScalar(product, x, n);
  const { kernel, constant, weights } = product;
  return wasm.heap.scope((arena) => {
    const sums = arena.f64(n);
    const d = weights.length;
    const [points, factors] = [arena.f64(x), arena.f64(weights)];
    wasm.exports.discrepancyPairs!(kernel.code, points, factors, n, d, constant, 0, n, sums);
    return wasm.heap.f64(sums, n).slice();
  });
}

/** Pairs in one call of a thread: about 10 ms for 5 coordinates. */
const CALL = 2 ** 21;

/** `pairSums` on the threads of a pool, the same to the last bit. `onProgress` counts calls. */
export async function pairSumsOnPool(
  product: WeightedProduct,
  x: Float64Array,
  n: number,
  { pool, signal, onProgress }: PoolOptions,
): Promise<Float64Array> {
  const wasm = sequenceKernels();
  if (wasm === null) return pairSumsScalar(product, x, n);
  const { kernel, constant, weights } = product;
  return wasm.heap.scope(async (arena) => {
    const sums = arena.f64(n);
    const d = weights.length;
    const [points, factors] = [arena.f64(x), arena.f64(weights)];
    const calls: number[][] = [];
    for (let from = 0, to = 0; from < n; from = to) {
      to = Math.min(n, from + Math.ceil(CALL / (n - from)));
      calls.push([kernel.code, points, factors, n, d, constant, from, to, sums]);
    }
    await pool.run(kernels, "discrepancyPairs", calls, { signal, onProgress });
    return wasm.heap.f64(sums, n).slice();
  });
}

/** `pairSums` without WebAssembly, the same to the last bit: it sums in the same four lanes. */
export function pairSumsScalar(product: WeightedProduct, x: Float64Array, n: number): Float64Array {
  const { kernel, constant, weights } = product;
  const sums = new Float64Array(n);
  const lanes = new Float64Array(4);
  for (let i = 0; i < n; i++) {
    lanes.fill(0);
    const whole = n - ((n - i - 1) % 4);
    for (let k = i + 1; k < n; k++) {
      let factor = 1;
      for (let j = 0; j < weights.length; j++) {
        factor *= constant + weights[j]! * kernel.value(x[j * n + i]!, x[j * n + k]!);
      }
      lanes[k < whole ? (k - i - 1) % 4 : 0]! += factor;
    }
    sums[i] = lanes[0]! + lanes[2]! + (lanes[1]! + lanes[3]!);
  }
  return sums;
}
