import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import { matrixFromJax, toJax } from "@daily-kernel/nn";
import { jit, nn, numpy as np, valueAndGrad } from "@jax-js/jax";

type JaxArray = np.Array;
export type Parameters = Record<string, JaxArray>;
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

/** The loss, the parameters and their two moments after a step. */
type Stepped = [JaxArray, Parameters, Parameters, Parameters];

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

/** One step of Adam (Kingma and Ba 2015), compiled; `rate` comes corrected for its bias. */
function adam(forward: Forward) {
  const slopes = valueAndGrad(loss(forward));
  const step = (
    p: Parameters,
    m: Parameters,
    v: Parameters,
    rate: JaxArray,
    x: JaxArray,
    y: JaxArray,
  ) => {
    const [value, g] = slopes(apart(p), x, y) as [JaxArray, Parameters];
    const next: [Parameters, Parameters, Parameters] = [{}, {}, {}];
    for (const key of Object.keys(p)) {
      const slope = g[key]!;
      const mean = m[key]!.mul(0.9).add(slope.ref.mul(0.1));
      const square = v[key]!.mul(0.999).add(slope.ref.mul(slope).mul(0.001));
      const change = mean.ref.div(np.sqrt(square.ref).add(1e-8)).mul(rate.ref);
      next[0][key] = p[key]!.sub(change);
      next[1][key] = mean;
      next[2][key] = square;
    }
    rate.dispose();
    return [value, ...next] as Stepped;
  };
  return jit(step);
}

/** Trains by Adam on batches of 128 (a last smaller one is left out) and hands the parameters back. */
export async function train(
  forward: Forward,
  initial: Parameters,
  data: Labelled,
  { epochs, rate, rng, breathe }: TrainOptions,
): Promise<Parameters> {
  const zeros = () =>
    Object.fromEntries(Object.entries(initial).map(([key, p]) => [key, np.zeros(p.shape)]));
  let [p, m, v] = [initial, zeros(), zeros()];
  const step = adam(forward);
  let steps = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = rng.permutation(data.x.rows);
    for (let from = 0; from + batch <= order.length; from += batch) {
      await breathe();
      steps += 1;
      const chosen = order.subarray(from, from + batch);
      const corrected = (rate * Math.sqrt(1 - 0.999 ** steps)) / (1 - 0.9 ** steps);
      const [x, y] = [toJax(rowsAt(data.x, chosen)), toJax(oneHot(data, chosen))];
      const [value, ...next] = step(p, m, v, np.array(corrected), x, y) as Stepped;
      await value.data(); // jax-js is lazy: steps that nobody asks for would pile up with their batches
      [p, m, v] = next;
    }
  }
  for (const moments of [m, v]) for (const array of Object.values(moments)) array.dispose();
  step.dispose();
  return p;
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
