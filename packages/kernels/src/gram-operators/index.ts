export { BlockedGram } from "./blocked-gram.ts";
export type { IterativeSolveOptions } from "./conjugate-gradients.ts";
export { DenseGram } from "./dense-gram.ts";
export { FeatureGram } from "./feature-gram.ts";
export type { GramOperator, GramSolveOptions } from "./gram-operator.ts";
export { NystromFeatures, type NystromOptions } from "./nystrom.ts";
export { SymmetricGram } from "./symmetric-gram.ts";
