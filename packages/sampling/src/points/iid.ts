import type { Rng } from "@daily-kernel/compute";
import type { OrthonormalBasis } from "../basis/orthonormal-basis.ts";
import { checkBasis, checkCount, checkRng } from "../check.ts";
import {
  type ConditionOptions,
  checkProposal,
  conditioned,
  type Proposal,
  type WeightedPoints,
  weightsOf,
} from "./weighted-points.ts";

export interface IidOptions extends ConditionOptions {
  /** The density of the points. Default "christoffel", which needs the fewest. */
  readonly proposal?: Proposal;
}

/**
 * n >= m independent points: of the optimal density, weights m / k(x) (Cohen and Migliorati, SMAI J.
 * Comput. Math. 3, 2017), or of the measure, weights 1.
 *
 * @throws TypeError, RangeError for arguments out of range.
 * @throws Error `ERR_NUMERIC` if no set fulfils the condition.
 */
export function sampleIid(
  basis: OrthonormalBasis,
  n: number,
  rng: Rng,
  options: IidOptions = {},
): WeightedPoints {
  const fn = "sampleIid";
  checkBasis(fn, basis);
  checkCount(fn, "n", n, basis.features);
  checkRng(fn, rng);
  const { proposal = "christoffel" } = options;
  checkProposal(fn, proposal);
  return conditioned(fn, basis, options, () => {
    const points =
      proposal === "christoffel" ? basis.sampleChristoffel(n, rng) : basis.sampleMeasure(n, rng);
    return { points, weights: weightsOf(basis, points, proposal) };
  });
}
