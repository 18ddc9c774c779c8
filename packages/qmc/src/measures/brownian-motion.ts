import type { Sequence } from "../sequences/sequence.ts";
import { type BrownianMotionOptions, BrownianPath, checkPathDimension } from "./brownian-path.ts";
import { realSpace } from "./parameters.ts";
import { type Moments, TrueMeasure } from "./true-measure.ts";

/**
 * Brownian motion with drift at d times: initialValue + drift t + sqrt(diffusion) W(t). PCA costs
 * 2 d operations a coordinate, Cholesky and a bridge a few.
 */
export class BrownianMotion extends TrueMeasure {
  readonly range: Float64Array;
  readonly #options: BrownianMotionOptions;
  readonly #path: BrownianPath;

  constructor(sampler: Sequence | TrueMeasure, options: BrownianMotionOptions = {}) {
    super(sampler);
    this.#path = new BrownianPath("BrownianMotion", this.dimension, options);
    this.#options = { ...options };
    this.range = realSpace(this.dimension);
  }

  /** The times of the coordinates. */
  get times(): Float64Array {
    return this.#path.times.slice();
  }

  /** The times in the order in which a bridge is built; as `times` without a bridge. */
  get constructionTimes(): Float64Array {
    return this.#path.constructionTimes.slice();
  }

  protected map(u: Float64Array, n: number, out: Float64Array): void {
    this.#path.transform(u, n, out);
  }

  protected density(x: Float64Array, n: number, out: Float64Array): void {
    this.#path.logDensity(x, n, out);
    for (let i = 0; i < n; i++) out[i] = Math.exp(out[i]!);
  }

  protected override moments(): Moments {
    const { mean, times } = this.#path;
    const { diffusion = 1 } = this.#options;
    const variance = times.map((t) => diffusion * t);
    return { mean, variance, covariance: () => this.#path.covariance() };
  }

  /** Another dimension takes other times up to T, so that none must have been given. */
  protected over(sampler: Sequence | TrueMeasure): BrownianMotion {
    checkPathDimension("BrownianMotion", this.#options, this.dimension, sampler.dimension);
    return new BrownianMotion(sampler, this.#options);
  }
}
