export {
  type PairOfClasses,
  SupportVectorClassifier,
  type SupportVectorClassifierOptions,
} from "./classifier.ts";
export { type OneClassOptions, OneClassSupport } from "./one-class.ts";
export type { SupportVectorOptions } from "./options.ts";
export { SupportVectorRegressor, type SupportVectorRegressorOptions } from "./regressor.ts";
