import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import { GaussianKde, hillEstimator, ksNormal } from "@daily-kernel/density";
import type { Measurement } from "@daily-kernel/reproduction";

/** log of the estimate at the rows of x: the function under test. */
export type LogDensity = (data: Matrix, bandwidth: number, x: Matrix) => Float64Array;

export const logDensity: LogDensity = (data, bandwidth, x) =>
  new GaussianKde({ data, bandwidth }).logDensity(x);

export const [points, dimension] = [20_000, 20];
/**
 * Queries of one data set: typical ones, of squared norm d, along different axes. They have one law,
 * and share so few points (correlation below 0.02) that they count as independent.
 */
export const queries = 6;

/** log estimates by bandwidth, `queries` of each data set in turn. */
export type Direct = (
  rng: Rng,
  sets: number,
  bandwidths: readonly number[],
  breathe: (done: number) => Promise<void>,
) => Promise<Float64Array[]>;

/** Estimates of `sets` data sets of real points, one after the other, at up to 40 queries each. */
export const directWith =
  (logDensity: LogDensity, each = queries): Direct =>
  async (rng, sets, bandwidths, breathe) => {
    const x = matrix(each, dimension);
    for (let k = 0; k < each; k++) {
      const side = k < dimension ? 1 : -1;
      x.data[k * dimension + (k % dimension)] = side * Math.sqrt(dimension);
    }
    const found = bandwidths.map(() => new Float64Array(sets * each));
    const data = matrix(points, dimension);
    for (let set = 0; set < sets; set++) {
      await breathe(set / sets);
      rng.fillNormal(data.data);
      for (const [k, h] of bandwidths.entries()) {
        found[k]!.set(logDensity(data, h, x), set * each);
      }
    }
    return found;
  };

/** log N(sqrt(d) e_1; 0, variance I). */
const logNormal = (variance: number) =>
  -0.5 * dimension * (Math.log(2 * Math.PI * variance) + 1 / variance);

const meanOf = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

/** How many standard errors the mean over data sets is from E rho = N(x; 0, (1 + h^2) I). */
export function meanZ(logs: Float64Array, h: number): Measurement {
  const ratios = logs.map((log) => Math.exp(log - logNormal(1 + h * h)));
  const sets = ratios.length / queries;
  const means = Array.from({ length: sets }, (_, set) =>
    meanOf(ratios.subarray(set * queries, (set + 1) * queries)),
  );
  const mean = meanOf(means);
  const error = Math.sqrt(meanOf(means.map((value) => (value - mean) ** 2)) / (sets - 1));
  // E K^2 = (4 pi h^2)^(-d/2) N(x; 0, (1 + h^2 / 2) I)
  const logSecond = -0.5 * dimension * Math.log(4 * Math.PI * h * h) + logNormal(1 + (h * h) / 2);
  const exact = Math.expm1(logSecond - 2 * logNormal(1 + h * h)) / points;
  const variance = meanOf(ratios.map((ratio) => (ratio - 1) ** 2));
  return {
    kind: "rounding",
    tolerance: 1e-6,
    value: Math.abs(mean - 1) / error,
    n: sets,
    unit: "standard errors",
    controls: [
      { label: "mean over its closed form", value: mean },
      { label: "variance over its closed form", value: variance / exact },
    ],
    note: `${queries} typical queries for each data set, at ${h.toFixed(3)}, 2.5 times the freezing bandwidth.`,
  };
}

/** Hill's index of the largest 4 % and its predictions, at each ratio of h to h_G. */
export interface TailIndex {
  readonly ratio: number;
  readonly index: number;
  readonly error: number;
}

export function tailIndex(logs: Float64Array, ratio: number): TailIndex {
  const top = Math.round(0.04 * logs.length);
  const index = hillEstimator(logs, top);
  return { ratio, index, error: index / Math.sqrt(top) };
}

/** The largest difference from the prediction, with twice its standard error. */
export function tailMeasurement(found: readonly TailIndex[], n: number): Measurement {
  const off = ({ index, ratio }: TailIndex) => Math.abs(index - ratio ** 2);
  const worst = found.reduce((a, b) => (off(b) > off(a) ? b : a));
  const value = off(worst);
  return {
    kind: "rounding",
    tolerance: 1e-6,
    value,
    n,
    interval: [Math.max(0, value - 2 * worst.error), value + 2 * worst.error],
    controls: found.flatMap(({ ratio, index }) => [
      { label: `Hill's index at ${ratio} h_G`, value: index },
      { label: `predicted at ${ratio} h_G`, value: ratio ** 2 },
    ]),
    note: `${n} estimates, Hill's estimator on the largest 4 %; the interval is two of its standard errors.`,
  };
}

/** Kolmogorov's distance of the estimates to the normal law, beside that of truly normal numbers. */
export function normality(logs: Float64Array, rng: Rng): Measurement {
  return {
    kind: "rounding",
    tolerance: 1e-6,
    value: ksNormal(logs, { logValues: true }),
    n: logs.length,
    controls: [
      {
        label: "as many normal numbers",
        value: ksNormal(rng.fillNormal(new Float64Array(logs.length))),
      },
    ],
  };
}
