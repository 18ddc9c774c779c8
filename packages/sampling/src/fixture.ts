import { type Matrix, matrix, Rng } from "@daily-kernel/compute";

/** An n x m matrix of normal numbers. */
export const normalMatrix = (n: number, m: number, seed: number): Matrix =>
  matrix(n, m, new Rng(seed).fillNormal(new Float64Array(n * m)));

/** All subsets of 0..n-1, of k items where that is given. */
export function subsets(n: number, k?: number): number[][] {
  const all = Array.from({ length: 2 ** n }, (_, bits) =>
    Array.from({ length: n }, (_, i) => i).filter((i) => (bits >> i) & 1),
  );
  return k === undefined ? all : all.filter((set) => set.length === k);
}

/** All sequences of n numbers in 0..size-1. */
export function sequences(size: number, n: number): number[][] {
  return Array.from({ length: size ** n }, (_, code) =>
    Array.from({ length: n }, (_, i) => Math.floor(code / size ** i) % size),
  );
}

/**
 * How many standard deviations Pearson's statistic of counts is above its mean, for given cell
 * probabilities. Cells of probability 0 must be empty: infinity if not.
 */
export function chiSquareExcess(
  counts: readonly number[],
  probabilities: readonly number[],
): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let statistic = 0;
  let cells = 0;
  counts.forEach((count, i) => {
    const expected = probabilities[i]! * total;
    if (expected < 1e-9) {
      if (count > 0) statistic = Number.POSITIVE_INFINITY;
      return;
    }
    statistic += (count - expected) ** 2 / expected;
    cells++;
  });
  return (statistic - (cells - 1)) / Math.sqrt(2 * (cells - 1));
}

/** Mean and its standard error. */
export function meanOf(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}
