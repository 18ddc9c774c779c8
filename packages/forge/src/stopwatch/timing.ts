import type { Clock } from "./clock.ts";

/** What is worth knowing about a timing; `rejecting` holds those for which a candidate is refused. */
export type TimingFlag =
  /** Above 1.05 of the roof, twice: nothing that computes the task can be so fast. */
  | "implausible"
  /** The baseline ran slower beside the candidate than alone, twice; its time alone was used. */
  | "slowed-baseline"
  /** What a timed call left was not within the bounds, or differed between copies of one call. */
  | "wrong-while-timed"
  /** The clock in the candidate's process disagreed with the one outside, twice. */
  | "clock-mismatch"
  /** Only the first call on new numbers was slow, twice: the later ones may have been remembered. */
  | "remembers-inputs"
  /** Threads of the candidate used the processor while nothing was asked of them. */
  | "spins-while-idle"
  /** So much slower than the baseline that the measurement was ended early. */
  | "gave-up"
  /** The interval of the speedup is wider than was asked for. */
  | "noisy"
  /** Other work kept the baseline waiting, and processor time could not be compared: long calls look longer. */
  | "busy-machine";

/** Flags with which no speedup may be claimed. */
export const rejecting: ReadonlySet<TimingFlag> = new Set<TimingFlag>([
  "implausible",
  "slowed-baseline",
  "wrong-while-timed",
  "clock-mismatch",
  "remembers-inputs",
]);

/** What the stopwatch says of a candidate beside its baseline. Times in nanoseconds. */
export interface Timing {
  /**
   * What `medianNs`, `baselineMedianNs`, `speedup` and their intervals were read from: the wall's
   * clock, or on a busy machine and with one thread each, the processor time of either process.
   */
  readonly clock: Clock;
  readonly medianNs: number;
  readonly iqrNs: number;
  /** The fastest single call on the wall: what a busy machine spoils least. */
  readonly fastestNs: number;
  /** Bootstrap interval of the median. */
  readonly ci95: readonly [number, number];
  readonly baselineMedianNs: number;
  /** Median of baseline over candidate of the interleaved pairs, with its bootstrap interval. */
  readonly speedup: number;
  readonly speedupCI: readonly [number, number];
  /** Interleaved pairs. */
  readonly samples: number;
  /** Caches were flushed before every call. */
  readonly cold: boolean;
  /** The share of the roof (arithmetic or memory, whichever is lower) that was reached; null without roofs. */
  readonly rooflineFraction: number | null;
  readonly flags: readonly TimingFlag[];
}
