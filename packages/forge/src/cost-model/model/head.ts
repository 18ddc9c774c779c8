import type { Rng } from "@daily-kernel/compute";
import { fromJax, toJax } from "@daily-kernel/nn";
import { jit, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import { normalWeight, type Weight, type Weights, zeroWeight } from "./parameters.ts";

/** Units of the two hidden layers of the head. */
export const HIDDEN = [128, 64] as const;

/** Three dense layers from the features to one number for each target. */
export function headWeights(rng: Rng, features: number, targets: number): Weights {
  const [first, second] = HIDDEN;
  return {
    dense1: normalWeight(rng, [features, first]),
    shift1: zeroWeight([first]),
    dense2: normalWeight(rng, [first, second]),
    shift2: zeroWeight([second]),
    dense3: normalWeight(rng, [second, targets], Math.sqrt(1 / second)),
    shift3: zeroWeight([targets]),
  };
}

type Arrays = Record<string, np.Array>;

function predictions(p: Arrays, dropout: np.Array): np.Array {
  const first = nn.relu(np.dot(p.features!, p.dense1!).add(p.shift1!)).mul(dropout);
  const second = nn.relu(np.dot(first, p.dense2!).add(p.shift2!));
  return np.dot(second, p.dense3!).add(p.shift3!);
}

/** Huber's loss with threshold 1 over the known targets: `known` is 1 for these and 0 elsewhere. */
function huber(p: Arrays, dropout: np.Array, targets: np.Array, known: np.Array): np.Array {
  const error = np.absolute(predictions(p, dropout).sub(targets));
  const small = np.minimum(error.ref, 1);
  const loss = small.ref.mul(error.sub(small.mul(0.5)));
  return loss.mul(known.ref).sum().div(np.maximum(known.sum(), 1));
}

const lossAndGradients = jit(valueAndGrad(huber));

/** A batch as the head sees it: features, targets and which of them are known, all [batch, ...]. */
export interface HeadBatch {
  readonly features: Weight;
  readonly targets: Weight;
  readonly known: Weight;
  /** 0 or 1 / (1 - rate) for every unit of the first hidden layer. */
  readonly dropout: Weight;
}

/** The loss and its gradients with respect to the weights and the features, by jax-js. */
export async function headStep(
  weights: Weights,
  { features, targets, known, dropout }: HeadBatch,
): Promise<{ loss: number; gradients: Weights; dFeatures: Float32Array }> {
  const inputs: Arrays = {};
  for (const [name, weight] of Object.entries({ ...weights, features }))
    inputs[name] = toJax(weight);
  const [loss, back] = lossAndGradients(inputs, toJax(dropout), toJax(targets), toJax(known));
  const gradients: Weights = {};
  for (const [name, array] of Object.entries(back as Arrays)) {
    gradients[name] = (await fromJax(array)) as Weight;
  }
  const dFeatures = gradients.features!.data;
  delete gradients.features;
  return { loss: (await loss.data())[0] as number, gradients, dFeatures };
}
