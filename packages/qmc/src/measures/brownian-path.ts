import { checkType, type Matrix, matrix } from "@daily-kernel/compute";
import { knownOptions } from "../check-options.ts";
import { BrownianBridge } from "./brownian-bridge.ts";
import { equalTimes, givenTimes, ranks, vanDerCorputTimes } from "./brownian-times.ts";
import { type Decomposition, MultivariateNormal } from "./multivariate-normal.ts";
import { type Factor, mapNormal } from "./normal-map.ts";
import { normalQuantiles } from "./normal-quantiles.ts";
import { checkSameDimension, one, positive } from "./parameters.ts";

export interface BrownianMotionOptions {
  /** End time T, > 0; 1 by default. */
  tFinal?: number;
  /** Value at time 0; 0 by default. */
  initialValue?: number;
  /** Drift gamma; 0 by default. */
  drift?: number;
  /** Diffusion sigma^2, > 0; 1 by default. */
  diffusion?: number;
  /** How the path is made of normal numbers; "PCA" by default. */
  decomposition?: Decomposition | "BrownianBridge";
  /**
   * d distinct times in (0, T]. By default T/d, 2T/d, ... T, and for a bridge the first d points of
   * van der Corput's sequence, times T, which are the same if d is a power of two.
   */
  times?: ArrayLike<number>;
  /**
   * In which order a bridge is built: by van der Corput's sequence over the sorted times (the
   * default), or as `times` are given.
   */
  bridgeOrder?: "vanDerCorput" | "given";
  /** In which order coordinates come: by rising time (the default) or as `times` are given. */
  outputOrder?: "increasing" | "given";
}

/** The keys of `BrownianMotionOptions`. */
export const brownianKeys: readonly (keyof BrownianMotionOptions)[] = [
  "tFinal",
  "initialValue",
  "drift",
  "diffusion",
  "decomposition",
  "times",
  "bridgeOrder",
  "outputOrder",
];

/** initialValue + drift t + sqrt(diffusion) W(t) at d times. */
export class BrownianPath {
  /** The times of the coordinates. */
  readonly times: Float64Array;
  /** The times in the order in which a bridge is built; as `times` without a bridge. */
  readonly constructionTimes: Float64Array;
  readonly mean: Float64Array;
  readonly #diffusion: number;
  /** The place of each coordinate's time among all. */
  readonly #order: Uint32Array;
  /** Standard Brownian motion by rising time, from normal numbers; else a factor does all. */
  readonly #steps: BrownianBridge | undefined;
  readonly #factor: MultivariateNormal | Factor | undefined;

  constructor(where: string, d: number, options: BrownianMotionOptions) {
    const {
      tFinal = 1,
      initialValue = 0,
      drift = 0,
      diffusion = 1,
    } = knownOptions(where, options, brownianKeys);
    const { decomposition = "PCA", bridgeOrder = "vanDerCorput" } = options;
    const { times: given, outputOrder = "increasing" } = options;
    one(where, "tFinal", tFinal, positive, "finite and > 0");
    one(where, "initialValue", initialValue);
    one(where, "drift", drift);
    this.#diffusion = one(where, "diffusion", diffusion, positive, "finite and > 0");
    checkWord(where, "bridgeOrder", bridgeOrder, "vanDerCorput", "given");
    checkWord(where, "outputOrder", outputOrder, "increasing", "given");
    const isBridge = decomposition === "BrownianBridge";
    const own = given === undefined ? undefined : givenTimes(where, given, tFinal, d);
    const times = own ?? (isBridge ? vanDerCorputTimes(tFinal, d) : equalTimes(tFinal, d));
    const sorted = times.slice().sort();
    this.#order =
      own && outputOrder === "given" ? ranks(own) : Uint32Array.from(sorted, (_, j) => j);
    this.times = Float64Array.from(this.#order, (j) => sorted[j]!);
    this.mean = this.times.map((t) => initialValue + drift * t);
    this.constructionTimes = this.times;
    if (isBridge) {
      this.constructionTimes =
        own && bridgeOrder === "vanDerCorput"
          ? Float64Array.from(ranks(vanDerCorputTimes(1, d)), (rank) => sorted[rank]!)
          : times;
      this.#steps = new BrownianBridge(this.constructionTimes);
    } else if (decomposition === "Cholesky") {
      this.#steps = new BrownianBridge(sorted); // in this order a bridge is a sum of increments
    } else if (decomposition === "PCA" && !own) {
      this.#factor = { a: equalPrincipalComponents(tFinal * diffusion, d) };
    } else {
      const covariance = { matrix: this.covariance() };
      this.#factor = new MultivariateNormal(where, this.mean, covariance, decomposition);
    }
  }

  /** n rows u of the unit cube as paths. */
  transform(u: Float64Array, n: number, out: Float64Array): void {
    const { mean } = this;
    if (this.#factor instanceof MultivariateNormal) this.#factor.transform(u, n, out);
    else if (this.#factor) mapNormal(this.#factor, mean, u, n, out);
    if (!this.#steps) return;
    const d = mean.length;
    const sigma = Math.sqrt(this.#diffusion);
    const z = normalQuantiles(u, new Float64Array(n * d));
    const path = new Float64Array(d);
    for (let i = 0; i < n; i++) {
      this.#steps.path(z, i * d, path);
      for (let j = 0; j < d; j++) out[i * d + j] = mean[j]! + sigma * path[this.#order[j]!]!;
    }
  }

  /** Logarithms of the density at n paths: the increments are independent. */
  logDensity(x: Float64Array, n: number, out: Float64Array): void {
    const { mean, times } = this;
    const d = mean.length;
    const byTime = new Uint32Array(d);
    for (const [j, place] of this.#order.entries()) byTime[place] = j;
    const variances = times.map((_, k) => {
      const before = k === 0 ? 0 : times[byTime[k - 1]!]!;
      return this.#diffusion * (times[byTime[k]!]! - before);
    });
    const constant = variances.reduce((sum, v) => sum - 0.5 * Math.log(2 * Math.PI * v), 0);
    for (let i = 0; i < n; i++) {
      let before = 0;
      let sum = 0;
      for (let k = 0; k < d; k++) {
        const j = byTime[k]!;
        const centred = x[i * d + j]! - mean[j]!;
        const increment = centred - before;
        sum += (increment * increment) / variances[k]!;
        before = centred;
      }
      out[i] = constant - 0.5 * sum;
    }
  }

  /** diffusion min(s, t) of all pairs of times. */
  covariance(): Matrix {
    const { times } = this;
    const d = times.length;
    const result = matrix(d, d);
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) {
        result.data[i * d + j] = this.#diffusion * Math.min(times[i]!, times[j]!);
      }
    }
    return result;
  }
}

/**
 * The principal components of Brownian motion at d equally spaced times up to T, with T times the
 * diffusion: eigenvalues T / (4 d sin^2(w_k / 2)) and eigenvectors sin(i w_k), w_k = (2k-1) pi /
 * (2d+1), i, k = 1..d.
 */
function equalPrincipalComponents(diffusedEnd: number, d: number): Matrix {
  const a = matrix(d, d);
  const norm = Math.sqrt(diffusedEnd / (d * (2 * d + 1)));
  for (let k = 0; k < d; k++) {
    const odd = 2 * k + 1;
    const scale = norm / Math.sin((odd * Math.PI) / (4 * d + 2));
    for (let i = 0; i < d; i++) {
      // the angle is reduced exactly, to less than half a turn
      const steps = ((i + 1) * odd) % (4 * d + 2);
      const half = 2 * d + 1;
      const sine = Math.sin((Math.PI * (steps % half)) / half);
      a.data[i * d + k] = scale * (steps < half ? sine : -sine);
    }
  }
  return a;
}

/**
 * Throws `ERR_SHAPE` unless a copy may have another dimension: times and matrices that were given
 * belong to one.
 */
export function checkPathDimension(
  where: string,
  options: BrownianMotionOptions,
  had: number,
  got: number,
): void {
  const { times, decomposition = "PCA" } = options;
  if (times || typeof decomposition !== "string") checkSameDimension(where, had, got);
}

function checkWord(where: string, name: string, value: string, a: string, b: string): void {
  checkType(value === a || value === b, where, name, `"${a}" or "${b}"`, value);
}
