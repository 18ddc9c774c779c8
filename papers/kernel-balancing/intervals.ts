/** 97.5 % quantiles of Student's t for 1, 2, ... degrees of freedom; the normal law's beyond. */
const STUDENT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, v) => sum + v, 0) / values.length;

/** The mean of paired differences with its 95 % interval by Student's t. */
export function paired(a: readonly number[], b: readonly number[]) {
  const differences = a.map((v, k) => v - b[k]!);
  const n = differences.length;
  const value = mean(differences);
  const variance = differences.reduce((sum, v) => sum + (v - value) ** 2, 0) / (n - 1);
  const half = (STUDENT[n - 2] ?? 2.0) * Math.sqrt(variance / n);
  return { value, n, interval: [value - half, value + half] as const };
}

/** How far a mean is from a number, and how far at least and at most by its 95 % interval. */
export interface Gap {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export function gap(values: readonly number[], from: number): Gap {
  const { value, interval } = paired(
    values,
    values.map(() => from),
  );
  const [a, b] = interval.map(Math.abs) as [number, number];
  const inside = interval[0] <= 0 && interval[1] >= 0;
  return { value: Math.abs(value), low: inside ? 0 : Math.min(a, b), high: Math.max(a, b) };
}
