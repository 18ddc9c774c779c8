import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import type { LabelledImages } from "@daily-kernel/datasets";
import { toJax } from "@daily-kernel/nn";
import { nn, numpy as np } from "@jax-js/jax";
import { apply, type Forward, type Labelled, train } from "./training.ts";

type JaxArray = np.Array;

/** Width d of the frozen layers: the saving is m / d, so that narrow ones would show little. */
export const width = 512;
/** Root-mean-square length of what a frozen layer gives on the new digits. */
const length = 4;

/** Two frozen layers of 784 x 512 and 512 x 512, between which an adapter has its place. */
export interface FrozenNet {
  /** The first layer's outputs for the eight digits that the frozen layers have not seen. */
  training: Labelled;
  validation: Labelled;
  testing: Labelled;
  /** The second layer; takes its input over. */
  after(h: JaxArray): JaxArray;
  dispose(): void;
}

export const normal = (rng: Rng, rows: number, cols: number, scale: number): Matrix =>
  matrix(
    rows,
    cols,
    rng.fillNormal(new Float64Array(rows * cols)).map((v) => scale * v),
  );

const layer = (x: JaxArray, weights: JaxArray, bias: JaxArray): JaxArray =>
  nn.relu(np.matmul(x, weights).add(bias));

/** Trains the two layers to tell 0 from 1 and freezes them. */
export async function frozenNet(
  digits: LabelledImages,
  sizes: { training: number; validation: number; testing: number },
  rng: Rng,
  breathe: () => Promise<void>,
): Promise<FrozenNet> {
  const order = rng.permutation(digits.n);
  const old = order.filter((i) => digits.labels[i]! < 2).subarray(0, 1280);
  const fresh = order.filter((i) => digits.labels[i]! >= 2);
  const first: Forward = ({ w1, b1 }, x) => layer(x, w1!, b1!);
  const second: Forward = ({ w2, b2 }, h) => layer(h, w2!, b2!);
  const forward: Forward = ({ w1, b1, w2, b2, head, offset }, x) =>
    np.matmul(layer(layer(x, w1!, b1!), w2!, b2!), head!).add(offset!);
  const initial = {
    w1: toJax(normal(rng, 784, width, Math.sqrt(2 / 784))),
    b1: np.zeros([width]),
    w2: toJax(normal(rng, width, width, Math.sqrt(2 / width))),
    b2: np.zeros([width]),
    head: toJax(normal(rng, width, 2, Math.sqrt(1 / width))),
    offset: np.zeros([2]),
  };
  const labels = Uint8Array.from(old, (i) => digits.labels[i]!);
  const frozen = await train(
    forward,
    initial,
    { x: pixels(digits, old), labels, classes: 2 },
    { epochs: 3, rate: 1e-3, rng, breathe },
  );
  const { w1, b1, w2, b2 } = frozen as Record<"w1" | "b1" | "w2" | "b2", JaxArray>;
  const outputs = async (from: number, count: number): Promise<Labelled> => {
    const chosen = fresh.subarray(from, from + count);
    const x = await apply(first, { w1, b1 }, pixels(digits, chosen), breathe);
    return { x, labels: Uint8Array.from(chosen, (i) => digits.labels[i]! - 2), classes: 8 };
  };
  const training = await outputs(0, sizes.training);
  const validation = await outputs(sizes.training, sizes.validation);
  const testing = await outputs(sizes.training + sizes.validation, sizes.testing);
  const seen = await apply(second, { w2, b2 }, training.x, breathe);
  const [short, long] = [length / lengthOf(training.x), length / lengthOf(seen)];
  for (const { x } of [training, validation, testing]) {
    for (let k = 0; k < x.data.length; k++) x.data[k]! *= short;
  }
  const [weights, bias] = [w2.mul(long / short), b2.mul(long)];
  for (const name of ["w1", "b1", "head", "offset"]) frozen[name]!.dispose();
  return {
    training,
    validation,
    testing,
    after: (h) => layer(h, weights.ref, bias.ref),
    dispose() {
      weights.dispose();
      bias.dispose();
    },
  };
}

/** Root-mean-square length of the rows. */
const lengthOf = ({ data, rows }: Matrix) =>
  Math.sqrt(data.reduce((sum, v) => sum + v * v, 0) / rows);

function pixels({ images }: LabelledImages, chosen: Uint32Array): Matrix {
  const out = matrix(chosen.length, 784);
  chosen.forEach((i, k) => {
    for (let p = 0; p < 784; p++) out.data[784 * k + p] = images[784 * i + p]! / 255;
  });
  return out;
}
