import { domainError, shapeError } from "@daily-kernel/compute";
import { checkVector } from "../checks.ts";

/**
 * The value at no noise, from values measured with the noise stretched by factors c: Richardson's
 * extrapolation, the polynomial through all of them at c = 0. Two factors extrapolate linearly.
 *
 * @throws RangeError `ERR_DOMAIN` for equal factors, `ERR_SHAPE` for less than two.
 */
export function zeroNoiseExtrapolate(
  stretches: ArrayLike<number>,
  values: ArrayLike<number>,
): number {
  const fn = "zeroNoiseExtrapolate";
  checkVector(fn, "stretches", stretches, stretches?.length ?? 0);
  checkVector(fn, "values", values, stretches.length);
  if (stretches.length < 2) {
    throw shapeError(`${fn}: stretches must hold at least 2 factors, got ${stretches.length}`);
  }
  let sum = 0;
  for (let i = 0; i < stretches.length; i++) {
    let weight = 1;
    for (let j = 0; j < stretches.length; j++) {
      if (i === j) continue;
      const gap = stretches[j]! - stretches[i]!;
      if (gap === 0) throw domainError(`${fn}: stretches must differ, got ${stretches[i]} twice`);
      weight *= stretches[j]! / gap;
    }
    sum += weight * values[i]!;
  }
  return sum;
}
