import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import type { LabelledImages } from "@daily-kernel/datasets";
import { ReluFeatures } from "@daily-kernel/kernels";
import { type JaxFeatures, jaxFeatures, kernelAdapter } from "@daily-kernel/kernels/jax";
import { type Parameters, toJax } from "@daily-kernel/nn";
import { defaultDevice, init, nn, numpy as np } from "@jax-js/jax";
import { accuracy, apply, type Forward, type Labelled, train } from "./training.ts";

type JaxArray = np.Array;

/** Width d of the frozen layer: the saving is m / d, so that a narrow one would show little. */
export const width = 512;
/** Random features m of the kernel adapter. */
export const features = 64;
/** Hidden units of the ordinary adapter of about as many parameters as the kernel one. */
const rank = 32;

export interface AdapterSizes {
  training: number;
  testing: number;
  /** Of the adapters; the frozen layer takes three. */
  epochs: number;
  /** How often all of it is done. */
  seeds: number;
}

/** Parameters of an adapter beside the head's, and its accuracy on the test digits in %. */
export interface AdapterResult {
  label: string;
  parameters: number;
  accuracy: number;
}

/** What adapts the frozen layer's output h before the head. */
export interface Adapter {
  initial(rng: Rng): Parameters;
  forward(parameters: Parameters, h: JaxArray): JaxArray;
  rate: number;
  /** How many numbers the head gets, if not as many as the frozen layer gives. */
  outputs?: number;
}

const normal = (rng: Rng, rows: number, cols: number, scale: number): Matrix =>
  matrix(
    rows,
    cols,
    rng.fillNormal(new Float64Array(rows * cols)).map((v) => scale * v),
  );

const gate = () => np.zeros([width]);

/** y = h + gate (Phi(h) Psi^T) with rectified features; Psi begins as that of a random dense layer. */
export function reluAdapter(m: number): (rng: Rng) => Adapter {
  return (rng) => {
    const map = new ReluFeatures({ dimension: width, features: m, seed: rng.integer(2 ** 31) });
    const phi: JaxFeatures = jaxFeatures(map);
    return {
      initial: (own) => ({
        weights: toJax(map.neurons(normal(own, width, width, Math.sqrt(2 / width)))),
        gate: gate(),
      }),
      forward: ({ weights, gate }, h) => kernelAdapter({ weights: weights!, gate: gate! }, phi, h),
      rate: 0.01,
    };
  };
}

/** Nothing between the frozen layer and the head. */
export const noAdapter = (): Adapter => ({
  initial: () => ({}),
  forward: (_, h) => h,
  rate: 0.01,
});

/** The head sees h and the kernel adapter's random features side by side: no matrix in between. */
const widerHead = (rng: Rng): Adapter => {
  const phi = jaxFeatures(
    new ReluFeatures({ dimension: width, features, seed: rng.integer(2 ** 31) }),
  );
  return {
    initial: () => ({}),
    forward: (_, h) => np.concatenate([h.ref, phi(h)], 1),
    rate: 0.01,
    outputs: width + features,
  };
};

/** y = h + gate relu(h W + b). */
const denseAdapter = (): Adapter => ({
  initial: (rng) => ({
    weights: toJax(normal(rng, width, width, Math.sqrt(2 / width))),
    bias: np.zeros([width]),
    gate: gate(),
  }),
  forward: ({ weights, bias, gate }, h) =>
    h.ref.add(nn.relu(np.matmul(h, weights!).add(bias!)).mul(gate!)),
  rate: 0.005,
});

/** y = h + relu(h A + b) B, B beginning at 0 (Houlsby et al. 2019). */
const bottleneck = (): Adapter => ({
  initial: (rng) => ({
    down: toJax(normal(rng, width, rank, Math.sqrt(1 / width))),
    bias: np.zeros([rank]),
    up: np.zeros([rank, width]),
  }),
  forward: ({ down, bias, up }, h) =>
    h.ref.add(np.matmul(nn.relu(np.matmul(h, down!).add(bias!)), up!)),
  rate: 0.002,
});

const withHead =
  ({ forward }: Adapter): Forward =>
  ({ head, offset, ...rest }, h) =>
    np.matmul(forward(rest, h), head!).add(offset!);

/**
 * A layer of 784 x 512 trained to tell 0 from 1 and then frozen; adapters and heads trained on its
 * outputs to tell the other eight digits apart, all from the same first parameters of the head.
 */
export async function adapterResults(
  kernelAdapterFor: (rng: Rng) => Adapter,
  digits: LabelledImages,
  sizes: AdapterSizes,
  rng: Rng,
  breathe: (done: number) => Promise<void>,
): Promise<AdapterResult[]> {
  await init("wasm");
  defaultDevice("wasm");
  const kinds: Record<string, (rng: Rng) => Adapter> = {
    "kernel adapter": kernelAdapterFor,
    "dense adapter": denseAdapter,
    "bottleneck adapter": bottleneck,
    "head on h and the random features": widerHead,
    "no adapter": noAdapter,
  };
  const task = await frozenTask(digits, sizes, rng, () => breathe(0));
  const results: AdapterResult[] = [];
  for (const [k, [label, make]] of Object.entries(kinds).entries()) {
    const stream = rng.spawn(label);
    const adapter = make(stream);
    const forward = withHead(adapter);
    const trained = adapter.initial(stream);
    const { classes } = task.training;
    const outputs = adapter.outputs ?? width;
    const own = Object.values(trained).reduce((sum, { size }) => sum + size, 0);
    const parameters = own + (outputs - width) * classes;
    const initial = { ...trained, head: np.zeros([outputs, classes]), offset: np.zeros([classes]) };
    const here = () => breathe((k + 1) / 6);
    const fitted = await train(forward, initial, task.training, {
      ...{ epochs: sizes.epochs, rate: adapter.rate, rng: rng.spawn("order"), breathe: here },
    });
    const right = await accuracy(forward, fitted, task.testing, here);
    results.push({ label, parameters, accuracy: right });
    for (const array of Object.values(fitted)) array.dispose();
  }
  return results;
}

/** The frozen layer's outputs, at a root-mean-square length of 4. */
async function frozenTask(
  digits: LabelledImages,
  { training, testing }: AdapterSizes,
  rng: Rng,
  breathe: () => Promise<void>,
): Promise<{ training: Labelled; testing: Labelled }> {
  const order = rng.permutation(digits.n);
  const old = order.filter((i) => digits.labels[i]! < 2).subarray(0, 1280);
  const fresh = order.filter((i) => digits.labels[i]! >= 2);
  const layer: Forward = ({ weights, bias }, x) => nn.relu(np.matmul(x, weights!).add(bias!));
  const forward: Forward = ({ head, offset, ...rest }, x) =>
    np.matmul(layer(rest, x), head!).add(offset!);
  const initial = {
    weights: toJax(normal(rng, 784, width, Math.sqrt(2 / 784))),
    bias: np.zeros([width]),
    head: toJax(normal(rng, width, 2, Math.sqrt(1 / width))),
    offset: np.zeros([2]),
  };
  const task = { x: pixels(digits, old), labels: old.map((i) => digits.labels[i]!), classes: 2 };
  const frozen = await train(
    forward,
    initial,
    { ...task, labels: Uint8Array.from(task.labels) },
    { epochs: 3, rate: 1e-3, rng, breathe },
  );
  const outputs = async (chosen: Uint32Array): Promise<Labelled> => {
    const { weights, bias } = frozen;
    const parameters = { weights: weights!, bias: bias! };
    const x = await apply(layer, parameters, pixels(digits, chosen), breathe);
    const labels = Uint8Array.from(chosen, (i) => digits.labels[i]! - 2);
    return { x, labels, classes: 8 };
  };
  const first = await outputs(fresh.subarray(0, training));
  const second = await outputs(fresh.subarray(training, training + testing));
  for (const array of Object.values(frozen)) array.dispose();
  const square = first.x.data.reduce((sum, v) => sum + v * v, 0) / training;
  for (const { x } of [first, second]) {
    for (let k = 0; k < x.data.length; k++) x.data[k]! *= 4 / Math.sqrt(square);
  }
  return { training: first, testing: second };
}

function pixels({ images }: LabelledImages, chosen: Uint32Array): Matrix {
  const out = matrix(chosen.length, 784);
  chosen.forEach((i, k) => {
    for (let p = 0; p < 784; p++) out.data[784 * k + p] = images[784 * i + p]! / 255;
  });
  return out;
}
