import type { Scale, Verdict } from "@daily-kernel/reproduction";

/** What became of a claim, in words that the page shows as they are. */
export interface OutcomeView {
  readonly verdict: Verdict;
  /** The measured value with its unit, `null` where there is none. */
  readonly value: string | null;
  readonly interval: string | null;
  readonly n: string | null;
  readonly controls: readonly {
    readonly label: string;
    readonly value: string;
    readonly source: string | null;
  }[];
  readonly note: string | null;
  /** What the same seed promises of the number. */
  readonly promise: string | null;
  /** Why there is no number. */
  readonly reason: string | null;
}

/** The claim itself, as the paper's data states it. */
export interface ClaimView {
  readonly id: string;
  readonly statement: string;
  readonly reported: { readonly value: string; readonly setting: string } | null;
  readonly scale: Scale;
  readonly quantity: string;
  readonly criterion: string;
}

/** The record that speaks for a claim. */
export interface RecordedView extends OutcomeView {
  readonly stale: boolean;
  /** `null` where nothing is recorded. */
  readonly origin: {
    /** Where the page shows the record. */
    readonly anchor: string;
    readonly day: string;
    readonly preset: string;
    readonly device: string;
    readonly machine: string;
  } | null;
}
