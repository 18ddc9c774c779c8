import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import { adam, matrixFromJax, type Parameters, toJax } from "@daily-kernel/nn";
import { nn, type numpy as np } from "@jax-js/jax";

type JaxArray = np.Array;
/** Logits of a batch; takes parameters and inputs over. */
export type Forward = (parameters: Parameters, x: JaxArray) => JaxArray;

/** Points and labels 0..classes-1. */
export interface Labelled {
  x: Matrix;
  labels: Uint8Array;
  classes: number;
}

export interface TrainOptions {
  epochs: number;
  rate: number;
  rng: Rng;
  /** Called before every step. */
  breathe: () => Promise<void>;
}

const batch = 128;

function rowsAt({ data, cols }: Matrix, indices: Uint32Array): Matrix {
  const out = matrix(indices.length, cols);
  indices.forEach((i, k) => {
    out.data.set(data.subarray(i * cols, (i + 1) * cols), k * cols);
  });
  return out;
}

function oneHot({ labels, classes }: Labelled, indices: Uint32Array): Matrix {
  const out = matrix(indices.length, classes);
  indices.forEach((i, k) => {
    out.data[k * classes + labels[i]!] = 1;
  });
  return out;
}

/** The same parameters for a function that takes them over. */
const apart = (p: Parameters): Parameters =>
  Object.fromEntries(Object.entries(p).map(([key, value]) => [key, value.ref]));

/** Mean cross-entropy; takes everything over. */
const loss = (forward: Forward) => (parameters: Parameters, x: JaxArray, y: JaxArray) =>
  nn
    .logSoftmax(forward(parameters, x))
    .mul(y)
    .sum()
    .mul(-1 / batch);

/** Trains by Adam on batches of 128 (a last smaller one is left out) and hands the parameters back. */
export async function train(
  forward: Forward,
  initial: Parameters,
  data: Labelled,
  { epochs, rate, rng, breathe }: TrainOptions,
): Promise<Parameters> {
  const optimiser = adam(loss(forward));
  const state = optimiser.begin(initial);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = rng.permutation(data.x.rows);
    for (let from = 0; from + batch <= order.length; from += batch) {
      await breathe();
      const chosen = order.subarray(from, from + batch);
      const [x, y] = [toJax(rowsAt(data.x, chosen)), toJax(oneHot(data, chosen))];
      await optimiser.step(state, rate, x, y);
    }
  }
  optimiser.dispose();
  return optimiser.end(state);
}

/** The function at the rows of x, a batch at a time, which bounds its memory; keeps the parameters. */
export async function apply(
  forward: Forward,
  parameters: Parameters,
  x: Matrix,
  breathe: () => Promise<void>,
): Promise<Matrix> {
  const parts: Matrix[] = [];
  for (let from = 0; from < x.rows; from += batch) {
    await breathe();
    const to = Math.min(x.rows, from + batch);
    const part = matrix(to - from, x.cols, x.data.slice(from * x.cols, to * x.cols));
    parts.push(await matrixFromJax(forward(apart(parameters), toJax(part))));
  }
  const cols = parts[0]?.cols ?? 0;
  const out = matrix(x.rows, cols);
  for (const [k, { data }] of parts.entries()) out.data.set(data, k * batch * cols);
  return out;
}

/** The share of points, in %, whose largest logit is their label's; keeps the parameters. */
export async function accuracy(
  forward: Forward,
  parameters: Parameters,
  { x, labels, classes }: Labelled,
  breathe: () => Promise<void>,
): Promise<number> {
  const { data } = await apply(forward, parameters, x, breathe);
  let right = 0;
  for (let i = 0; i < x.rows; i++) {
    const row = data.subarray(i * classes, (i + 1) * classes);
    if (row.indexOf(Math.max(...row)) === labels[i]) right += 1;
  }
  return (100 * right) / x.rows;
}
