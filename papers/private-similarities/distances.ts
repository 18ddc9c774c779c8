import type { Matrix, Rng } from "@daily-kernel/compute";
import type { L1Options } from "@daily-kernel/privacy";

/** A structure that publishes sums of l1 distances. */
export type MakeL1 = (options: L1Options) => {
  fit(
    x: Matrix,
    options?: { signal?: AbortSignal },
  ): Promise<{ query(y: ArrayLike<number>): { value: number } }>;
};

type Breathe = (done: number) => Promise<void>;

/** Exact sums of l1 distances from each of the queries. */
export async function exactSums(
  x: Matrix,
  queries: readonly Float64Array[],
  breathe: Breathe,
): Promise<number[]> {
  const sums: number[] = [];
  for (const [k, y] of queries.entries()) {
    let sum = 0;
    for (let i = 0, at = 0; i < x.rows; i++) {
      for (let j = 0; j < x.cols; j++, at++) sum += Math.abs(x.data[at]! - y[j]!);
    }
    sums.push(sum);
    if (k % 8 === 7) await breathe(k / queries.length);
  }
  return sums;
}

/** Random queries in the unit cube. */
export const randomQueries = (count: number, d: number, rng: Rng): Float64Array[] =>
  Array.from({ length: count }, () => rng.fillUniform(new Float64Array(d)));

/** The theorem's additive term with constant 1 and the logarithm to base 2, for R = 1. */
export const additiveTerm = (n: number, d: number, epsilon: number, alpha: number): number =>
  (d ** 1.5 * Math.log2(n) ** 1.5) / (epsilon * Math.sqrt(alpha));

export interface Errors {
  /** Mean |private - exact| / exact. */
  readonly mean: number;
  readonly worst: number;
  readonly relative: readonly number[];
  /** How many of the additive term the worst estimate lies outside [exact, (1 + alpha) exact]. */
  readonly excess: readonly number[];
}

/** The errors of estimates of exact sums. */
export function errorsOf(
  estimates: readonly number[],
  exact: readonly number[],
  alpha: number,
  term: number,
): Errors {
  const relative = estimates.map((value, i) => Math.abs(value - exact[i]!) / exact[i]!);
  const excess = estimates.map((value, i) => {
    const outside = Math.max(exact[i]! - value, value - (1 + alpha) * exact[i]!, 0);
    return outside / term;
  });
  return {
    mean: relative.reduce((sum, error) => sum + error) / relative.length,
    worst: Math.max(...relative),
    relative,
    excess,
  };
}

/** Standard deviation of the noise in private sums: releases by queries, about the noiseless answer. */
export async function noiseOf(
  make: MakeL1,
  options: L1Options,
  noiseless: L1Options,
  x: Matrix,
  releases: number,
  queries: readonly Float64Array[],
  breathe: Breathe,
): Promise<number> {
  const bare = await make(noiseless).fit(x);
  const truth = queries.map((y) => bare.query(y).value);
  const structure = make(options);
  let square = 0;
  for (let k = 0; k < releases; k++) {
    const release = await structure.fit(x);
    for (const [i, y] of queries.entries()) square += (release.query(y).value - truth[i]!) ** 2;
    if (k % 8 === 7) await breathe(k / releases);
  }
  return Math.sqrt(square / (releases * queries.length));
}

/** Slope of the least squares line through (log x, log y). */
export function logLogSlope(x: readonly number[], y: readonly number[]): number {
  const [u, v] = [x.map(Math.log), y.map(Math.log)];
  const mean = (values: readonly number[]) => values.reduce((sum, t) => sum + t) / values.length;
  const [mu, mv] = [mean(u), mean(v)];
  const cross = u.reduce((sum, t, i) => sum + (t - mu) * (v[i]! - mv), 0);
  return cross / u.reduce((sum, t) => sum + (t - mu) ** 2, 0);
}
