import type { Rng } from "@daily-kernel/compute";

/** The q-quantile of numbers that rise, by linear interpolation (Hyndman and Fan 1996, type 7). */
export function quantile(sorted: readonly number[], q: number): number {
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  const below = sorted[low]!;
  return below + (at - low) * (sorted[Math.min(low + 1, sorted.length - 1)]! - below);
}

const rising = (values: readonly number[]) => values.toSorted((a, b) => a - b);

/** The median of at least one number. */
export const median = (values: readonly number[]): number => quantile(rising(values), 0.5);

/** The interquartile range of at least one number. */
export function iqr(values: readonly number[]): number {
  const sorted = rising(values);
  return quantile(sorted, 0.75) - quantile(sorted, 0.25);
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The geometric mean of positive numbers. */
export const geomean = (values: readonly number[]): number => Math.exp(mean(values.map(Math.log)));

/**
 * The central 95 % of `statistic` over resamples of `values` with replacement (the percentile
 * bootstrap of Efron 1979). Resampling whole pairs keeps what they have in common.
 */
export function bootstrapInterval<T>(
  values: readonly T[],
  statistic: (resample: readonly T[]) => number,
  rng: Rng,
  resamples = 1000,
): [number, number] {
  const seen = Array.from({ length: resamples }, () =>
    statistic(values.map(() => values[rng.integer(values.length)]!)),
  ).sort((a, b) => a - b);
  return [quantile(seen, 0.025), quantile(seen, 0.975)];
}
