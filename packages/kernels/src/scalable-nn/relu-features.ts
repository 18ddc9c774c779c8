import { checkObject, checkType, type Matrix, matmul, matrix, Rng } from "@daily-kernel/compute";
import { projections } from "../feature-maps/projections.ts";
import { checkCount, checkPoints } from "../standard/check-points.ts";
import { type NeuronFeatures, refuseBias } from "./neuron-features.ts";

export interface ReluFeaturesOptions {
  /** Length d of an input. */
  dimension: number;
  /** Length m of a feature vector. */
  features: number;
  /** Projections in orthogonal blocks. Default false. */
  orthogonal?: boolean | undefined;
  /** Default 0. */
  seed?: number | bigint | undefined;
}

/**
 * relu(G x) / sqrt m, for inputs and weights alike: inner products estimate half the arc-cosine kernel
 * of order 1 of w and x, |x||w| (sin t + (pi - t) cos t) / (2 pi). That is not relu(w.x): the layer made of
 * it is another one. There is no bias: append a 1 to the inputs and the bias to the weights.
 */
export class ReluFeatures implements NeuronFeatures {
  readonly dimension: number;
  readonly features: number;
  readonly #g: Matrix;

  constructor(options: ReluFeaturesOptions) {
    const fn = "ReluFeatures";
    checkObject(fn, "options", options);
    const { dimension, features, orthogonal = false, seed = 0 } = options;
    checkCount(fn, "dimension", dimension, 1);
    checkCount(fn, "features", features, 1);
    checkType(typeof orthogonal === "boolean", fn, "orthogonal", "a boolean", orthogonal);
    this.dimension = dimension;
    this.features = features;
    this.#g = projections(new Rng(seed), features, dimension, orthogonal);
  }

  /** G, features x d; a copy. */
  get projections(): Matrix {
    const { data, rows, cols } = this.#g;
    return matrix(rows, cols, data.slice());
  }

  map(x: Matrix): Matrix {
    checkPoints("ReluFeatures.map", "x", x, this.dimension);
    return this.#rectified(x);
  }

  neurons(w: Matrix, b?: ArrayLike<number>): Matrix {
    checkPoints("ReluFeatures.neurons", "w", w, this.dimension);
    refuseBias("ReluFeatures.neurons", w, b);
    return this.#rectified(w);
  }

  #rectified(x: Matrix): Matrix {
    const { data, rows, cols } = matmul(x, this.#g, { transposeB: true });
    const factor = 1 / Math.sqrt(this.features);
    for (let k = 0; k < data.length; k++) data[k] = Math.max(0, data[k]!) * factor;
    return matrix(rows, cols, data);
  }
}
