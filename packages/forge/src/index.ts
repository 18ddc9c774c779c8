export {
  type Advice,
  adviceSchemas,
  type CorrectnessAdvice,
  JudgeFormatError,
  type Mode,
  type OptimisationAdvice,
  parseAdvice,
} from "./agents/advice.ts";
export type {
  Attempt,
  Check,
  Coder,
  CoderContext,
  Counters,
  Diagnosis,
  Judge,
  JudgeContext,
  Point,
  Proposal,
  Usage,
} from "./agents/attempt.ts";
export type { Budget } from "./agents/budget.ts";
export { extractCode } from "./agents/code-fence.ts";
export { llmCoder } from "./agents/coders/llm-coder.ts";
export { llmProposer } from "./agents/coders/llm-proposer.ts";
export { replayCoder } from "./agents/coders/replay-coder.ts";
export { type Strategy, templateCoder } from "./agents/coders/template-coder.ts";
export { countInstructions } from "./agents/counters/disassembly.ts";
export { timeCounters } from "./agents/counters/time-counters.ts";
export { type Evolution, type EvolveOptions, evolve, type Proposer } from "./agents/evolve.ts";
export {
  type Event,
  type History,
  memoryHistory,
  readHistory,
  writeEvent,
} from "./agents/history.ts";
export { judgeVerifier } from "./agents/judge-verifier.ts";
export {
  fitLinear,
  type LinearModel,
  linearJudge,
  predictLinear,
  relativeTimes,
} from "./agents/judges/linear-judge.ts";
export { llmJudge } from "./agents/judges/llm-judge.ts";
export { replayJudge } from "./agents/judges/replay-judge.ts";
export { ruleJudge } from "./agents/judges/rule-judge.ts";
export {
  type Endpoint,
  endpointModel,
  modelFromEnvironment,
} from "./agents/models/endpoint-model.ts";
export type { Model } from "./agents/models/model.ts";
export { sdkModel } from "./agents/models/sdk-model.ts";
export {
  type ForgeOptions,
  type ForgeResult,
  runForge,
  type Stopped,
  type Workbench,
} from "./agents/run-forge.ts";
export { type MetricRun, type MetricSelection, selectMetrics } from "./agents/select-metrics.ts";
export {
  modelVerifiers,
  type SoftResult,
  type SoftVerifier,
  softVerify,
  staticVerifier,
} from "./agents/soft-verify.ts";
export { matmulSpace } from "./agents/templates/matmul-space.ts";
export { type Method, methods } from "./agents/templates/methods.ts";
export { allPoints, type TemplateSpace } from "./agents/templates/space.ts";
export { spaces, wgslSpaces } from "./agents/templates/spaces.ts";
export { measureWasmRoofs } from "./backends/wasm/wasm-roofs.ts";
export { type WebWasmOptions, webWasmBackend } from "./backends/wasm/web.ts";
export { gridText, parseGrid } from "./backends/wgsl/grid.ts";
export { type WebWgslOptions, webWgslBackend } from "./backends/wgsl/web.ts";
export { measureWgslRoofs } from "./backends/wgsl/wgsl-roofs.ts";
export { balance } from "./curate/balance.ts";
export { conditionalLogit, type LogitFit, type Stratum } from "./curate/conditional-logit.ts";
export { countTokens, type Tokenizer } from "./curate/count-tokens.ts";
export { type Curated, curate, curateJsonl, type StreamOptions } from "./curate/curate.ts";
export { arl, difficultyBins } from "./curate/difficulty.ts";
export { type ExportOptions, type ExportReport, exportSft } from "./curate/export-sft.ts";
export { kendall, type RankAgreement, rankAgreement } from "./curate/kendall.ts";
export { type LengthBin, lengthAccuracyCurve, wilson } from "./curate/length-accuracy.ts";
export { type OverlapReport, overlap, type TaskText } from "./curate/overlap.ts";
export type { PerType } from "./curate/quota.ts";
export type { CurationReport } from "./curate/report.ts";
export { type DropReason, dropReasons, type Rule, rules } from "./curate/rules.ts";
export type { CurateOptions } from "./curate/select.ts";
export type { Trace } from "./curate/trace.ts";
export { TraceError, type TraceFault } from "./curate/trace-error.ts";
export { TracePool } from "./curate/trace-pool.ts";
export {
  lengthSignTest,
  type SignTest,
  type WithinTaskEffect,
  withinTaskEffect,
} from "./curate/within-task-effect.ts";
export { faults, type GoldKernel, withFault } from "./gallery/hpc/gold.ts";
export { type GoldColumn, hpcGallery } from "./gallery/hpc/hpc-gallery.ts";
export { type Rule as JudgeRule, rules as judgeRules } from "./judge/rules.ts";
export { staticCheck } from "./judge/static/static-check.ts";
export type { Finding, Verdict } from "./judge/verdict.ts";
export { defaultLimits, type VerifyOptions, verifyCandidate } from "./judge/verify.ts";
export { rankedDims } from "./leaderboard/ranked-dims.ts";
export { type KernelTime, timeKernel } from "./leaderboard/time-kernel.ts";
export { detectModels } from "./proficiency/detect-models.ts";
export { type JudgedSuggestion, judgeSuggestion } from "./proficiency/judge-suggestion.ts";
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
export {
  firstThatVerifies,
  type Scaffold,
  type Scaffolder,
  scaffold,
} from "./proficiency/scaffold.ts";
export { forgeReportHtml } from "./report/report-html.ts";
export { type RunFigure, type RunReport, runReport } from "./report/run-report.ts";
export type {
  Backend,
  BackendId,
  Candidate,
  Grid,
  Language,
  Probe,
  Session,
} from "./session/backend.ts";
export {
  CandidateCompileError,
  ForgeError,
  SessionEnded,
  unknownTask,
} from "./session/errors.ts";
export { anchoredTiming } from "./stopwatch/anchored.ts";
export { measure, type Protocol } from "./stopwatch/measure.ts";
export { measureRoofs } from "./stopwatch/measure-roofs.ts";
export { type Bound, boundOf, type Roof, type Roofs } from "./stopwatch/roofs.ts";
export { bootstrapInterval, geomean, mean, median } from "./stopwatch/statistics.ts";
export { rejecting, type Timing, type TimingFlag } from "./stopwatch/timing.ts";
export { type TimingInputs, timingInputs } from "./stopwatch/timing-inputs.ts";
export {
  data,
  distinctIndices,
  drawn,
  indices,
  layerWeight,
  mask,
  weight,
} from "./task/argument.ts";
export { bounded } from "./task/bounded.ts";
export { defineTask, type TaskDescription } from "./task/define-task.ts";
export {
  type FilterSuiteOptions,
  type FilterTable,
  filterSuite,
} from "./task/filter/filter-suite.ts";
export {
  acceptedAnswers,
  type Filtered,
  type FilterOptions,
  type Flaw,
  filterTask,
} from "./task/filter/filter-task.ts";
export { publishedSizes, type Reach } from "./task/filter/published-sizes.ts";
export type { WeakAnswers } from "./task/filter/weak-answers.ts";
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
export { plainTasks } from "./tasks/plain/index.ts";
export { tasks } from "./tasks/registry.ts";
export { sideBySide } from "./threads/side-by-side.ts";
