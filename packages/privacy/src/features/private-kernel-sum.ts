import { checkObject, checkRunOptions, type Matrix, matrix } from "@daily-kernel/compute";
import type { Estimate } from "../estimate.ts";
import { Mechanism, type Privacy, type PrivacyOptions, type RunOptions } from "../mechanism.ts";
import { checkQuery, checkRecords } from "../range.ts";
import { FEATURE_GRID, featureSensitivity, sumFeatures } from "./feature-sums.ts";
import {
  type FeatureOptions,
  type FeatureState,
  featureState,
  SimilarityFeatures,
} from "./similarity-features.ts";

export type KernelSumOptions = FeatureOptions & PrivacyOptions;

export interface KernelSumState {
  kind: "kernel-sum";
  version: 1;
  privacy: Privacy;
  map: FeatureState;
  /** Noisy sum of features, in units of 1. */
  sum: number[];
  /** Of the noise of each. */
  variance: number;
}

/** What was published: sums of k(x, y) over the private records for any y. */
export class KernelSumRelease {
  readonly privacy: Privacy;
  readonly dimension: number;
  readonly #state: KernelSumState;
  readonly #map: SimilarityFeatures;
  readonly #sum: Float64Array;

  constructor(state: KernelSumState, map = new SimilarityFeatures(state.map)) {
    this.privacy = state.privacy;
    this.dimension = state.map.dimension;
    this.#state = state;
    this.#map = map;
    this.#sum = Float64Array.from(state.sum);
  }

  /**
   * The sum of k(x, y), O(d features), or O(d projectTo + projectTo features). `relativeStd` bounds the
   * random features' own error in units of the number of records: 1 / sqrt(features).
   * @throws TypeError `ERR_TYPE`, RangeError `ERR_SHAPE` or `ERR_DOMAIN` for a y that is not `dimension`
   *   finite numbers.
   */
  query(y: ArrayLike<number>): Estimate {
    checkQuery("query", y, this.dimension);
    const phi = this.#map.map(matrix(1, y.length, Float64Array.from(y))).data;
    let dot = 0;
    let square = 0;
    for (let k = 0; k < phi.length; k++) {
      dot += phi[k]! * this.#sum[k]!;
      square += phi[k]! * phi[k]!;
    }
    return {
      value: this.#map.scale * dot,
      noiseStd: this.#map.scale * Math.sqrt(square * this.#state.variance),
      multiplicative: 1,
      relativeStd: 1 / Math.sqrt(this.#map.features),
    };
  }

  /** Plain data for `JSON.stringify`; `readRelease` makes a release of it again. */
  toJSON(): KernelSumState {
    return this.#state;
  }
}

/**
 * Private sums of kernel values: a noisy sum of random features. With `projectTo`, features of a random
 * projection, so that the cost of a query no longer multiplies d by the number of features.
 */
export class PrivateKernelSum {
  readonly dimension: number;
  readonly #map: FeatureState;
  readonly #features: SimilarityFeatures;
  readonly #mechanism: Mechanism;

  constructor(options: KernelSumOptions) {
    const fn = "PrivateKernelSum";
    checkObject(fn, "options", options);
    this.#map = featureState(fn, options);
    this.dimension = this.#map.dimension;
    const sensitivity = featureSensitivity(this.#map, options.adjacency);
    this.#mechanism = new Mechanism(fn, options, [{ what: "features", sensitivity, share: 1 }]);
    this.#features = new SimilarityFeatures(this.#map);
  }

  /** Largest l1 change of the sum of features between neighbours. */
  sensitivity(): number {
    return this.#mechanism.parts[0]!.sensitivity / FEATURE_GRID;
  }

  /** Scale of the Laplace noise of each feature. */
  noiseScale(): number {
    return this.#mechanism.scale(0) / FEATURE_GRID;
  }

  /**
   * Publishes, O(n d features).
   * @param x - n x d private records.
   * @throws TypeError `ERR_TYPE`, RangeError `ERR_SHAPE` for another x, `ERR_DOMAIN` for NaN, infinity or a
   *   budget that does not suffice.
   */
  async fit(x: Matrix, options: RunOptions = {}): Promise<KernelSumRelease> {
    const fn = "PrivateKernelSum.fit";
    checkRunOptions(fn, options);
    checkRecords(fn, x, this.dimension);
    this.#mechanism.charge();
    const sums = await sumFeatures(fn, x, this.#features, () => 0, 1, options);
    await this.#mechanism.addNoise([{ part: 0, values: sums[0]! }], options);
    return new KernelSumRelease(
      {
        kind: "kernel-sum",
        version: 1,
        privacy: this.#mechanism.privacy(),
        map: this.#map,
        sum: Array.from(sums[0]!, (value) => value / FEATURE_GRID),
        variance: this.#mechanism.variance(0) / FEATURE_GRID ** 2,
      },
      this.#features,
    );
  }
}
