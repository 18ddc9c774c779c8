import { matrix, type Rng } from "@daily-kernel/compute";
import type { OrthonormalBasis } from "../basis/orthonormal-basis.ts";
import { checkBasis, checkCount, checkRng } from "../check.ts";
import { sampleProjectionDpp } from "../dpp/projection.ts";
import type { IidOptions } from "./iid.ts";
import {
  checkProposal,
  conditioned,
  stacked,
  type WeightedPoints,
  weightsOf,
} from "./weighted-points.ts";

/**
 * Volume-rescaled sampling: n >= m points whose joint density with respect to n independent points of
 * the proposal is proportional to det G. Least squares from them is unbiased. Drawn as m points of the
 * projection process and n - m independent ones, in random order (Derezinski, Warmuth and Hsu, JMLR 23,
 * 2022; Nouy and Michel, 2023).
 *
 * @throws TypeError, RangeError for arguments out of range.
 * @throws Error `ERR_NUMERIC` if no set fulfils the condition.
 */
export function sampleVolume(
  basis: OrthonormalBasis,
  n: number,
  rng: Rng,
  options: IidOptions = {},
): WeightedPoints {
  const fn = "sampleVolume";
  checkBasis(fn, basis);
  checkCount(fn, "n", n, basis.features);
  checkRng(fn, rng);
  const { proposal = "christoffel" } = options;
  checkProposal(fn, proposal);
  const { dimension: d, features: m } = basis;
  return conditioned(fn, basis, options, () => {
    const rest =
      proposal === "christoffel"
        ? basis.sampleChristoffel(n - m, rng)
        : basis.sampleMeasure(n - m, rng);
    const all = stacked([sampleProjectionDpp(basis, rng), rest], d);
    const points = matrix(n, d);
    rng.permutation(n).forEach((from, to) => {
      points.data.set(all.data.subarray(from * d, (from + 1) * d), to * d);
    });
    return { points, weights: weightsOf(basis, points, proposal) };
  });
}
