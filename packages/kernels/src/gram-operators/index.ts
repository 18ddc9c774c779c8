export { BlockedGram } from "./blocked-gram.ts";
export type { IterativeSolveOptions } from "./conjugate-gradients.ts";
export { DenseGram } from "./dense-gram.ts";
export type { GramOperator, GramSolveOptions } from "./gram-operator.ts";
export { SymmetricGram } from "./symmetric-gram.ts";
