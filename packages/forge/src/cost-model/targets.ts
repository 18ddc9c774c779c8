/**
 * What can be known of a function once it is lowered.
 * - x86 (static): `instructions`, `spills` (spill and reload slots written or read), `vectorRegisters`
 *   (distinct), `blockCycles` (llvm-mca's cycles for the function's text once, top to bottom: every
 *   block counts once, loops are not weighted), `reciprocalThroughput` (of that text, llvm-mca).
 * - gfx90a (static): `vgprs`, `valuInstructions`.
 * - x86 (dynamic): `dynamicInstructions` (callgrind, exact), `nanoseconds` (best of many calls).
 */
export const staticTargets = [
  "vectorRegisters",
  "instructions",
  "reciprocalThroughput",
  "blockCycles",
  "spills",
  "vgprs",
  "valuInstructions",
] as const;
export const dynamicTargets = ["dynamicInstructions", "nanoseconds"] as const;
export const targetNames = [...staticTargets, ...dynamicTargets] as const;
export type Target = (typeof targetNames)[number];

/** Values of a function: a target that it has not is left out. */
export type TargetValues = Partial<Record<Target, number>>;
