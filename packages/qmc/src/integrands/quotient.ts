import { shapeError } from "@daily-kernel/compute";
import type { Bounds } from "./integrand.ts";

/**
 * Bounds of a / b from bounds of a and b: interval division, everything if b may be 0.
 */
export function quotient(
  [aLower, aUpper]: readonly [number, number],
  [bLower, bUpper]: readonly [number, number],
): [number, number] {
  if (bLower <= 0 && bUpper >= 0) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const all = [aLower / bLower, aLower / bUpper, aUpper / bLower, aUpper / bUpper];
  return [Math.min(...all), Math.max(...all)];
}

/**
 * Solutions a_k / b_k for integrals ordered a_0, ..., a_(m-1), b_0, ..., b_(m-1): what `CustomFun`
 * takes as `combine` for ratios of expectations.
 *
 * @throws RangeError `ERR_SHAPE` for an odd number of integrals.
 */
export function ratios({ lower, upper }: Bounds): Bounds {
  const m = lower.length / 2;
  if (!Number.isInteger(m)) {
    throw shapeError(`ratios: an even number of integrals is needed, got ${lower.length}`);
  }
  const combined = { lower: new Float64Array(m), upper: new Float64Array(m) };
  for (let k = 0; k < m; k++) {
    const [low, high] = quotient([lower[k]!, upper[k]!], [lower[m + k]!, upper[m + k]!]);
    combined.lower[k] = low;
    combined.upper[k] = high;
  }
  return combined;
}
