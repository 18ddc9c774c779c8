export { type Matrix, Rng } from "@daily-kernel/compute";
export type { AlternatingOptions } from "./balance/alternating-options.ts";
export {
  type BalancedWeights,
  type BalanceProblem,
  balanceWeights,
} from "./balance/balance-weights.ts";
export { cellFeatures, type SideFeatures } from "./balance/cell-features.ts";
export { type AlternatingFit, fitAlternating } from "./balance/fit-alternating.ts";
export { type BalancedFit, type BalancedOptions, fitBalanced } from "./balance/fit-balanced.ts";
export {
  type KernelBalanceProblem,
  kernelBalance,
  kernelImbalance,
} from "./balance/kernel-balance.ts";
export {
  type Selection,
  type SelectionProblem,
  selectFunctions,
} from "./balance/select-functions.ts";
export { drLoss, effectiveSampleSize, ipsLoss, naiveLoss, snipsLoss } from "./estimators/losses.ts";
export {
  type AtK,
  type EvaluateOptions,
  type Evaluation,
  evaluate,
} from "./evaluation/evaluate.ts";
export {
  type DoublyRobustFit,
  type DoublyRobustOptions,
  fitDoublyRobust,
} from "./model/doubly-robust.ts";
export { type FitOptions, fitMatrixFactorization } from "./model/fit.ts";
export { MatrixFactorization } from "./model/matrix-factorization.ts";
export type { Loss, TrainingOptions } from "./model/training-options.ts";
export { type LogisticPropensityOptions, logisticPropensity } from "./propensity/logistic.ts";
export { type NaiveBayesOptions, naiveBayesPropensity } from "./propensity/naive-bayes.ts";
export {
  type NamedRatings,
  type ParseRatingsOptions,
  parseRatings,
} from "./ratings/parse-ratings.ts";
export {
  binarise,
  type Ratings,
  type RatingTriples,
  ratings,
  ratingsFromDense,
  splitRatings,
} from "./ratings/ratings.ts";
export { type SearchSpace, type SettingsOf, searchSettings } from "./tuning/settings.ts";
export { type Fit, type Predictor, type Tuned, type TuneOptions, tune } from "./tuning/tune.ts";
