import {
  checkObject,
  checkRunOptions,
  type Matrix,
  matmul,
  matrix,
  Rng,
} from "@daily-kernel/compute";
import type { Estimate } from "../estimate.ts";
import type { Privacy, RunOptions } from "../mechanism.ts";
import { boxOf, checkQuery, checkRecords, checkWhole, placeIn } from "../range.ts";
import type { DistanceRelease, DistanceState, Estimator } from "./distance-release.ts";
import { PrivateL1, type TreeOptions } from "./private-lp.ts";

export interface L2Options extends TreeOptions {
  /** Gaussian projections k: the relative error of a distance is sqrt((pi/2 - 1) / k). Default 16. */
  projections?: number | undefined;
  /** Of the projections, which are public. Default 0. */
  seed?: number | bigint | undefined;
  /** As of `PrivateL1`. Default `"offsets"`. */
  estimator?: Estimator | undefined;
}

/** How the records were projected: public, and independent of them. */
export interface Projection {
  projections: number;
  seed: string;
  lower: number[];
  width: number[];
}

export interface L2State {
  kind: "l2";
  version: 1;
  projection: Projection;
  trees: DistanceState;
}

/** Standard deviations at which projected coordinates are clamped. */
const CLAMP = 4;

/** Standard normal projections of centred points: n x k for x of n x d. */
class Projector {
  readonly dimension: number;
  readonly #g: Matrix;
  readonly #projection: Projection;

  constructor(projection: Projection) {
    this.dimension = projection.lower.length;
    this.#projection = projection;
    const { projections } = projection;
    const g = new Float64Array(projections * this.dimension);
    this.#g = matrix(projections, this.dimension, new Rng(BigInt(projection.seed)).fillNormal(g));
  }

  map(x: Matrix): Matrix {
    const { lower, width } = this.#projection;
    const centred = matrix(x.rows, x.cols, x.data.slice());
    for (let at = 0; at < centred.data.length; at++) {
      const j = at % x.cols;
      centred.data[at]! -= lower[j]! + width[j]! / 2;
    }
    return matmul(centred, this.#g, { transposeB: true });
  }
}

/** What was published: sums of l2 distances for any y in the public range. */
export class L2Release {
  readonly privacy: Privacy;
  readonly dimension: number;
  readonly #projection: Projection;
  readonly #projector: Projector;
  readonly #trees: DistanceRelease;

  constructor(projection: Projection, trees: DistanceRelease) {
    this.privacy = { ...trees.privacy };
    this.dimension = projection.lower.length;
    this.#projection = projection;
    this.#projector = new Projector(projection);
    this.#trees = trees;
  }

  /**
   * The sum of ||x - y||_2: (1/k) sqrt(pi/2) times the sum of the projections' l1 distances.
   * @throws as `DistanceRelease.query`.
   */
  query(y: ArrayLike<number>): Estimate {
    checkQuery("query", y, this.dimension);
    const { projections: k, lower, width } = this.#projection;
    const box = { lower: Float64Array.from(lower), width: Float64Array.from(width) };
    for (let j = 0; j < this.dimension; j++) placeIn("query", "y", box, j, y[j]!, "throw");
    const { data } = this.#projector.map(matrix(1, y.length, Float64Array.from(y)));
    const { value, noiseStd, multiplicative } = this.#trees.sum(data, "clamp");
    const factor = Math.sqrt(Math.PI / 2) / k;
    const relativeStd = Math.sqrt((Math.PI / 2 - 1) / k);
    return { value: factor * value, noiseStd: factor * noiseStd, multiplicative, relativeStd };
  }

  /** Plain data for `JSON.stringify`; `readRelease` makes a release of it again. */
  toJSON(): L2State {
    const trees = this.#trees.toJSON();
    return { kind: "l2", version: 1, projection: this.#projection, trees };
  }
}

/**
 * Private sums of l2 distances: k public Gaussian projections whose l1 distances `PrivateL1` keeps, clamped
 * at 4 standard deviations of the farthest corner.
 */
export class PrivateL2 {
  readonly dimension: number;
  readonly #projection: Projection;
  readonly #trees: PrivateL1;
  readonly #outside: TreeOptions["outside"];

  constructor(options: L2Options) {
    const fn = "PrivateL2";
    checkObject(fn, "options", options);
    const { dimension, projections = 16, seed = 0, estimator = "offsets", outside } = options;
    this.dimension = checkWhole(fn, "dimension", dimension, 1, 1e6);
    checkWhole(fn, "projections", projections, 1, 1e5);
    const { lower, width } = boxOf(fn, options.range, dimension);
    const reach = (CLAMP * Math.hypot(...width)) / 2;
    this.#projection = {
      projections,
      seed: String(seed),
      lower: Array.from(lower),
      width: Array.from(width),
    };
    this.#outside = outside;
    this.#trees = new PrivateL1({
      ...options,
      dimension: projections,
      range: [-reach, reach],
      estimator,
      outside: "clamp",
    });
  }

  /** Largest l1 change of the published counts between neighbours. */
  sensitivity(): number {
    return this.#trees.sensitivity();
  }

  /** Scale b of the Laplace noise of every count. */
  noiseScale(): number {
    return this.#trees.noiseScale();
  }

  /** Publishes; arguments and errors as `PrivateL1.fit`. O(n d k) for the projection. */
  async fit(x: Matrix, options: RunOptions = {}): Promise<L2Release> {
    const fn = "PrivateL2.fit";
    checkRunOptions(fn, options);
    checkRecords(fn, x, this.dimension);
    const { lower, width } = this.#projection;
    const box = { lower: Float64Array.from(lower), width: Float64Array.from(width) };
    const inside = matrix(x.rows, x.cols);
    for (let at = 0; at < x.data.length; at++) {
      const j = at % x.cols;
      const place = placeIn(fn, "x", box, j, x.data[at]!, this.#outside ?? "throw");
      inside.data[at] = lower[j]! + place * width[j]!;
    }
    const trees = await this.#trees.fit(new Projector(this.#projection).map(inside), options);
    return new L2Release(this.#projection, trees);
  }
}
