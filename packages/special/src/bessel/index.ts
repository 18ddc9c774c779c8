export type { BesselFunction, BesselKernel, Values } from "./bessel-function.ts";
export type { PoolRun } from "./elementwise.ts";
export * from "./functions.ts";
export { type GpuOptions, logBesselIGpu, logBesselKGpu } from "./gpu.ts";
export { type BesselRegion, besselRegion } from "./region.ts";
export type { GpuPrecision } from "./wgsl-arithmetic.ts";
