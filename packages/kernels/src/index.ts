export * from "./dot-product/index.ts";
export * from "./fast-gaussian-process/index.ts";
export * from "./fast-gram/index.ts";
export type { FeatureMap } from "./feature-map.ts";
export * from "./feature-maps/index.ts";
export * from "./gram-operators/index.ts";
export type {
  DerivativeTerm,
  DifferentiableKernel,
  IntegrableKernel,
  Kernel,
  ParameterKind,
} from "./kernel.ts";
export { MaternKernel, type MaternOptions } from "./matern-general/matern-kernel.ts";
export * from "./multi-task/index.ts";
export {
  type MinimiseOptions,
  type Minimum,
  minimise,
  type Objective,
  type ValueAndGradient,
} from "./optimise/minimise.ts";
export * from "./regression/index.ts";
export * from "./scalable-nn/index.ts";
export * from "./shift-invariant/index.ts";
export * from "./standard/index.ts";
export * from "./svm/index.ts";
export type { ComplexArray, RealOrComplex } from "./transforms/complex.ts";
export {
  doubleTransform,
  omegaFftbr,
  omegaFwht,
  type TransformKind,
} from "./transforms/doubling.ts";
export { type FftbrOptions, fftbr, ifftbr } from "./transforms/fftbr.ts";
export { type FwhtOptions, fwht } from "./transforms/fwht.ts";
export { type FwhtGpuOptions, fwht32Gpu } from "./transforms/fwht-gpu.ts";
export { fwht32 } from "./transforms/fwht32.ts";
