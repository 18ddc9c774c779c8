export { type LedgerEntry, PrivacyAccountant } from "./accounting/accountant.ts";
export {
  type Audit,
  type AuditOptions,
  auditEpsilon,
  type Experiment,
} from "./accounting/audit.ts";
export { concentratedDelta } from "./accounting/concentrated.ts";
export type { Adjacency } from "./accounting/privacy.ts";
export type { Estimate } from "./estimate.ts";
export {
  type ClassifierOptions,
  ClassifierRelease,
  type ClassifierState,
  PrivateClassifier,
} from "./features/private-classifier.ts";
export {
  type KernelSumOptions,
  KernelSumRelease,
  type KernelSumState,
  PrivateKernelSum,
} from "./features/private-kernel-sum.ts";
export type {
  FeatureKind,
  FeatureOptions,
  FeatureState,
  SimilarityKernel,
} from "./features/similarity-features.ts";
export type { Privacy, PrivacyOptions, RunOptions, Spend } from "./mechanism.ts";
export {
  PrivateSquaredL2,
  type SquaredL2Options,
  SquaredL2Release,
  type SquaredL2State,
} from "./moments/private-squared-l2.ts";
export { discreteLaplace } from "./noise/discrete-laplace.ts";
export { floatingLaplace } from "./noise/floating-laplace.ts";
export { GaussianMechanism, type GaussianMechanismOptions } from "./noise/gaussian-mechanism.ts";
export { type Noise, noNoise } from "./noise/noise.ts";
export { RandomWords } from "./noise/random-words.ts";
export type { Outside, RangeOption } from "./range.ts";
export { type Release, type ReleaseState, readRelease } from "./read-release.ts";
export { DistanceRelease, type DistanceState, type Estimator } from "./trees/distance-release.ts";
export {
  type L2Options,
  L2Release,
  type L2State,
  PrivateL2,
  type Projection,
} from "./trees/private-l2.ts";
export {
  type L1Options,
  type LpOptions,
  PrivateL1,
  PrivateLp,
  type TreeOptions,
} from "./trees/private-lp.ts";
