export { AmericanOption, type AmericanOptionOptions } from "./american-option.ts";
export { BayesianLRCoeffs, type BayesianLRCoeffsOptions } from "./bayesian-lr-coeffs.ts";
export { BoxIntegral } from "./box-integral.ts";
export { type BatchFunction, CustomFun, type CustomFunOptions } from "./custom-fun.ts";
export {
  FinancialOption,
  type FinancialOptionOptions,
  MultilevelOption,
  type MultilevelOptionOptions,
} from "./financial-option.ts";
export { Genz, type GenzOptions } from "./genz.ts";
export {
  type Bounds,
  type EvaluateOptions,
  Integrand,
  MultilevelIntegrand,
  type UnitCubeOptions,
} from "./integrand.ts";
export { Ishigami, type SobolIndices } from "./ishigami.ts";
export { Keister } from "./keister.ts";
export { MLCallOptions, type MLCallOptionsOptions } from "./ml-call-options.ts";
export type { Periodization } from "./periodization.ts";
export { ratios } from "./quotient.ts";
export { ScalarIntegrand } from "./scalar-integrand.ts";
export { SensitivityIndices } from "./sensitivity-indices.ts";
export { FourBranch2d, Hartmann6d, Linear0, Multimodal2d, Sin1d } from "./test-functions.ts";
export { UMBridge, type UMBridgeOptions } from "./um-bridge.ts";
