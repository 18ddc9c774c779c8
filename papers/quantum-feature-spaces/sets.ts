import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import { GaussianKernel, type Kernel, SupportVectorClassifier } from "@daily-kernel/kernels";
import type { adHocData, ZZFeatureMap } from "@daily-kernel/quantum";

export type AdHoc = ReturnType<typeof adHocData>;

/** Points of each label to train with, as in the paper, and to test with. */
export const TRAIN = 20;
export const TEST = 200;

/** What a misclassified training point costs: with an exact kernel, and with one from shots. */
export const C_EXACT = 10;
export const C_SHOTS = 1;

/** Three artificial sets, each with a random rotation of its own. */
export const threeSets = (
  make: typeof adHocData,
  map: ZZFeatureMap,
  rng: (name: string) => Rng,
): AdHoc[] =>
  ["I", "II", "III"].map((name) =>
    make({ map, train: TRAIN, test: TEST, seed: rng(`set ${name}`) }),
  );

/** The share of labels that are right, in %. */
export function accuracy(predicted: ArrayLike<number>, y: ArrayLike<number>): number {
  let right = 0;
  for (let i = 0; i < y.length; i++) if (predicted[i] === y[i]) right++;
  return (100 * right) / y.length;
}

/** Accuracies of a machine on a given kernel: of the training points with one another, and of test ones. */
export function machineAccuracy(
  gram: { train: Matrix; test: Matrix },
  { train, test }: AdHoc,
  c: number,
): { train: number; test: number } {
  const machine = SupportVectorClassifier.fitGram(gram.train, train.y, { c });
  return {
    train: accuracy(machine.predict(gram.train), train.y),
    test: accuracy(machine.predict(gram.test), test.y),
  };
}

export type Classify = (
  x: Matrix,
  y: ArrayLike<number>,
  points: Matrix,
  setting: GaussianSetting,
) => ArrayLike<number>;

export interface GaussianSetting {
  readonly lengthscale: number;
  readonly c: number;
}

/** The grid of the Gaussian kernel: five lengths, three costs. */
export const gaussianGrid: readonly GaussianSetting[] = [0.1, 0.3, 1, 3, 10].flatMap(
  (lengthscale) => [1, 10, 100].map((c) => ({ lengthscale, c })),
);

/** Labels of points by a machine with a Gaussian kernel. */
export const gaussianClassify: Classify = (x, y, points, { lengthscale, c }) =>
  kernelClassify(
    new GaussianKernel({ dimension: x.cols, lengthscales: lengthscale }),
    x,
    y,
    points,
    c,
  );

/** Labels of points by a machine on the whole kernel matrix: states are made once. */
export const kernelClassify = (
  kernel: Kernel,
  x: Matrix,
  y: ArrayLike<number>,
  points: Matrix,
  c: number,
): ArrayLike<number> =>
  SupportVectorClassifier.fitGram(kernel.gram(x, x), y, { c }).predict(kernel.gram(points, x));

/** Which rows are in each of k folds: dealt out in turn after a shuffle, class by class. */
export function folds(y: ArrayLike<number>, k: number, rng: Rng): number[][] {
  const out: number[][] = Array.from({ length: k }, () => []);
  const order = [...rng.permutation(y.length)].sort((a, b) => y[a]! - y[b]!);
  for (const [position, i] of order.entries()) out[position % k]!.push(i);
  return out;
}

export const rowsOf = ({ data, cols }: Matrix, rows: readonly number[]): Matrix =>
  matrix(
    rows.length,
    cols,
    Float64Array.from(rows.flatMap((i) => [...data.subarray(i * cols, (i + 1) * cols)])),
  );

/** The setting with the best accuracy in five-fold cross-validation; of equal ones the first. */
export async function chosen<S extends object>(
  settings: readonly S[],
  x: Matrix,
  y: ArrayLike<number>,
  rng: Rng,
  classify: (x: Matrix, y: ArrayLike<number>, points: Matrix, setting: S) => ArrayLike<number>,
  breathe: () => Promise<void>,
): Promise<S> {
  const parts = folds(y, 5, rng);
  const labels = (rows: readonly number[]) => rows.map((i) => y[i]!);
  let [best, most] = [settings[0]!, -1];
  for (const setting of settings) {
    let right = 0;
    for (const part of parts) {
      const rest = parts.filter((other) => other !== part).flat();
      const seen = classify(rowsOf(x, rest), labels(rest), rowsOf(x, part), setting);
      right += accuracy(seen, labels(part)) * part.length;
    }
    if (right > most) [best, most] = [setting, right];
    await breathe();
  }
  return best;
}
