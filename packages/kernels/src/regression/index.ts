export type { RidgeChoice, RidgeChoiceOptions } from "./choose-ridge.ts";
export type { LeaveOneOut } from "./conditioned.ts";
export { GaussianProcess } from "./gaussian-process.ts";
export { KernelRidge, type KernelRidgeOptions } from "./kernel-ridge.ts";
export type { GaussianProcessOptions } from "./observations.ts";
export { type OptimiseOptions, optimiseGaussianProcess } from "./optimise-gaussian-process.ts";
export type { Prediction } from "./posterior.ts";
