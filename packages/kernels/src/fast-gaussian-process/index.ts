export type { FastGaussianProcessOptions } from "./data.ts";
export { FastGaussianProcess } from "./fast-gaussian-process.ts";
export {
  type OptimiseFastOptions,
  optimiseFastGaussianProcess,
} from "./optimise-fast-gaussian-process.ts";
