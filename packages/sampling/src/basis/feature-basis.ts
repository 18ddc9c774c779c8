import {
  checkType,
  type Matrix,
  matrix,
  numericError,
  type Rng,
  shapeError,
} from "@daily-kernel/compute";
import type { FeatureMap } from "@daily-kernel/kernels";
import { checkBetween, checkCount, checkedNumbers, checkPoints, checkRng } from "../check.ts";
import { dependentColumn, factorQr, invertUpper, signedR } from "../linear/qr.ts";
import { christoffelOf } from "./christoffel.ts";
import type { MeasurableBasis } from "./orthonormal-basis.ts";

export interface FeatureBasisOptions {
  /** Any features: of a kernel, of a network. They must be independent under the measure. */
  readonly features: FeatureMap;
  /** n independent points of the measure mu: n x d. */
  readonly sampleMeasure: (n: number, rng: Rng) => Matrix;
  /** Points (N x d) and weights > 0 that integrate products of features; the sum is brought to 1. */
  readonly quadrature: { readonly points: Matrix; readonly weights: ArrayLike<number> };
  /** An upper bound of k(x), the squared sum of the orthonormal functions. Default: twice its largest value on the rule. */
  readonly bound?: number;
}

/** Points proposed at a time. */
const CHUNK = 64;
/** Proposals a point on average before giving up: the bound is then useless. */
const MOST_TRIALS = 100_000;

/**
 * Any features, orthonormalised by QR on a quadrature rule. Points of the optimal density come by
 * rejection from mu under a bound of k; a point above the bound throws, so it never biases in silence.
 */
export class FeatureBasis implements MeasurableBasis {
  readonly dimension: number;
  readonly features: number;
  readonly bound: number;
  readonly #given: FeatureBasisOptions;
  readonly #inverse: Matrix;
  readonly #rule: { points: Matrix; weights: Float64Array };

  constructor(options: FeatureBasisOptions) {
    const fn = "FeatureBasis";
    checkType(typeof options === "object" && options !== null, fn, "options", "an object", options);
    const { features, sampleMeasure, quadrature, bound } = options;
    checkType(typeof features?.map === "function", fn, "features", "a FeatureMap", features);
    checkType(
      typeof sampleMeasure === "function",
      fn,
      "sampleMeasure",
      "a function",
      sampleMeasure,
    );
    checkPoints(fn, "quadrature.points", quadrature?.points, features.dimension);
    const n = quadrature.points.rows;
    const m = features.features;
    if (n < m) throw shapeError(`${fn}: quadrature must have at least ${m} points, got ${n}`);
    const weights = checkedNumbers(fn, "quadrature.weights", quadrature.weights, n, true);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    this.#given = options;
    this.#rule = { points: quadrature.points, weights: weights.map((weight) => weight / total) };
    this.dimension = features.dimension;
    this.features = m;
    const values = features.map(quadrature.points);
    const scaled = matrix(n, m);
    for (let p = 0; p < scaled.data.length; p++) {
      scaled.data[p] = values.data[p]! * Math.sqrt(this.#rule.weights[Math.floor(p / m)]!);
    }
    const qr = factorQr(scaled);
    const dependent = dependentColumn(qr);
    if (dependent >= 0) {
      throw numericError(
        `${fn}: features must be independent on the rule; feature ${dependent} is a combination of those before it`,
      );
    }
    this.#inverse = invertUpper(signedR(qr));
    if (bound === undefined) {
      this.bound =
        2 * christoffelOf(this.map(quadrature.points)).reduce((a, b) => Math.max(a, b), 0);
    } else {
      checkBetween(fn, "bound", bound, 0);
      this.bound = bound;
    }
  }

  map(x: Matrix): Matrix {
    checkPoints("FeatureBasis.map", "x", x, this.dimension);
    const values = this.#given.features.map(x);
    const m = this.features;
    const out = matrix(x.rows, m);
    for (let i = 0; i < x.rows; i++) {
      for (let l = 0; l < m; l++) {
        const value = values.data[i * m + l]!;
        for (let j = l; j < m; j++) out.data[i * m + j]! += value * this.#inverse.data[l * m + j]!;
      }
    }
    return out;
  }

  sampleMeasure(n: number, rng: Rng): Matrix {
    const fn = "FeatureBasis.sampleMeasure";
    checkCount(fn, "n", n, 0);
    checkRng(fn, rng);
    const points = this.#given.sampleMeasure(n, rng);
    checkPoints(fn, "sampleMeasure(n, rng)", points, this.dimension);
    return points;
  }

  sampleChristoffel(n: number, rng: Rng): Matrix {
    const fn = "FeatureBasis.sampleChristoffel";
    const d = this.dimension;
    checkCount(fn, "n", n, 0);
    const out = matrix(n, d);
    let found = 0;
    for (let trials = 0; found < n; trials += CHUNK) {
      if (trials > MOST_TRIALS * (n + 1)) {
        throw numericError(
          `${fn}: ${found} of ${trials} proposals were accepted; the bound ${this.bound} is too large`,
        );
      }
      const points = this.sampleMeasure(CHUNK, rng);
      const k = christoffelOf(this.map(points));
      for (let i = 0; i < CHUNK; i++) {
        if (k[i]! > this.bound) {
          throw numericError(
            `${fn}: bound must be at least ${k[i]}, the value at a point that came up, got ${this.bound}`,
          );
        }
        if (rng.uniform() * this.bound >= k[i]! || found === n) continue;
        out.data.set(points.data.subarray(i * d, (i + 1) * d), d * found++);
      }
    }
    return out;
  }

  quadrature(): { points: Matrix; weights: Float64Array } {
    const { points, weights } = this.#rule;
    return {
      points: matrix(points.rows, points.cols, points.data.slice()),
      weights: weights.slice(),
    };
  }
}
