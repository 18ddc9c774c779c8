export type { BesselFunction, Values } from "./bessel-function.ts";
export * from "./functions.ts";
export { type BesselRegion, besselRegion } from "./region.ts";
