export * from "./errors.ts";
export type { Arena, Heap } from "./heap.ts";
export { type MatmulOptions, matmul } from "./matmul.ts";
export { type Matrix, type MatrixF32, matrix, matrixF32, transpose } from "./matrix.ts";
export type { PoolOptions } from "./program.ts";
export { Rng } from "./rng.ts";
export { type RunOptions, ThreadPool } from "./thread-pool.ts";
export { hasRelaxedSimd, type Kernel, type Wasm, type WasmBinary, wasm } from "./wasm.ts";
