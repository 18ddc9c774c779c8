import type { Finding, RunReport, Timing } from "@daily-kernel/forge";

/** One candidate of a search, with the machine that verified and timed it. */
export interface TriedCandidate {
  readonly round: number;
  readonly machine: string;
  readonly outcome: string;
  readonly correct: boolean;
  readonly speedup: number | null;
  readonly medianNs: number | null;
}

/** What a cell of `improve` found. */
export interface ImproveResult {
  readonly kind: "improve";
  /** Where `final` was measured. */
  readonly machine: string;
  readonly dims: readonly number[];
  readonly evaluations: number;
  readonly stopped: string;
  readonly seconds: number;
  /** The best beside the baseline; null without a candidate that the judge accepted. */
  readonly final: Timing | null;
  readonly best: {
    readonly round: number;
    readonly source: string;
    readonly flags: readonly string[];
    readonly point: Readonly<Record<string, number | string>> | null;
  } | null;
  readonly attempts: readonly TriedCandidate[];
  readonly report: RunReport;
}

/** What a cell of `bench` found; a kernel that the judge rejects has no timing, one that the stopwatch refuses has its flags there. */
export interface BenchResult {
  readonly kind: "bench";
  readonly machine: string;
  readonly dims: readonly number[];
  readonly accepted: boolean;
  readonly findings: readonly Finding[];
  readonly timing: Timing | null;
}

export type CellResult = ImproveResult | BenchResult;
