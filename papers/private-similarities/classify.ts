import { type Matrix, type Rng, squaredDistances } from "@daily-kernel/compute";
import type { ClassifierOptions } from "@daily-kernel/privacy";
import type { Split } from "./data.ts";
import type { DpSgdOptions, trainDpSgd } from "./dp-sgd.ts";

/** A classifier that publishes once. */
export type MakeClassifier = (options: ClassifierOptions) => {
  fit(
    x: Matrix,
    labels: ArrayLike<number>,
    options?: { signal?: AbortSignal },
  ): Promise<{ predict(y: Matrix): Uint32Array }>;
};

/** Rows of a matrix, without a copy. */
const rowsOf = ({ data, cols }: Matrix, from: number, to: number): Matrix => ({
  data: data.subarray(from * cols, to * cols),
  rows: to - from,
  cols,
});

/** Per cent of labels that are right. */
function accuracy(labels: ArrayLike<number>, truth: ArrayLike<number>): number {
  let right = 0;
  for (let i = 0; i < truth.length; i++) if (labels[i] === truth[i]) right++;
  return (100 * right) / truth.length;
}

/** Per cent of the test digits that one release labels right; trained and tested in pieces. */
export async function releaseAccuracy(
  make: MakeClassifier,
  options: ClassifierOptions,
  { train, trainLabels, test, testLabels }: Split,
  signal: AbortSignal,
  breathe: () => Promise<void>,
): Promise<{ accuracy: number; seconds: number }> {
  const from = performance.now();
  const release = await make(options).fit(train, trainLabels, { signal });
  const seconds = (performance.now() - from) / 1000;
  const labels: number[] = [];
  for (let at = 0; at < test.rows; at += 250) {
    labels.push(...release.predict(rowsOf(test, at, Math.min(at + 250, test.rows))));
    await breathe();
  }
  return { accuracy: accuracy(labels, testLabels), seconds };
}

/** The setting of the claim: Gaussian kernel of sigma^2 = 1/2 on digits of unit length. */
export const settings = {
  dimension: 784,
  classes: 10,
  classSizes: "public",
  kernel: "gaussian",
  sigma: Math.SQRT1_2,
  adjacency: "add-remove",
} as const;

/** Per cent right by the exact average similarity to each class. */
export async function exactAccuracy(
  split: Split,
  tests: number,
  breathe: (done: number) => Promise<void>,
): Promise<number> {
  const { train, trainLabels, test, testLabels } = split;
  const sizes = new Float64Array(10);
  for (const label of trainLabels) sizes[label]!++;
  const predicted: number[] = [];
  for (let from = 0; from < tests; from += 10) {
    const some = rowsOf(test, from, Math.min(from + 10, tests));
    const { data, rows, cols } = squaredDistances(some, train);
    for (let i = 0; i < rows; i++) {
      const sums = new Float64Array(10);
      for (let k = 0; k < cols; k++) sums[trainLabels[k]!]! += Math.exp(-2 * data[i * cols + k]!);
      const means = sums.map((sum, c) => sum / sizes[c]!);
      predicted.push(means.indexOf(Math.max(...means)));
    }
    await breathe(from / tests);
  }
  return accuracy(predicted, testLabels.subarray(0, tests));
}

/** Per cent right of weights d x classes. */
function linearAccuracy(weights: Matrix, { test, testLabels }: Split): number {
  const classes = weights.cols;
  const predicted = Array.from({ length: test.rows }, (_, i) => {
    const scores = new Float64Array(classes);
    for (let j = 0; j < test.cols; j++) {
      const x = test.data[i * test.cols + j]!;
      if (x === 0) continue;
      for (let c = 0; c < classes; c++) scores[c]! += x * weights.data[j * classes + c]!;
    }
    return scores.indexOf(Math.max(...scores));
  });
  return accuracy(predicted, testLabels);
}

/** Private gradient descent, whose time does not count the tests of its accuracy. */
export type DpSgd = typeof trainDpSgd;

export interface Race {
  /** Seconds of private gradient descent until it is as accurate, or to its end. */
  readonly seconds: number;
  readonly reached: boolean;
  readonly steps: number;
  /** Per cent right at its end. */
  readonly last: number;
}

/** How long private gradient descent needs for that accuracy at the same epsilon. */
export async function raceDpSgd(
  train: DpSgd,
  split: Split,
  target: number,
  options: DpSgdOptions,
  rng: Rng,
  breathe: (done: number) => Promise<void>,
): Promise<Race> {
  let clock = 0;
  let last = 0;
  let seconds = 0;
  let steps = 0;
  let reached = false;
  let from = performance.now();
  const { train: x, trainLabels } = split;
  await train(x, trainLabels, 10, options, rng, async (step, weights) => {
    clock += (performance.now() - from) / 1000;
    last = linearAccuracy(weights, split);
    if (!reached) [seconds, steps] = [clock, step];
    reached ||= last >= target;
    await breathe(step / options.steps);
    from = performance.now();
  });
  return { seconds, reached, steps, last };
}
