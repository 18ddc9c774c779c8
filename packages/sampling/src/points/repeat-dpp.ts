import type { Rng } from "@daily-kernel/compute";
import type { OrthonormalBasis } from "../basis/orthonormal-basis.ts";
import { checkBasis, checkCount, checkRng } from "../check.ts";
import { sampleProjectionDpp } from "../dpp/projection.ts";
import {
  type ConditionOptions,
  conditioned,
  stacked,
  type WeightedPoints,
  weightsOf,
} from "./weighted-points.ts";

/**
 * The points of r independent draws of the projection process: n = r m, weights m / k(x). For r > 1
 * the estimate is no longer exactly unbiased, but far steadier than volume sampling's.
 *
 * @throws TypeError, RangeError for arguments out of range.
 * @throws Error `ERR_NUMERIC` if no set fulfils the condition.
 */
export function repeatDpp(
  basis: OrthonormalBasis,
  r: number,
  rng: Rng,
  options: ConditionOptions = {},
): WeightedPoints {
  const fn = "repeatDpp";
  checkBasis(fn, basis);
  checkCount(fn, "r", r);
  checkRng(fn, rng);
  return conditioned(fn, basis, options, () => {
    const draws = Array.from({ length: r }, () => sampleProjectionDpp(basis, rng));
    const points = stacked(draws, basis.dimension);
    return { points, weights: weightsOf(basis, points, "christoffel") };
  });
}
