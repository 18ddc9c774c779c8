import {
  checkNumbers,
  checkObject,
  domainError,
  type Matrix,
  matrix,
  Rng,
} from "@daily-kernel/compute";
import { checkCount, checkPoints } from "../standard/check-points.ts";
import { type NeuronFeatures, refuseBias } from "./neuron-features.ts";

export interface MaclaurinFeaturesOptions {
  /** a_0, a_1 ... of f(z) = sum_k a_k z^k; those of degree k may be 0. */
  coefficients: ArrayLike<number>;
  /** Length d of an input. */
  dimension: number;
  /** Length m of a feature vector. */
  features: number;
  /** Default 0. */
  seed?: number | bigint | undefined;
}

/**
 * Random Maclaurin features (Kar and Karnick 2012): an unbiased estimate of f(w.x) for a polynomial f,
 * whose coefficients may have either sign. Each feature is a product of k projections on random signs,
 * k drawn in proportion to 2^-k among the degrees that f has.
 */
export class MaclaurinFeatures implements NeuronFeatures {
  readonly dimension: number;
  readonly features: number;
  /** Of each feature, the signs: k rows of d. */
  readonly #signs: Float64Array[];
  /** a_k over the probability of degree k. */
  readonly #factors: Float64Array;

  constructor(options: MaclaurinFeaturesOptions) {
    const fn = "MaclaurinFeatures";
    checkObject(fn, "options", options);
    const { coefficients, dimension, features, seed = 0 } = options;
    checkNumbers(fn, "coefficients", coefficients);
    checkCount(fn, "dimension", dimension, 1);
    checkCount(fn, "features", features, 1);
    const weights = Array.from(coefficients, (a, k) => {
      if (!Number.isFinite(a)) {
        throw domainError(`${fn}: coefficients must be finite, got ${a} at index ${k}`);
      }
      return a === 0 ? 0 : 2 ** -k;
    });
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (total === 0) throw domainError(`${fn}: coefficients must not all be 0`);
    this.dimension = dimension;
    this.features = features;
    const rng = new Rng(seed);
    this.#factors = new Float64Array(features);
    this.#signs = Array.from({ length: features }, (_, j) => {
      let left = rng.uniform() * total;
      let k = weights.findIndex((weight) => {
        left -= weight;
        return weight > 0 && left < 0;
      });
      if (k < 0) k = weights.findLastIndex((weight) => weight > 0);
      this.#factors[j] = (coefficients[k]! * total) / (weights[k]! * features);
      return Float64Array.from({ length: k * dimension }, () => (rng.uint32() % 2 ? 1 : -1));
    });
  }

  map(x: Matrix): Matrix {
    checkPoints("MaclaurinFeatures.map", "x", x, this.dimension);
    return this.#products(x);
  }

  neurons(w: Matrix, b?: ArrayLike<number>): Matrix {
    checkPoints("MaclaurinFeatures.neurons", "w", w, this.dimension);
    refuseBias("MaclaurinFeatures.neurons", w, b);
    const out = this.#products(w);
    for (let k = 0; k < out.data.length; k++) out.data[k]! *= this.#factors[k % this.features]!;
    return out;
  }

  #products({ data, rows }: Matrix): Matrix {
    const d = this.dimension;
    const out = matrix(rows, this.features);
    for (let i = 0; i < rows; i++) {
      for (const [j, signs] of this.#signs.entries()) {
        let product = 1;
        for (let from = 0; from < signs.length; from += d) {
          let dot = 0;
          for (let k = 0; k < d; k++) dot += signs[from + k]! * data[i * d + k]!;
          product *= dot;
        }
        out.data[i * this.features + j] = product;
      }
    }
    return out;
  }
}
