export { allocate, checkNumbers, checkObject, checkRunOptions, checkType } from "./checks.ts";
export { cholesky } from "./cholesky.ts";
export { type Eigen, eigSymmetric } from "./eig-symmetric.ts";
export * from "./errors.ts";
export { requestGPU } from "./gpu.ts";
export { type GpuBuffer, type GpuJob, runCompute } from "./gpu-compute.ts";
export type { Arena, Heap } from "./heap.ts";
export { logSumExp, logSumExpRows } from "./log-sum-exp.ts";
export { type MatmulOptions, matmul } from "./matmul.ts";
export { type Matrix, type MatrixF32, matrix, matrixF32, transpose } from "./matrix.ts";
export { checkPoolOptions, type PoolOptions } from "./pool-options.ts";
export { Rng } from "./rng.ts";
export {
  choleskySolve,
  type SolveTriangularOptions,
  solveTriangular,
} from "./solve-triangular.ts";
export { squaredDistances } from "./squared-distances.ts";
export { type SyrkOptions, syrk } from "./syrk.ts";
export { type Copies, type Copy, type RunOptions, ThreadPool } from "./thread-pool.ts";
export { hasRelaxedSimd, type Kernel, type Wasm, type WasmBinary, wasm } from "./wasm.ts";
