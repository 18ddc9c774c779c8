export { gridText, parseGrid } from "./backends/wgsl/grid.ts";
export { type WebWgslOptions, webWgslBackend } from "./backends/wgsl/web.ts";
export type { Finding, Verdict } from "./judge/verdict.ts";
export { detectModels } from "./proficiency/detect-models.ts";
export {
  type ProgrammingModel,
  programmingModels,
  type SourceLanguage,
} from "./proficiency/models.ts";
export { parseSuggestions } from "./proficiency/parse-suggestions.ts";
export {
  type Proficiency,
  type ProficiencyLevel,
  type ProficiencyOptions,
  proficiency,
  type Suggestion,
} from "./proficiency/proficiency.ts";
export {
  matrixToCsv,
  matrixToMarkdown,
  type ProficiencyCell,
  type ProficiencyMatrix,
  proficiencyMatrix,
} from "./proficiency/proficiency-matrix.ts";
export { type Prompt, promptVariants } from "./proficiency/prompt-variants.ts";
export type {
  Backend,
  BackendId,
  Candidate,
  Grid,
  Language,
  Probe,
  Session,
} from "./session/backend.ts";
export { CandidateCompileError, ForgeError, SessionEnded } from "./session/errors.ts";
export type { Timing } from "./stopwatch/timing.ts";
export type { Category, Dims, Expected, InputFamily, Task } from "./task/task.ts";
export { type DType, type KernelTensor, type TensorSpec, zeros } from "./task/tensor.ts";
export {
  type ConjugateGradientResult,
  conjugateGradient,
} from "./tasks/hpc/conjugate-gradient.ts";
export { type Csr, checkCsr, csrFromEntries, type Entry, spmv } from "./tasks/hpc/csr.ts";
export { type HpcKernel, hpcTasks } from "./tasks/hpc/hpc-tasks.ts";
export { laplacian5, laplacian7 } from "./tasks/hpc/laplacian.ts";
export { readMatrixMarket } from "./tasks/hpc/matrix-market.ts";
export { spdCsr, zipfCsr } from "./tasks/hpc/random-csr.ts";
