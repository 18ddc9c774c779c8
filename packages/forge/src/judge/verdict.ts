import type { Rule } from "./rules.ts";

/** Why a candidate was rejected or what is worth knowing about it. */
export interface Finding {
  readonly rule: Rule;
  /** An `error` rejects; a `warning` is told and does not. */
  readonly severity: "error" | "warning";
  /** What was seen, with numbers: element, expected, got, bound; or the line of the source. */
  readonly evidence: string;
  /** Which call of the verification showed it, counted from 0. */
  readonly call?: number;
  readonly dims?: readonly number[];
}

/** What the judge says about a candidate. */
export interface Verdict {
  readonly accepted: boolean;
  readonly findings: readonly Finding[];
  /**
   * The largest error over all elements and calls in units of its bound: accepted at <= 1. Infinite
   * where something had to be exact and was not, or where nothing could be compared.
   */
  readonly worstError: number;
  /** -log2 of the largest relative error (to the scale of the output): about 24 for float32. */
  readonly effectiveBits: number;
  /** The master seed, from which every secret of this verification was drawn. */
  readonly seed: number;
  /** How many calls of the kernel were verified, each timed copy counted. */
  readonly calls: number;
}
