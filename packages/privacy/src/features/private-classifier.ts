import {
  checkNumbers,
  checkObject,
  checkRunOptions,
  checkType,
  domainError,
  type Matrix,
  matrix,
  shapeError,
} from "@daily-kernel/compute";
import { Mechanism, type Privacy, type PrivacyOptions, type RunOptions } from "../mechanism.ts";
import { checkQuery, checkRecords, checkWhole } from "../range.ts";
import { FEATURE_GRID, featureSensitivity, sumFeatures } from "./feature-sums.ts";
import {
  type FeatureOptions,
  type FeatureState,
  featureState,
  SimilarityFeatures,
} from "./similarity-features.ts";

export interface ClassifierOptions extends FeatureOptions, PrivacyOptions {
  /** Number of classes, >= 2, public. */
  classes: number;
  /** Whether the number of records in each class is public, or counted with a tenth of epsilon. */
  classSizes: "public" | "private";
}

export interface ClassifierState {
  kind: "classifier";
  version: 1;
  privacy: Privacy;
  map: FeatureState;
  /** Noisy sums of features, one row a class. */
  sums: number[][];
  /** Public or noisy numbers of records. */
  sizes: number[];
}

/** What was published: a classifier by the average similarity to each class. */
export class ClassifierRelease {
  readonly privacy: Privacy;
  readonly dimension: number;
  readonly classes: number;
  readonly #state: ClassifierState;
  readonly #map: SimilarityFeatures;
  /** classes x features, divided by the sizes. */
  readonly #means: Float64Array[];

  constructor(state: ClassifierState, map = new SimilarityFeatures(state.map)) {
    this.privacy = state.privacy;
    this.dimension = state.map.dimension;
    this.classes = state.sums.length;
    this.#state = state;
    this.#map = map;
    this.#means = state.sums.map((sum, c) => {
      // A noisy size can be 0 or less; post-processing is free.
      const size = Math.max(1, state.sizes[c]!);
      return Float64Array.from(sum, (value) => (map.scale * value) / size);
    });
  }

  /**
   * The average similarity to each class: n x classes for y of n x d. O(n d features).
   * @throws TypeError `ERR_TYPE`, RangeError `ERR_SHAPE` or `ERR_DOMAIN` for another y.
   */
  scores(y: Matrix): Matrix {
    checkRecords("scores", y, this.dimension);
    for (let i = 0; i < y.rows; i++) {
      checkQuery("scores", y.data.subarray(i * y.cols, (i + 1) * y.cols), y.cols);
    }
    const phi = this.#map.map(y);
    const out = matrix(y.rows, this.classes);
    for (let i = 0; i < y.rows; i++) {
      const row = phi.data.subarray(i * phi.cols, (i + 1) * phi.cols);
      for (const [c, mean] of this.#means.entries()) {
        let dot = 0;
        for (let k = 0; k < mean.length; k++) dot += row[k]! * mean[k]!;
        out.data[i * this.classes + c] = dot;
      }
    }
    return out;
  }

  /** The class of the largest average similarity for each row of y. */
  predict(y: Matrix): Uint32Array {
    const { data, rows, cols } = this.scores(y);
    return Uint32Array.from({ length: rows }, (_, i) => {
      let best = 0;
      for (let c = 1; c < cols; c++) if (data[i * cols + c]! > data[i * cols + best]!) best = c;
      return best;
    });
  }

  /** Plain data for `JSON.stringify`; `readRelease` makes a release of it again. */
  toJSON(): ClassifierState {
    return this.#state;
  }
}

/**
 * Private classification by average similarity: a sum of random features a class. The classes are disjoint,
 * so each gets the whole epsilon (parallel composition); under substitution a record may change its class,
 * which the doubled sensitivity covers.
 */
export class PrivateClassifier {
  readonly dimension: number;
  readonly classes: number;
  readonly #map: FeatureState;
  readonly #features: SimilarityFeatures;
  readonly #mechanism: Mechanism;

  constructor(options: ClassifierOptions) {
    const fn = "PrivateClassifier";
    checkObject(fn, "options", options);
    const { classes, classSizes, adjacency } = options;
    this.classes = checkWhole(fn, "classes", classes, 2, 1e6);
    const known = classSizes === "public" || classSizes === "private";
    checkType(known, fn, "classSizes", '"public" or "private"', classSizes);
    this.#map = featureState(fn, options);
    this.dimension = this.#map.dimension;
    const sensitivity = featureSensitivity(this.#map, adjacency);
    const features = { what: "features", sensitivity, share: classSizes === "public" ? 1 : 0.9 };
    const sizes = { what: "sizes", sensitivity: adjacency === "substitute" ? 2 : 1, share: 0.1 };
    const parts = classSizes === "public" ? [features] : [features, sizes];
    this.#mechanism = new Mechanism(fn, options, parts);
    this.#features = new SimilarityFeatures(this.#map);
  }

  /** Largest l1 change of all classes' sums of features together between neighbours. */
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
   * @param labels - n classes, 0..classes-1.
   * @throws TypeError `ERR_TYPE`, RangeError `ERR_SHAPE` for another x or labels, `ERR_DOMAIN` for NaN, a
   *   label that is no class, a class without records whose size is public, or too small a budget.
   */
  async fit(
    x: Matrix,
    labels: ArrayLike<number>,
    options: RunOptions = {},
  ): Promise<ClassifierRelease> {
    const fn = "PrivateClassifier.fit";
    checkRunOptions(fn, options);
    checkRecords(fn, x, this.dimension);
    const sizes = this.#sizes(fn, x.rows, labels);
    this.#mechanism.charge();
    const group = (row: number) => labels[row]!;
    const sums = await sumFeatures(fn, x, this.#features, group, this.classes, options);
    const pieces = sums.map((values) => ({ part: 0, values }));
    if (this.#mechanism.parts.length > 1) pieces.push({ part: 1, values: sizes });
    await this.#mechanism.addNoise(pieces, options);
    return new ClassifierRelease(
      {
        kind: "classifier",
        version: 1,
        privacy: this.#mechanism.privacy(),
        map: this.#map,
        sums: sums.map((sum) => Array.from(sum, (value) => value / FEATURE_GRID)),
        sizes: Array.from(sizes),
      },
      this.#features,
    );
  }

  #sizes(fn: string, rows: number, labels: unknown): Float64Array {
    checkNumbers(fn, "labels", labels);
    if (labels.length !== rows) {
      throw shapeError(`${fn}: labels must have ${rows} numbers, got ${labels.length}`);
    }
    const sizes = new Float64Array(this.classes);
    for (let i = 0; i < rows; i++) {
      const label = labels[i]!;
      if (!(Number.isInteger(label) && label >= 0 && label < this.classes)) {
        throw domainError(
          `${fn}: labels must be in 0..${this.classes - 1}, got ${label} at index ${i}`,
        );
      }
      sizes[label]!++;
    }
    const empty = sizes.indexOf(0);
    if (empty >= 0 && this.#mechanism.parts.length === 1) {
      throw domainError(`${fn}: every class must have records, got none of class ${empty}`);
    }
    return sizes;
  }
}
