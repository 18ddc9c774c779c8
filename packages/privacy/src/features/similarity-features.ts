import {
  type Arena,
  checkType,
  domainError,
  type Matrix,
  matrix,
  Rng,
  shapeError,
  wasm,
} from "@daily-kernel/compute";
import type { FeatureMap } from "@daily-kernel/kernels";
import * as kernels from "../kernels.generated.ts";
import { checkWhole } from "../range.ts";
import { loadProjection } from "./project.ts";

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

/** Rows mapped at a time: few enough that their angles are still in cache when they are used. */
export const BLOCK = 48;

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

const names = ["gaussian", "exponential", "laplacian", "cauchy", "student", "student-l1"];

export function featureState(fn: string, options: FeatureOptions): FeatureState {
  const { kernel, sigma, features = 512, kind = "pair", projectTo, seed = 0 } = options;
  const dimension = checkWhole(fn, "dimension", options.dimension, 1, 1e6);
  checkType(names.includes(kernel), fn, "kernel", `one of ${names.join(", ")}`, kernel);
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
    const { heap } = wasm(kernels);
    const out = matrix(x.rows, this.features);
    return heap.scope((arena) => {
      const mapBlock = this.load(arena, Math.min(BLOCK, x.rows));
      for (let from = 0; from < x.rows; from += BLOCK) {
        const to = Math.min(x.rows, from + BLOCK);
        const address = mapBlock(x.data.subarray(from * x.cols, to * x.cols));
        const made = heap.f64(address, (to - from) * this.features);
        out.data.set(made, from * this.features);
      }
      return out;
    });
  }

  /**
   * Puts the map into the heap, for as long as the arena lives: a function of at most `most` rows of
   * records, which gives the address of their features, overwritten by the next call.
   */
  load(arena: Arena, most: number): (records: Float64Array) => number {
    const { exports, heap } = wasm(kernels);
    const { kind, features } = this;
    const first = this.#projection && loadProjection(arena, this.#projection, most);
    const second = loadProjection(arena, this.#frequencies, most);
    const count = this.#frequencies.rows;
    const phases = arena.f64(this.#phases);
    const block = arena.f64(most * this.dimension);
    const out = arena.f64(most * features);
    const table = arena.f64(12);
    exports.putSineTable!(table);
    return (records) => {
      heap.f64(block, records.length).set(records);
      const rows = records.length / this.dimension;
      const angles = second(first ? first(block, rows) : block, rows);
      for (let i = 0; i < rows; i++) {
        const [from, to] = [angles + 8 * i * count, out + 8 * i * features];
        if (kind === "pair") exports.pairFeatures!(from, 1, count, to, table);
        else exports.phaseFeatures!(from, phases, Math.SQRT2, count, to, table);
      }
      return out;
    };
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
