import { Rng } from "@daily-kernel/compute";
import { inputError } from "../../feed-error.ts";
import { mean } from "./evaluate.ts";

export interface Difference {
  /** The mean of a - b, and its 95 % interval. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * By how much one ranking is better than another on the same queries: the percentile interval of
 * the mean difference over queries drawn with replacement (Efron 1979; Sakai 2006 for retrieval).
 * @throws FeedError `ERR_INPUT` unless both have the same number of queries, at least one.
 */
export function pairedBootstrap(
  a: readonly number[],
  b: readonly number[],
  { samples = 10_000, seed = 1 }: { samples?: number; seed?: number } = {},
): Difference {
  if (a.length !== b.length || a.length === 0) {
    throw inputError(
      `pairedBootstrap: a and b must have as many values, got ${a.length} and ${b.length}`,
    );
  }
  const differences = a.map((value, i) => value - b[i]!);
  const rng = new Rng(seed);
  const means = Float64Array.from({ length: samples }, () => {
    let sum = 0;
    for (let i = 0; i < a.length; i++) sum += differences[rng.integer(a.length)]!;
    return sum / a.length;
  }).sort();
  return {
    mean: mean(differences),
    low: means[Math.floor(0.025 * samples)]!,
    high: means[Math.ceil(0.975 * samples) - 1]!,
  };
}
