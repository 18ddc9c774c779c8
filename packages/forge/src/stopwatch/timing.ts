/** What the stopwatch says of a candidate beside its baseline. Times in nanoseconds. */
export interface Timing {
  readonly medianNs: number;
  readonly iqrNs: number;
  readonly ci95: readonly [number, number];
  readonly baselineMedianNs: number;
  /** Median of baseline over candidate of the interleaved pairs, with its bootstrap interval. */
  readonly speedup: number;
  readonly speedupCI: readonly [number, number];
  readonly samples: number;
  /** The share of the roof (the smaller of arithmetic and memory bandwidth) that was reached. */
  readonly rooflineFraction: number;
  /** `implausible` above 1.05 of the roof, `noisy` when the interval is wide, `slowed-baseline`. */
  readonly flags: readonly string[];
}
