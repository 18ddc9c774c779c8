import {
  checkObject,
  cholesky,
  choleskySolve,
  type Matrix,
  matmul,
  matrix,
  shapeError,
  syrk,
  transpose,
} from "@daily-kernel/compute";
import type { FeatureMap } from "../feature-map.ts";
import { checkMap } from "../feature-maps/check-map.ts";
import { addToDiagonal } from "../regression/parts.ts";
import { checkTargets } from "../regression/targets.ts";
import { checkMatrix, checkPoints, checkPositive } from "../standard/check-points.ts";
import { checkNeurons, type NeuronFeatures } from "./neuron-features.ts";

export interface FitLayerOptions {
  /** lambda > 0, on the weights but not on the bias. Default 1e-6 of the features' mean variance. */
  ridge?: number | undefined;
}

/**
 * A scalable neural network kernel layer: x -> Psi Phi(x) + bias, with a fixed feature map Phi and one row
 * of `features` parameters for each output. Immutable.
 */
export class KernelLayer {
  readonly map: FeatureMap;
  /** Psi, out x features. */
  readonly weights: Matrix;
  /** Added to the outputs. */
  readonly bias: Float64Array;

  /** @throws RangeError `ERR_SHAPE` unless `weights` has a column a feature. */
  constructor(map: FeatureMap, weights: Matrix, bias?: ArrayLike<number>) {
    checkMap("KernelLayer", "map", map);
    checkMatrix("KernelLayer", "weights", weights);
    if (weights.cols !== map.features) {
      throw shapeError(
        `KernelLayer: weights must have a column a feature, ${map.features}, got ${weights.cols}`,
      );
    }
    this.map = map;
    this.bias = checkNeurons("KernelLayer", weights, bias, map.features);
    this.weights = matrix(weights.rows, weights.cols, weights.data.slice());
  }

  /** The layer that stands for f(W x + b), with W of out x d. */
  static fromDense(features: NeuronFeatures, w: Matrix, b?: ArrayLike<number>): KernelLayer {
    checkMap("KernelLayer.fromDense", "features", features);
    return new KernelLayer(features, features.neurons(w, b));
  }

  /**
   * The weights and bias that minimise sum |y - layer(x)|^2 + ridge |Psi|^2 in closed form, for y of
   * n x out or n numbers; O(n m^2).
   */
  static fit(
    map: FeatureMap,
    x: Matrix,
    y: Matrix | ArrayLike<number>,
    options: FitLayerOptions = {},
  ): KernelLayer {
    const fn = "KernelLayer.fit";
    checkMap(fn, "map", map);
    checkPoints(fn, "x", x, map.dimension);
    const targets = checkTargets(fn, y, x.rows);
    if (x.rows === 0) throw shapeError(`${fn}: x must have at least one row, got 0`);
    checkObject(fn, "options", options);
    if (options.ridge !== undefined) checkPositive(fn, "ridge", options.ridge);
    const h = map.map(x);
    const [means, centre] = [centreColumns(h), centreColumns(targets)];
    const inner = syrk(h, { transpose: true });
    let trace = 0;
    for (let k = 0; k < inner.rows; k++) trace += inner.data[k * (inner.rows + 1)]!;
    addToDiagonal(inner, options.ridge ?? Math.max((1e-6 * trace) / inner.rows, 1e-300));
    const theta = choleskySolve(cholesky(inner), matmul(h, targets, { transposeA: true }));
    const weights = transpose(theta);
    const shift = matmul(matrix(1, means.length, means), theta).data;
    return new KernelLayer(
      map,
      weights,
      centre.map((mean, j) => mean - shift[j]!),
    );
  }

  /** Psi Phi(x) + bias: n x out for x of n x d. */
  apply(x: Matrix): Matrix {
    const out = matmul(this.map.map(x), this.weights, { transposeB: true });
    const { data, rows, cols } = out;
    for (let i = 0, at = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++, at++) data[at]! += this.bias[j]!;
    }
    return out;
  }

  /**
   * This layer and a dense one without an activation, W y + b, as one: weights W Psi. The number of
   * parameters is that of the last layer alone, whatever the width in between.
   */
  followedBy(w: Matrix, b?: ArrayLike<number>): KernelLayer {
    const biases = checkNeurons("KernelLayer.followedBy", w, b, this.weights.rows);
    const moved = matmul(w, matrix(this.bias.length, 1, this.bias.slice())).data;
    return new KernelLayer(
      this.map,
      matmul(w, this.weights),
      biases.map((v, j) => v + moved[j]!),
    );
  }
}

/** Subtracts each column's mean, in place, and returns the means. */
function centreColumns({ data, rows, cols }: Matrix): Float64Array {
  const means = new Float64Array(cols);
  for (let k = 0; k < data.length; k++) means[k % cols]! += data[k]! / rows;
  for (let k = 0; k < data.length; k++) data[k]! -= means[k % cols]!;
  return means;
}
