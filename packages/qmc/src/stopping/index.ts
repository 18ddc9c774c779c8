export type { ControlVariateOptions } from "./control-variates.ts";
export { CubMCCLT } from "./cub-mc-clt.ts";
export { CubMCCLTVec, type CubMCCLTVecOptions } from "./cub-mc-clt-vec.ts";
export { CubMCG } from "./cub-mc-g.ts";
export { CubMLMC, CubMLMCCont } from "./cub-mlmc.ts";
export { CubMLQMC, CubMLQMCCont } from "./cub-mlqmc.ts";
export type { CubQMCBayesOptions } from "./cub-qmc-bayes.ts";
export { CubQMCBayesLatticeG, type CubQMCBayesLatticeGOptions } from "./cub-qmc-bayes-lattice-g.ts";
export { CubQMCBayesNetG } from "./cub-qmc-bayes-net-g.ts";
export type { CubQMCGOptions } from "./cub-qmc-g.ts";
export { CubQMCLatticeG, type CubQMCLatticeGOptions } from "./cub-qmc-lattice-g.ts";
export { CubQMCNetG } from "./cub-qmc-net-g.ts";
export { CubQMCRepStudentT, type RepStudentTOptions } from "./cub-qmc-rep-student-t.ts";
export type { DoublingOptions } from "./doubling-rule.ts";
export { formatLog } from "./format-log.ts";
export { formatMlmcTest } from "./format-mlmc-test.ts";
export {
  type MlmcComplexity,
  type MlmcLevel,
  type MlmcTestOptions,
  type MlmcTestResult,
  mlmcTest,
} from "./mlmc-test.ts";
export type { ContinuationOptions, MultilevelOptions } from "./multilevel-rule.ts";
export { PFGPCI, type PFGPCIOptions } from "./pfgpci.ts";
export {
  PFSampleErrorDensityAR,
  type Suggester,
  SuggesterSimple,
  type SuggestOptions,
} from "./pfgpci-suggesters.ts";
export {
  type IntegrateOptions,
  type Integration,
  type IntegrationProgress,
  type LogEntry,
  type SavedState,
  StoppingCriterion,
} from "./stopping-criterion.ts";
export type { ToleranceOptions } from "./tolerance.ts";
export type { TwoStageOptions } from "./two-stage.ts";
