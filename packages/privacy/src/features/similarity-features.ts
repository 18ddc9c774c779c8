import {
  checkType,
  domainError,
  type Matrix,
  matmul,
  matrix,
  Rng,
  shapeError,
} from "@daily-kernel/compute";
import type { FeatureMap } from "@daily-kernel/kernels";
import { checkWhole } from "../range.ts";
import { cosTurns } from "./cosine.ts";

/**
 * exp(-|x-y|^2 / sigma^2), exp(-|x-y| / sigma), exp(-|x-y|_1 / sigma), 1 / (1 + |x-y|^2 / sigma^2),
 * 1 / (1 + |x-y| / sigma), 1 / (1 + |x-y|_1 / sigma).
 */
export type SimilarityKernel =
  | "gaussian"
  | "exponential"
  | "laplacian"
  | "cauchy"
  | "student"
  | "student-l1";

/** Random phases, sqrt 2 cos(w.x + b), or pairs (cos w.x, sin w.x). */
export type FeatureKind = "phase" | "pair";

export interface FeatureOptions {
  /** Numbers in a record, >= 1. */
  dimension: number;
  kernel: SimilarityKernel;
  /** Public bandwidth, > 0. */
  sigma: number;
  /** Length of the feature vector, even for pairs. Default 512. */
  features?: number | undefined;
  /** `"pair"` needs sqrt 2 less noise for the same epsilon. Default `"pair"`. */
  kind?: FeatureKind | undefined;
  /** Project to so many dimensions first (kernels of l2 distances only); public, blind to the data. */
  projectTo?: number | undefined;
  /** Of the random features, which are public. Default 0. */
  seed?: number | bigint | undefined;
}

/** What a release stores of its features. */
export interface FeatureState {
  dimension: number;
  kernel: SimilarityKernel;
  sigma: number;
  features: number;
  kind: FeatureKind;
  projectTo: number | null;
  seed: string;
}

const kernels = ["gaussian", "exponential", "laplacian", "cauchy", "student", "student-l1"];

export function featureState(fn: string, options: FeatureOptions): FeatureState {
  const { kernel, sigma, features = 512, kind = "pair", projectTo, seed = 0 } = options;
  const dimension = checkWhole(fn, "dimension", options.dimension, 1, 1e6);
  checkType(kernels.includes(kernel), fn, "kernel", `one of ${kernels.join(", ")}`, kernel);
  checkType(kind === "pair" || kind === "phase", fn, "kind", '"pair" or "phase"', kind);
  checkType(typeof sigma === "number", fn, "sigma", "a number", sigma);
  if (!(sigma > 0 && sigma < Number.POSITIVE_INFINITY)) {
    throw domainError(`${fn}: sigma must be a finite number > 0, got ${sigma}`);
  }
  checkWhole(fn, "features", features, 1, 1 << 20);
  if (kind === "pair" && features % 2 === 1) {
    throw domainError(`${fn}: features must be even for pairs, got ${features}`);
  }
  if (projectTo !== undefined) {
    checkWhole(fn, "projectTo", projectTo, 1, 1e5);
    if (kernel === "laplacian" || kernel === "student-l1") {
      throw domainError(`${fn}: projectTo keeps l2 distances only, so not the kernel ${kernel}`);
    }
  }
  const type = typeof seed;
  checkType(type === "number" || type === "bigint", fn, "seed", "a number or a bigint", seed);
  return {
    dimension,
    kernel,
    sigma,
    features,
    kind,
    projectTo: projectTo ?? null,
    seed: String(seed),
  };
}

/**
 * Random features whose mean product, `scale` times the inner product, is the kernel in expectation.
 * Frequencies are normal for the Gaussian kernel, multivariate Cauchy (a normal vector over an independent
 * normal) for the exponential, product Cauchy for the Laplacian. Of 1/(1+h) = E exp(-s h), s exponential
 * of mean 1, each frequency gets its own s.
 */
export class SimilarityFeatures implements FeatureMap {
  readonly dimension: number;
  readonly features: number;
  readonly kind: FeatureKind;
  /** The kernel is about this times an inner product of features. */
  readonly scale: number;
  /** In turns a unit of length, as the phases. */
  readonly #frequencies: Matrix;
  readonly #projection: Matrix | undefined;
  readonly #phases: Float64Array;

  constructor(state: FeatureState) {
    const { kind, features, projectTo } = state;
    const rng = new Rng(BigInt(state.seed));
    this.dimension = state.dimension;
    this.features = features;
    this.kind = kind;
    this.scale = kind === "pair" ? 2 / features : 1 / features;
    const d = projectTo ?? state.dimension;
    if (projectTo !== null) {
      const g = rng.spawn("projection").fillNormal(new Float64Array(d * state.dimension));
      for (let at = 0; at < g.length; at++) g[at]! /= Math.sqrt(d);
      this.#projection = matrix(d, state.dimension, g);
    }
    const count = kind === "pair" ? features / 2 : features;
    this.#frequencies = frequencies(state, count, d, rng.spawn("frequencies"));
    this.#phases = new Float64Array(count);
    if (kind === "phase") {
      rng.spawn("phases").fillUniform(this.#phases);
    }
  }

  /** The features of the rows of x: n x features for x of n x dimension. */
  map(x: Matrix): Matrix {
    if (x.cols !== this.dimension) {
      throw shapeError(
        `SimilarityFeatures.map: x must be n x ${this.dimension}, got ${x.rows}x${x.cols}`,
      );
    }
    const points =
      this.#projection === undefined ? x : matmul(x, this.#projection, { transposeB: true });
    const angles = matmul(points, this.#frequencies, { transposeB: true });
    const { data, rows, cols } = angles;
    if (this.kind === "phase") {
      for (let i = 0, at = 0; i < rows; i++) {
        for (let k = 0; k < cols; k++, at++) {
          data[at] = Math.SQRT2 * cosTurns(data[at]! + this.#phases[k]!);
        }
      }
      return angles;
    }
    const out = matrix(rows, 2 * cols);
    for (let at = 0; at < data.length; at++) {
      out.data[2 * at] = cosTurns(data[at]!);
      out.data[2 * at + 1] = cosTurns(data[at]! - 0.25);
    }
    return out;
  }
}

function frequencies({ kernel, sigma }: FeatureState, count: number, d: number, rng: Rng): Matrix {
  const w = matrix(count, d, rng.fillNormal(new Float64Array(count * d)));
  const mixed = kernel === "cauchy" || kernel === "student" || kernel === "student-l1";
  for (let k = 0; k < count; k++) {
    const s = mixed ? rng.exponential() : 1;
    const row = w.data.subarray(k * d, (k + 1) * d);
    if (kernel === "gaussian" || kernel === "cauchy") {
      const spread = Math.sqrt(2 * s) / sigma;
      for (let j = 0; j < d; j++) row[j]! *= spread;
    } else if (kernel === "exponential" || kernel === "student") {
      const spread = s / (sigma * divisor(rng));
      for (let j = 0; j < d; j++) row[j]! *= spread;
    } else {
      for (let j = 0; j < d; j++) row[j]! *= s / (sigma * divisor(rng));
    }
    for (let j = 0; j < d; j++) row[j]! /= 2 * Math.PI;
  }
  return w;
}

/** |normal|, kept off 0, so that a Cauchy frequency is finite. */
const divisor = (rng: Rng): number => Math.max(Math.abs(rng.normal()), 2 ** -60);
