/**
 * Why a candidate was rejected or what is worth knowing about it. The rules are named after the
 * exploits and faults that they detect; the README lists them.
 */
export interface Finding {
  readonly rule: string;
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
  /** The largest error over all elements and calls in units of its bound: accepted at <= 1. */
  readonly worstError: number;
  /** -log2 of the largest relative error (to the scale of the output): about 24 for float32. */
  readonly effectiveBits: number;
}
