import { checkNumbers, domainError, type Matrix, shapeError } from "@daily-kernel/compute";
import type { FeatureMap } from "../feature-map.ts";
import { checkPoints } from "../standard/check-points.ts";

/**
 * A pair of maps that takes a layer apart: `map` for inputs, `neurons` for weights and biases, so that
 * the inner product of the two stands for f(w.x + b).
 */
export interface NeuronFeatures extends FeatureMap {
  /** One row of `features` numbers a neuron, for weights w (out x d) and biases b (out; default 0). */
  neurons(w: Matrix, b?: ArrayLike<number>): Matrix;
}

/** Checks weights and biases; the biases as an array. */
export function checkNeurons(
  fn: string,
  w: Matrix,
  b: ArrayLike<number> | undefined,
  dimension: number,
): Float64Array {
  checkPoints(fn, "w", w, dimension);
  if (b === undefined) return new Float64Array(w.rows);
  checkNumbers(fn, "b", b);
  if (b.length !== w.rows) {
    throw shapeError(`${fn}: b must hold one number a neuron, ${w.rows}, got ${b.length}`);
  }
  const biases = Float64Array.from(b);
  const bad = biases.findIndex((v) => !Number.isFinite(v));
  if (bad >= 0) throw domainError(`${fn}: b must be finite, got ${biases[bad]} at index ${bad}`);
  return biases;
}

/** Throws if there is a bias that is not 0, for features that cannot shift their argument. */
export function refuseBias(fn: string, w: Matrix, b: ArrayLike<number> | undefined): void {
  const bad = checkNeurons(fn, w, b, w.cols).findIndex((v) => v !== 0);
  if (bad >= 0) {
    throw domainError(
      `${fn}: b must be 0, got ${b?.[bad]} at index ${bad}; these features have no bias: append a 1 to the inputs and the bias to the weights`,
    );
  }
}
