export type { Finding, Verdict } from "./judge/verdict.ts";
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
