import { sequenceKernels } from "../sequences/sequence-kernels.ts";
import type { WeightedProduct } from "./pair-sums.ts";

export interface PairSlopes {
  /** For each point i the sum over all points k, itself included, of its product with them. */
  values: Float64Array;
  /** At j n + i: the derivative of values[i] by coordinate j of point i, as the first argument. */
  slopes: Float64Array;
}

/** Pairs below which going to WebAssembly does not pay. */
const WORTHWHILE = 500;

/** `x` holds n points transposed, as in `pairSums`. O(n^2 d), without divisions. */
export function pairSlopes(product: WeightedProduct, x: Float64Array, n: number): PairSlopes {
  const wasm = n * n < WORTHWHILE ? null : sequenceKernels();
  if (wasm === null) return pairSlopesScalar(product, x, n);
  const { kernel, constant, weights } = product;
  const d = weights.length;
  return wasm.heap.scope((arena) => {
    const [values, slopes, scratch] = [arena.f64(n), arena.f64(n * d), arena.alloc(48 * d)];
    const [points, factors] = [arena.f64(x), arena.f64(weights)];
    const { discrepancySlopes } = wasm.exports;
    discrepancySlopes!(kernel.code, points, factors, n, d, constant, values, slopes, scratch);
    return {
      values: wasm.heap.f64(values, n).slice(),
      slopes: wasm.heap.f64(slopes, n * d).slice(),
    };
  });
}

/** `pairSlopes` without WebAssembly, the same to the last bit: it sums in the same two lanes. */
export function pairSlopesScalar(
  { kernel, constant, weights }: WeightedProduct,
  x: Float64Array,
  n: number,
): PairSlopes {
  const d = weights.length;
  const values = new Float64Array(n);
  const slopes = new Float64Array(n * d);
  const factors = new Float64Array(d);
  const before = new Float64Array(d);
  const sums = new Float64Array(2 * d);
  for (let i = 0; i < n; i++) {
    const lanes = [0, 0];
    sums.fill(0);
    for (let k = 0; k < n; k++) {
      let product = 1;
      for (let j = 0; j < d; j++) {
        before[j] = product;
        factors[j] = constant + weights[j]! * kernel.value(x[j * n + i]!, x[j * n + k]!);
        product *= factors[j]!;
      }
      lanes[k % 2]! += product;
      let after = 1;
      for (let j = d - 1; j >= 0; j--) {
        const slope = weights[j]! * kernel.slope(x[j * n + i]!, x[j * n + k]!);
        sums[2 * j + (k % 2)]! += before[j]! * after * slope;
        after *= factors[j]!;
      }
    }
    values[i] = lanes[0]! + lanes[1]!;
    for (let j = 0; j < d; j++) slopes[j * n + i] = sums[2 * j]! + sums[2 * j + 1]!;
  }
  return { values, slopes };
}
