import { knownOptions } from "../check-options.ts";
import type { PointSet, PointsOptions, Sequence } from "../sequences/sequence.ts";
import { checkMarginals, type Marginal, marginalRange, needed } from "./marginal.ts";
import { checkSameDimension } from "./parameters.ts";
import { checkUnitRows, TrueMeasure } from "./true-measure.ts";

export interface CopulaOptions {
  /** One marginal for all coordinates, or one each. */
  marginals: Marginal | readonly Marginal[];
}

/** The uniform numbers of a copula stay this far away from 0 and 1. */
const MARGIN = 2 ** -52;

/** `p`, moved away from 0 and 1, where the quantiles of most marginals are infinite. */
const clip = (p: number): number => Math.min(Math.max(p, MARGIN), 1 - MARGIN);

/**
 * A distribution with given marginals and a dependence of its own: independent uniform rows u become
 * dependent ones v, whose coordinates go through the marginals' quantile functions. Both u and v are
 * moved into [2^-52, 1 - 2^-52]. `weight` needs `pdf` and `cdf` of all marginals.
 */
export abstract class Copula extends TrueMeasure {
  readonly range: Float64Array;
  readonly marginals: readonly Marginal[];

  /** `own` are the options that a subclass adds. */
  protected constructor(
    sampler: Sequence | TrueMeasure,
    options: CopulaOptions,
    own: readonly string[],
  ) {
    super(sampler);
    knownOptions(this.label, options, ["marginals", ...own]);
    this.marginals = checkMarginals(this.label, options.marginals, this.dimension);
    this.range = marginalRange(this.marginals);
  }

  /** One row u of independent numbers, clipped already, as dependent ones in `v`. */
  protected abstract depend(u: Float64Array, v: Float64Array): void;

  /** log of the copula's density at one row v of numbers clipped already. */
  protected abstract logCopula(v: Float64Array): number;

  /** The copula over another sampler of the same dimension. */
  protected abstract copy(sampler: Sequence | TrueMeasure): Copula;

  /** n rows of independent uniform numbers as dependent ones, without the marginals: n x d. */
  copulaTransform(u: Float64Array, n: number): Float64Array {
    const d = this.dimension;
    checkUnitRows(`${this.label}.copulaTransform`, u, n, d);
    const clipped = u.map(clip);
    const v = new Float64Array(n * d);
    for (let i = 0; i < n; i++) {
      const [from, to] = [i * d, (i + 1) * d];
      this.depend(clipped.subarray(from, to), v.subarray(from, to));
    }
    for (let k = 0; k < v.length; k++) v[k] = clip(v[k]!);
    return v;
  }

  /** `points` without the marginals: dependent numbers in (0, 1). */
  copulaPoints(options: PointsOptions): PointSet {
    const { out, ...range } = options;
    const set = this.sequence.points(range);
    const rows = set.replications * set.n;
    const below =
      this.sampler instanceof TrueMeasure ? this.sampler.transform(set.data, rows) : set.data;
    const v = this.copulaTransform(below, rows);
    out?.set(v);
    return { ...set, data: out ?? v };
  }

  protected map(u: Float64Array, n: number, out: Float64Array): void {
    const d = this.dimension;
    const v = this.copulaTransform(u, n);
    for (const [j, marginal] of this.marginals.entries()) {
      for (let i = 0; i < n; i++) out[i * d + j] = marginal.quantile(v[i * d + j]!);
    }
  }

  protected density(x: Float64Array, n: number, out: Float64Array): void {
    const d = this.dimension;
    const pdfs = this.marginals.map((_, j) => needed(this.label, this.marginals, j, "pdf"));
    const cdfs = this.marginals.map((_, j) => needed(this.label, this.marginals, j, "cdf"));
    const v = new Float64Array(d);
    for (let i = 0; i < n; i++) {
      let product = 1;
      for (let j = 0; j < d; j++) {
        const at = x[i * d + j]!;
        v[j] = clip(cdfs[j]!(at));
        product *= pdfs[j]!(at);
      }
      out[i] = product === 0 ? 0 : product * Math.exp(this.logCopula(v));
    }
  }

  protected over(sampler: Sequence | TrueMeasure): Copula {
    checkSameDimension(this.label, this.dimension, sampler.dimension);
    return this.copy(sampler);
  }
}

/** log(exp(a) + exp(b)). */
export function logAddExp(a: number, b: number): number {
  if (a === b) return a + Math.LN2;
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
}
