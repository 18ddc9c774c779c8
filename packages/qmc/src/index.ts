export { type EvaluateOptions, Integrand } from "./integrands/integrand.ts";
export { TrueMeasure, type Weighted } from "./measures/true-measure.ts";
export {
  type BlocksOptions,
  type PointSet,
  type PointsOptions,
  Sequence,
  type Structure,
} from "./sequences/sequence.ts";
