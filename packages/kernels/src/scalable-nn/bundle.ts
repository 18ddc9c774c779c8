import { type Matrix, matmul, shapeError } from "@daily-kernel/compute";
import { compose } from "../feature-maps/compose.ts";
import { KernelLayer } from "./kernel-layer.ts";
import type { NeuronFeatures } from "./neuron-features.ts";

/** A dense layer f(W x + b), with the features that take its f apart. */
export interface DenseLayer {
  /** W, out x in. */
  weights: Matrix;
  bias?: ArrayLike<number> | undefined;
  /**
   * Of inputs for the first layer; of the features of the layer before for every other one, whose
   * number is their dimension.
   */
  features: NeuronFeatures;
}

/**
 * A chain of dense layers as one kernel layer (Sehanobish et al. 2024, section 3.3): the weights of each
 * are multiplied into the features of the one before, W_2 f_1(W_1 x) ~ (W_2 Psi_1) Phi_1(x), and taken apart
 * again. What is left is the chain of the maps, which hold no parameters, and one matrix of out x features
 * of the last.
 *
 * @throws RangeError `ERR_SHAPE` for layers that do not follow each other.
 */
export function bundle(layers: readonly DenseLayer[]): KernelLayer {
  const [first, ...others] = layers;
  if (first === undefined) throw shapeError("bundle: at least one layer is needed, got none");
  let neurons = first.features.neurons(first.weights, first.bias);
  for (const [k, { weights, bias, features }] of others.entries()) {
    if (weights.cols !== neurons.rows) {
      throw shapeError(
        `bundle: weights of layer ${k + 1} must have ${neurons.rows} columns, got ${weights.cols}`,
      );
    }
    neurons = features.neurons(matmul(weights, neurons), bias);
  }
  return new KernelLayer(compose(...layers.map(({ features }) => features)), neurons);
}
