export type { BesselFunction, BesselKernel, Values } from "./bessel-function.ts";
export type { PoolRun } from "./elementwise.ts";
export * from "./functions.ts";
export { type BesselRegion, besselRegion } from "./region.ts";
