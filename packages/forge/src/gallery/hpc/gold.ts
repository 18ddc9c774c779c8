import type { Candidate } from "../../session/backend.ts";
import type { HpcKernel } from "../../tasks/hpc/hpc-tasks.ts";

/** Pieces of a source and what a fault puts in their place. */
export type Change = readonly (readonly [from: string, to: string])[];

/** A kernel that is right, and changes that make it wrong. */
export interface GoldKernel extends Candidate {
  /** The largest first size that it takes, where its model has no memory to work in for more. */
  readonly most?: number;
  /** An index of another layout, base or stride. */
  readonly wrongIndex: Change;
  /** A race, a lost sum or a dropped remainder. */
  readonly wrongReduction: Change;
  /** Source in another model, of which each may compute the right numbers. */
  readonly wrongModel: Change | string;
}

export type GoldKernels = Readonly<Record<HpcKernel, GoldKernel>>;

/** The three faults that are planted. */
export const faults = ["wrongIndex", "wrongReduction", "wrongModel"] as const;
export type Fault = (typeof faults)[number];

/**
 * A source with a fault in it.
 *
 * @throws Error if a piece to be changed is not there: then the fault would be none.
 */
export function withFault(gold: GoldKernel, fault: Fault): Candidate {
  const { wrongIndex, wrongReduction, wrongModel, ...candidate } = gold;
  const change = { wrongIndex, wrongReduction, wrongModel }[fault];
  if (typeof change === "string") return { ...candidate, source: change };
  let { source } = candidate;
  for (const [from, to] of change) {
    if (!source.includes(from)) throw new Error(`${fault}: ${from} is not in the source`);
    source = source.replaceAll(from, to);
  }
  return { ...candidate, source };
}
