export type { BinaryPoints, DigitalPoints } from "./binary-points.ts";
export {
  DigitalShiftInvariantKernel,
  type DigitalShiftInvariantOptions,
} from "./digital-shift-invariant.ts";
export {
  DigitalShiftInvariantAdaptiveKernel,
  type DigitalShiftInvariantAdaptiveOptions,
} from "./digital-shift-invariant-adaptive.ts";
export {
  DigitalShiftInvariantCombinedKernel,
  type DigitalShiftInvariantCombinedOptions,
} from "./digital-shift-invariant-combined.ts";
export type { ProductFormOptions } from "./product-weights.ts";
export { ShiftInvariantKernel, type ShiftInvariantOptions } from "./shift-invariant.ts";
export {
  ShiftInvariantCombinedKernel,
  type ShiftInvariantCombinedOptions,
} from "./shift-invariant-combined.ts";
