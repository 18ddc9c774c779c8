import { type Matrix, matrix } from "@daily-kernel/compute";
import { knownOptions } from "../check-options.ts";
import type { Sequence } from "../sequences/sequence.ts";
import {
  type BrownianMotionOptions,
  BrownianPath,
  brownianKeys,
  checkPathDimension,
} from "./brownian-path.ts";
import { box, one, positive } from "./parameters.ts";
import { type Moments, TrueMeasure } from "./true-measure.ts";

/**
 * Geometric Brownian motion at d times: S_0 exp((drift - diffusion / 2) t + sqrt(diffusion) W(t)), with
 * S_0 = `initialValue` > 0, 1 by default. Its moments are those of the process, not of its logarithm.
 */
export class GeometricBrownianMotion extends TrueMeasure {
  readonly range: Float64Array;
  readonly #options: BrownianMotionOptions;
  readonly #drift: number;
  readonly #diffusion: number;
  readonly #start: number;
  /** log(S / S_0). */
  readonly #log: BrownianPath;

  constructor(sampler: Sequence | TrueMeasure, options: BrownianMotionOptions = {}) {
    super(sampler);
    const where = "GeometricBrownianMotion";
    const {
      initialValue = 1,
      drift = 0,
      diffusion = 1,
      ...rest
    } = knownOptions(where, options, brownianKeys);
    this.#start = one(where, "initialValue", initialValue, positive, "finite and > 0");
    this.#drift = one(where, "drift", drift);
    this.#diffusion = one(where, "diffusion", diffusion, positive, "finite and > 0");
    const logDrift = drift - diffusion / 2;
    this.#log = new BrownianPath(where, this.dimension, { ...rest, drift: logDrift, diffusion });
    this.#options = { ...options };
    this.range = box(0, Number.POSITIVE_INFINITY, this.dimension);
  }

  /** The times of the coordinates. */
  get times(): Float64Array {
    return this.#log.times.slice();
  }

  /** The times in the order in which a bridge is built; as `times` without a bridge. */
  get constructionTimes(): Float64Array {
    return this.#log.constructionTimes.slice();
  }

  protected map(u: Float64Array, n: number, out: Float64Array): void {
    this.#log.transform(u, n, out);
    for (let k = 0; k < out.length; k++) out[k] = this.#start * Math.exp(out[k]!);
  }

  protected density(x: Float64Array, n: number, out: Float64Array): void {
    const d = this.dimension;
    const logs = x.map((s) => (s > 0 ? Math.log(s / this.#start) : 0));
    this.#log.logDensity(logs, n, out);
    for (let i = 0; i < n; i++) {
      let jacobian = 0;
      for (let j = 0; j < d; j++) jacobian += Math.log(Math.max(0, x[i * d + j]!));
      out[i] = jacobian > Number.NEGATIVE_INFINITY ? Math.exp(out[i]! - jacobian) : 0;
    }
  }

  protected override moments(): Moments {
    const { times } = this.#log;
    const mean = times.map((t) => this.#start * Math.exp(this.#drift * t));
    const variance = mean.map((m, j) => m * m * Math.expm1(this.#diffusion * times[j]!));
    return { mean, variance, covariance: () => this.#covariance(mean) };
  }

  #covariance(mean: Float64Array): Matrix {
    const d = this.dimension;
    const { times } = this.#log;
    const result = matrix(d, d);
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) {
        const shared = Math.min(times[i]!, times[j]!);
        result.data[i * d + j] = mean[i]! * mean[j]! * Math.expm1(this.#diffusion * shared);
      }
    }
    return result;
  }

  /** As for `BrownianMotion`. */
  protected over(sampler: Sequence | TrueMeasure): GeometricBrownianMotion {
    const name = "GeometricBrownianMotion";
    checkPathDimension(name, this.#options, this.dimension, sampler.dimension);
    return new GeometricBrownianMotion(sampler, this.#options);
  }
}
