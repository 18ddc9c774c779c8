import { checkType, shapeError, typeError, unsupportedError } from "@daily-kernel/compute";
import { knownOptions } from "../check-options.ts";
import type { Sequence } from "../sequences/sequence.ts";
import { checkMarginals, type Marginal, marginalRange, needed } from "./marginal.ts";
import { productDensity, realSpace } from "./parameters.ts";
import { TrueMeasure } from "./true-measure.ts";

/** A distribution of vectors with a transformation from the unit cube. */
export interface JointDistribution {
  readonly dimension: number;
  /** n rows of the unit cube as n rows of this distribution, n x dimension numbers each. */
  transform(u: Float64Array, n: number): Float64Array;
  /** The density at n rows x: n numbers. */
  pdf?(x: Float64Array, n: number): Float64Array;
  /** Lower and upper bound of every coordinate; all of R^d by default. */
  range?: Float64Array;
}

export type InverseCdfOptions =
  /** One distribution for all coordinates, or one each: they are independent. */
  | { marginals: Marginal | readonly Marginal[] }
  /** One distribution of all coordinates. */
  | { joint: JointDistribution };

/** Any distributions of which the quantile functions are known, or any joint transformation. */
export class InverseCdf extends TrueMeasure {
  readonly range: Float64Array;
  readonly #options: InverseCdfOptions;
  readonly #marginals: readonly Marginal[];

  constructor(sampler: Sequence | TrueMeasure, options: InverseCdfOptions) {
    super(sampler);
    const where = "InverseCdf";
    this.#options = knownOptions(where, options, ["marginals", "joint"]);
    const d = this.dimension;
    if ("joint" in options) {
      checkJoint(where, options.joint, d);
      this.#marginals = [];
      this.range = options.joint.range ?? realSpace(d);
      return;
    }
    if (!("marginals" in options))
      throw typeError(`${where}: options must hold marginals or joint`);
    this.#marginals = checkMarginals(where, options.marginals, d);
    this.range = marginalRange(this.#marginals);
  }

  protected map(u: Float64Array, n: number, out: Float64Array): void {
    if ("joint" in this.#options) {
      const x = this.#options.joint.transform(u, n);
      checkResult("InverseCdf.transform", "joint.transform", x, out.length);
      out.set(x);
      return;
    }
    const d = this.dimension;
    for (const [j, marginal] of this.#marginals.entries()) {
      for (let i = 0; i < n; i++) out[i * d + j] = marginal.quantile(u[i * d + j]!);
    }
  }

  protected density(x: Float64Array, n: number, out: Float64Array): void {
    const where = "InverseCdf";
    if ("joint" in this.#options) {
      const { joint } = this.#options;
      if (!joint.pdf) throw unsupportedError(`${where}.weight: joint has no pdf`);
      const weights = joint.pdf(x, n);
      checkResult(`${where}.weight`, "joint.pdf", weights, n);
      out.set(weights);
      return;
    }
    const pdfs = this.#marginals.map((_, j) => needed(where, this.#marginals, j, "pdf"));
    productDensity(x, this.dimension, out, (y, j) => pdfs[j]!(y));
  }

  /** Another dimension wants one marginal for all coordinates. */
  protected over(sampler: Sequence | TrueMeasure): InverseCdf {
    return new InverseCdf(sampler, this.#options);
  }
}

function checkJoint(where: string, joint: JointDistribution, d: number): void {
  const isJoint = typeof joint?.transform === "function";
  checkType(isJoint, where, "joint", "an object with a transform function", joint);
  if (joint.dimension !== d) {
    throw shapeError(
      `${where}: joint.dimension must be the sampler's, ${d}, got ${joint.dimension}`,
    );
  }
  if (joint.range !== undefined && joint.range.length !== 2 * d) {
    throw shapeError(`${where}: joint.range must hold ${2 * d} numbers, got ${joint.range.length}`);
  }
}

function checkResult(where: string, name: string, value: Float64Array, length: number): void {
  checkType(value instanceof Float64Array, where, `the result of ${name}`, "a Float64Array", value);
  if (value.length !== length) {
    throw shapeError(
      `${where}: the result of ${name} must hold ${length} numbers, got ${value.length}`,
    );
  }
}
