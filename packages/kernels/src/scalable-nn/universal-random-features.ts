import {
  checkObject,
  checkType,
  domainError,
  type Matrix,
  matmul,
  matrix,
  numericError,
  Rng,
  unsupportedError,
} from "@daily-kernel/compute";
import { squaredNorms } from "../dot-product/dot-product-kernel.ts";
import { mapRows } from "../feature-maps/map-rows.ts";
import { projections } from "../feature-maps/projections.ts";
import { checkCount, checkPoints, checkPositive } from "../standard/check-points.ts";
import { type Activation, type ActivationName, activationOf } from "./activations.ts";
import { estimateVariance } from "./estimate-variance.ts";
import { checkNeurons, type NeuronFeatures } from "./neuron-features.ts";

export interface UniversalRandomFeaturesOptions {
  /** A name, or one of your own. */
  activation: ActivationName | Activation;
  /** Length d of an input. */
  dimension: number;
  /** Length of a feature vector, an even number: half as many draws of a projection and a frequency. */
  features: number;
  /** M > -1/8 of exp(-M |g|^2) in the features; 0 gives plain ones. Default 0. */
  tilt?: number | undefined;
  /** Inputs are divided and weights multiplied by this; best near the root of |x| over |w|. Default 1. */
  balance?: number | undefined;
  /** Projections in orthogonal blocks: a smaller error for the same work. Default false. */
  orthogonal?: boolean | undefined;
  /** Default 0. */
  seed?: number | bigint | undefined;
}

/** The largest exponent of a feature. */
const LARGEST = 700;

/**
 * Universal random features: an unbiased estimate of f(w.x + b) as an inner product, for f with an
 * integrable Fourier transform (Sehanobish et al. 2024, section 3). exp(i k w.x) is E L(i k x) L(w) with
 * L(z) = (1 + 4M)^(d/4) exp(-M |g|^2 + sqrt(1 + 4M) g.z - z.z / 2) over normal g, for a random frequency
 * k of f. The real part of each draw gives two real features. The variance grows like exp(|x|^2 + |w|^2):
 * scale inputs and weights to norms of about 1.
 */
export class UniversalRandomFeatures implements NeuronFeatures {
  readonly activation: Activation;
  readonly dimension: number;
  readonly features: number;
  readonly tilt: number;
  readonly balance: number;
  readonly #g: Matrix;
  /** -M |g|^2 + d/4 log(1 + 4M) - log(draws) / 2, one a draw. */
  readonly #offsets: Float64Array;
  readonly #k: Float64Array;
  /** The angles' directions, sqrt(1 + 4M) k g / t, in turns. */
  readonly #turns: Matrix;
  /** k^2 / (2 t^2), by which a draw's log grows with |x|^2. */
  readonly #growth: Float64Array;
  readonly #re: Float64Array;
  readonly #im: Float64Array;

  constructor(options: UniversalRandomFeaturesOptions) {
    const fn = "UniversalRandomFeatures";
    checkObject(fn, "options", options);
    const { dimension, features, tilt = 0, balance = 1, orthogonal = false, seed = 0 } = options;
    this.activation = activationOf(fn, options.activation);
    checkCount(fn, "dimension", dimension, 1);
    checkCount(fn, "features", features, 2);
    if (features % 2 === 1) throw domainError(`${fn}: features must be even, got ${features}`);
    checkType(typeof tilt === "number", fn, "tilt", "a number", tilt);
    if (!(tilt > -1 / 8 && tilt < Number.POSITIVE_INFINITY)) {
      throw domainError(`${fn}: tilt must be above -1/8 and finite, got ${tilt}`);
    }
    checkPositive(fn, "balance", balance);
    checkType(typeof orthogonal === "boolean", fn, "orthogonal", "a boolean", orthogonal);
    this.dimension = dimension;
    this.features = features;
    this.tilt = tilt;
    this.balance = balance;
    const draws = features / 2;
    const rng = new Rng(seed);
    this.#g = projections(rng, draws, dimension, orthogonal);
    const constant = (dimension / 4) * Math.log1p(4 * tilt) - Math.log(draws) / 2;
    this.#offsets = squaredNorms(this.#g).map((square) => constant - tilt * square);
    const harmonics = Array.from({ length: draws }, () => this.activation.draw(rng));
    this.#k = Float64Array.from(harmonics, ({ k }) => k);
    this.#re = Float64Array.from(harmonics, ({ re }) => re);
    this.#im = Float64Array.from(harmonics, ({ im }) => im);
    const slope = Math.sqrt(1 + 4 * tilt) / balance / (2 * Math.PI);
    const turns = this.#g.data.map((v, at) => slope * this.#k[Math.floor(at / dimension)]! * v);
    this.#turns = matrix(draws, dimension, turns);
    this.#growth = this.#k.map((k) => (k * k) / (2 * balance * balance));
  }

  /** g, one row a draw: features / 2 x d; a copy. */
  get projections(): Matrix {
    const { data, rows, cols } = this.#g;
    return matrix(rows, cols, data.slice());
  }

  /** k, one a draw; a copy. */
  get frequencies(): Float64Array {
    return this.#k.slice();
  }

  /** The log of the part of a feature that neither input nor weights change, one a draw; a copy. */
  get offsets(): Float64Array {
    return this.#offsets.slice();
  }

  /**
   * Re and -Im of L(i k x) for every draw: n x features for x of n x d. `ERR_NUMERIC` if a feature
   * overflows: the inputs are too long.
   */
  map(x: Matrix): Matrix {
    checkPoints("UniversalRandomFeatures.map", "x", x, this.dimension);
    const norms = squaredNorms(x);
    const draws = this.features / 2;
    const constants = [this.#offsets, this.#growth];
    return mapRows(x, this.#turns, this.features, constants, ([offsets, growth]) => {
      return (exports, angles, out, table, i) => {
        const args = [angles, offsets!, growth!, norms[i]!, draws, out, table];
        const log = exports.universalFeatures!(...args);
        if (log > LARGEST) throw tooLong("map", "x", log, i);
      };
    });
  }

  /** Re and Im of c exp(i k b) L(w) for every draw: out x features for w of out x d. */
  neurons(w: Matrix, b?: ArrayLike<number>): Matrix {
    const fn = "UniversalRandomFeatures.neurons";
    const biases = checkNeurons(fn, w, b, this.dimension);
    const { tilt, balance } = this;
    const slope = Math.sqrt(1 + 4 * tilt) * balance;
    const norms = squaredNorms(w).map((square) => (square * balance * balance) / 2);
    const { data, rows, cols } = matmul(w, this.#g, { transposeB: true });
    const out = matrix(rows, this.features);
    for (let i = 0, at = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++, at++) {
        const log = this.#offsets[j]! + slope * data[at]! - norms[i]!;
        if (log > LARGEST) throw tooLong("neurons", "w", log, i);
        const size = Math.exp(log);
        const angle = this.#k[j]! * biases[i]!;
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        const [re, im] = [this.#re[j]!, this.#im[j]!];
        out.data[2 * at] = size * (re * cos - im * sin);
        out.data[2 * at + 1] = size * (re * sin + im * cos);
      }
    }
    return out;
  }

  /**
   * The variance of the estimate of f(w.x + b) for one input and one neuron, with independent
   * projections; infinite where the second moment is. In closed form.
   *
   * @throws Error `ERR_UNSUPPORTED` for an activation without `moments`.
   */
  variance(x: ArrayLike<number>, w: ArrayLike<number>, b = 0): number {
    const fn = "UniversalRandomFeatures.variance";
    const { moments } = this.activation;
    if (moments === undefined) {
      throw unsupportedError(`${fn}: the activation ${this.activation.name} has no moments`);
    }
    const input = matrix(1, x.length, Float64Array.from(x));
    const weights = matrix(1, w.length, Float64Array.from(w));
    checkPoints(fn, "x", input, this.dimension);
    checkNeurons(fn, weights, [b], this.dimension);
    return estimateVariance({ ...this, moments }, input.data, weights.data, b);
  }
}

const tooLong = (method: string, name: string, log: number, row: number) =>
  numericError(
    `UniversalRandomFeatures.${method}: row ${row} of ${name} is too long, a feature of e^${log.toFixed(0)} overflows; scale ${name} down`,
  );
