export { Rng } from "@daily-kernel/compute"; // so that a seed needs no second import
export { chebyshev } from "./basis/chebyshev.ts";
export { orthonormalityDefect } from "./basis/defect.ts";
export { FeatureBasis, type FeatureBasisOptions } from "./basis/feature-basis.ts";
export { FiniteBasis, type FiniteBasisOptions } from "./basis/finite-basis.ts";
export { fourier } from "./basis/fourier.ts";
export { hermite } from "./basis/hermite.ts";
export type { IndexSetKind } from "./basis/index-set.ts";
export { laguerre } from "./basis/laguerre.ts";
export { legendre } from "./basis/legendre.ts";
export type { MeasurableBasis, OrthonormalBasis } from "./basis/orthonormal-basis.ts";
export {
  type ProductBasis,
  type ProductBasisOptions,
  productBasis,
} from "./basis/product-basis.ts";
export { type SplineOptions, splines } from "./basis/spline.ts";
export type { Quadrature, UnivariateFamily } from "./basis/univariate-family.ts";
export { columnError } from "./columns/column-error.ts";
export { pivotColumns } from "./columns/pivot-columns.ts";
export { columnErrors, volumeColumns } from "./columns/volume-columns.ts";
export { FiniteDpp } from "./dpp/finite-dpp.ts";
export { sampleProjectionDpp } from "./dpp/projection.ts";
export {
  approximateLeverageScores,
  type SketchOptions,
} from "./leverage/approximate-leverage-scores.ts";
export {
  approximateKernelLeverageScores,
  kernelLeverageScores,
} from "./leverage/kernel-leverage-scores.ts";
export { leverageScores, ridgeLeverageScores } from "./leverage/leverage-scores.ts";
export { type IidOptions, sampleIid } from "./points/iid.ts";
export { repeatDpp } from "./points/repeat-dpp.ts";
export { thin } from "./points/thin.ts";
export { sampleVolume } from "./points/volume.ts";
export {
  type ConditionOptions,
  optimalWeights,
  type Proposal,
  type WeightedPoints,
} from "./points/weighted-points.ts";
export { rkhsConstant } from "./regression/rkhs-constant.ts";
export { stabilityBound, stablePoints } from "./regression/stability.ts";
export { type LeastSquaresFit, weightedLeastSquares } from "./regression/weighted-least-squares.ts";
