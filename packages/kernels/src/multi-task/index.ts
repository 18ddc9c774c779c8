export { DerivativeTasksKernel, type DerivativeTasksOptions } from "./derivative-tasks-kernel.ts";
export { MultiTaskKernel, type MultiTaskOptions } from "./multi-task-kernel.ts";
export type { TaskCovarianceOptions } from "./task-covariance.ts";
