import type { Expected } from "../task/task.ts";
import type { KernelTensor } from "../task/tensor.ts";

/** One element that is out of its bound. */
export interface Miss {
  readonly output: number;
  readonly index: number;
  readonly got: number;
  readonly expected: number;
  readonly bound: number;
}

/** How the outputs of a call compare with the reference, over every element. */
export interface Comparison {
  /** Largest error in units of its bound; infinite where 0 was allowed and more was found. */
  readonly worst: number;
  /** Largest error relative to the largest magnitude of the output, or of what was added up to it. */
  readonly relative: number;
  readonly misses: number;
  readonly elements: number;
  readonly first: Miss | undefined;
  readonly last: Miss | undefined;
  /** Elements that are not finite where the reference is. */
  readonly nonFinite: number;
}

/** Below it an output is nothing but what was lost to underflow. */
const LEAST_SCALE = 2 ** -100;
/** What one rounding among the subnormal numbers may lose, whatever the bound of a normal one says. */
const QUANTUM = 2 ** -149;
const MOST_FLOAT32 = 3.4028235677973366e38;

/** What a float32 makes of a number of the reference beyond its range. */
const clamp = (value: number) => (Math.abs(value) >= MOST_FLOAT32 ? value * Infinity : value);

/**
 * Compares every element; `factor` multiplies the bounds. NaN is right only where the reference is
 * NaN, an infinity only where the reference is out of float32's range on that side.
 */
export function compare(
  outputs: readonly KernelTensor[],
  expected: readonly Expected[],
  factor: number,
): Comparison {
  let worst = 0;
  let relative = 0;
  let misses = 0;
  let elements = 0;
  let nonFinite = 0;
  let first: Miss | undefined;
  let last: Miss | undefined;
  // No callbacks: counters that one of them captures are boxed anew for every element.
  for (const [output, { value, bound }] of expected.entries()) {
    const data = outputs[output]?.data;
    // Where terms cancel the output says little of their size; the bound knows it.
    let scale = LEAST_SCALE;
    for (const b of bound) if (Number.isFinite(b)) scale = Math.max(scale, b / (32 * 2 ** -24));
    for (const v of value)
      if (Math.abs(v) > scale && Math.abs(v) < MOST_FLOAT32) scale = Math.abs(v);
    elements += value.length;
    for (let index = 0; index < value.length; index++) {
      const want = clamp(value[index]!);
      const got = data?.[index] ?? Number.NaN;
      if (got === want || (Number.isNaN(got) && Number.isNaN(want))) continue;
      const allowed = bound[index]! * factor;
      const error = Math.abs(got - want);
      const share = error > QUANTUM ? error / allowed : Math.min(1, error / allowed);
      if (Number.isFinite(got) && share <= 1) {
        worst = Math.max(worst, share);
        relative = Math.max(relative, error / scale);
        continue;
      }
      const miss = { output, index, got, expected: want, bound: allowed };
      first ??= miss;
      last = miss;
      misses++;
      if (!Number.isFinite(got)) nonFinite += Number.isFinite(want) ? 1 : 0;
      worst = Math.max(worst, Number.isFinite(share) ? share : Infinity);
      relative = Math.max(relative, Number.isFinite(error) && scale > 0 ? error / scale : 1);
    }
  }
  return { worst, relative, misses, elements, first, last, nonFinite };
}

/** -log2 of a relative error, at most float32's 24. */
export const bitsOf = (relative: number): number =>
  relative === 0 ? 24 : Math.max(0, Math.min(24, -Math.log2(relative)));
