import { numericError } from "@daily-kernel/compute";
import type { Breather } from "./breather.ts";
import type { WeightValues } from "./cbc-weights.ts";
import { type Orbits, rotatedKernel } from "./orbits.ts";
import { WeightedCriterion } from "./weighted-criterion.ts";

export interface CbcResult {
  /** Component of each dimension, of each part of a dimension with interlacing. */
  components: Uint32Array<ArrayBuffer>;
  /** Squared error of the first j + 1 components. */
  squared: Float64Array<ArrayBuffer>;
}

/**
 * Component-by-component search: each next component is the one that leaves the least error, the
 * first of them on ties. O(d n log n), and a factor more for each size of sets that weights of sizes
 * know.
 */
export async function cbcSearch(
  orbits: Orbits,
  weights: WeightValues,
  interlace: number,
  breather: Breather,
  onComponent?: () => void,
): Promise<CbcResult> {
  const count = weights.product.length * interlace;
  const components = new Uint32Array(count);
  const squared = new Float64Array(count);
  const criterion = new WeightedCriterion(orbits.size, weights, interlace);
  const kernel = new Float64Array(orbits.size);
  let error = 0;
  for (let s = 0; s < count; s++) {
    const q = criterion.coefficients();
    const { fixed, varying } = orbits.sums(q);
    // All components are alike as long as there is only one.
    const best = s === 0 ? 0 : leastCandidate(orbits, varying, rounding(orbits, q));
    error += (fixed + varying[best]!) / orbits.n;
    checkError(error);
    components[s] = orbits.component(best);
    squared[s] = error;
    rotatedKernel(orbits, best, kernel);
    criterion.accept(kernel);
    onComponent?.();
    await breather.spend(orbits.n);
  }
  return { components, squared };
}

/**
 * The candidate with the least value; of those within `tolerance` of it the one with the smallest
 * component, so that ties do not depend on how sums were rounded.
 */
export function leastCandidate(orbits: Orbits, values: Float64Array, tolerance: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let a = 0; a < values.length; a++) if (values[a]! < least) least = values[a]!;
  const limit = least + tolerance;
  let best = -1;
  let smallest = Number.POSITIVE_INFINITY;
  for (let a = 0; a < values.length; a++) {
    if (values[a]! > limit) continue;
    const component = orbits.component(a);
    if (component < smallest) {
      smallest = component;
      best = a;
    }
  }
  return best;
}

/** Below what the sums of coefficients q with the kernel cannot tell apart: 16 ulp of their size. */
export function rounding({ orbits, kernel }: Orbits, q: Float64Array): number {
  let size = 0;
  for (const { start, length } of orbits) {
    if (length > 1) for (let k = start; k < start + length; k++) size += Math.abs(q[k]!);
  }
  return 2 ** -48 * kernel[0]! * size;
}

/** @throws Error `ERR_NUMERIC` where so many dimensions with such weights are beyond doubles. */
export function checkError(squared: number): void {
  if (Number.isFinite(squared)) return;
  throw numericError(
    "worst-case error: its square overflows; use smaller weights, or weights.order for few sizes",
  );
}
