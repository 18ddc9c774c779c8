import { checkNumbers, checkObject, checkType, domainError } from "@daily-kernel/compute";
import { checkError } from "./cbc-search.ts";
import { type CbcWeights, type WeightValues, weightValues } from "./cbc-weights.ts";
import { checkAlpha, korobovKernel } from "./korobov-kernel.ts";

export interface LatticeErrorOptions {
  /** One integer a dimension. */
  generatingVector: ArrayLike<number>;
  /** Points of the rule, at most 2^26. */
  n: number;
  /** 2 (default), 4, 6 or 8. */
  alpha?: number;
  /** Product weights 1/j^2 by default. */
  weights?: CbcWeights;
}

/**
 * Worst-case errors, sqrt(P_alpha), of the rank-1 lattice rule x_k = frac(k g / n) in its first
 * j + 1 dimensions (see `latticeCbc`): column j of what that returns. Any n >= 1. O(n d), times the
 * number of sizes that the weights know.
 *
 * @throws TypeError, RangeError for arguments outside what the options say.
 */
export function latticeWorstCaseErrors(options: LatticeErrorOptions): Float64Array {
  const fn = "latticeWorstCaseErrors";
  checkObject(fn, "options", options);
  const { generatingVector, n, alpha = 2 } = options;
  checkNumbers(fn, "generatingVector", generatingVector);
  checkType(typeof n === "number", fn, "n", "a number", n);
  if (!Number.isInteger(n) || n < 1 || n > 2 ** 26) {
    throw domainError(`${fn}: n must be an integer in 1..${2 ** 26}, got ${n}`);
  }
  checkAlpha(fn, alpha);
  const vector = Float64Array.from(generatingVector, (g, j) => {
    if (!Number.isSafeInteger(g)) {
      throw domainError(`${fn}: generatingVector must hold integers, got ${g} at index ${j}`);
    }
    return ((g % n) + n) % n;
  });
  const weights = weightValues(fn, options.weights, vector.length);
  return squaredErrors(vector, n, korobovKernel(alpha), weights).map(Math.sqrt);
}

/** Squared errors of the first j + 1 components, each in 0..n-1, for an even kernel of period 1. */
export function squaredErrors(
  vector: Float64Array,
  n: number,
  kernel: (x: number) => number,
  { product, order }: WeightValues,
): Float64Array {
  const table = Float64Array.from({ length: n }, (_, k) => kernel(k / n));
  const sums = new Float64Array(vector.length);
  const bySize = new Float64Array(order?.length ?? 1);
  for (let k = 0; 2 * k <= n; k++) {
    bySize.fill(0);
    bySize[0] = k === 0 || 2 * k === n ? 1 : 2; // points k and n - k
    for (let j = 0; j < vector.length; j++) {
      const term = product[j]! * table[(k * vector[j]!) % n]!;
      if (order === null) {
        sums[j]! += term * bySize[0]!;
        bySize[0]! *= 1 + term;
      } else {
        for (let size = order.length - 1; size >= 0; size--) {
          const next = term * bySize[size]!;
          sums[j]! += order[size]! * next;
          if (size + 1 < order.length) bySize[size + 1]! += next;
        }
      }
    }
  }
  let error = 0;
  return sums.map((sum) => {
    error += sum / n;
    checkError(error);
    return Math.max(0, error); // what rounding leaves of an error of 0 may be negative
  });
}
