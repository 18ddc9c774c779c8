import { checkType, matrix, shapeError, unsupportedError } from "@daily-kernel/compute";
import { knownOptions } from "../check-options.ts";
import { Sequence } from "../sequences/sequence.ts";
import { checkSameDimension } from "./parameters.ts";
import { type Moments, TrueMeasure, type Weighted } from "./true-measure.ts";

export interface ProductMeasureOptions {
  /**
   * The measures of the blocks of coordinates, from the first on. Their own sequences are not used,
   * but say of what dimension they are (a `DummySampler` will do).
   */
  marginals: readonly TrueMeasure[];
}

/** Independent blocks of coordinates, each with a measure of its own, over one sequence. */
export class ProductMeasure extends TrueMeasure {
  readonly range: Float64Array;
  readonly marginals: readonly TrueMeasure[];

  constructor(sampler: Sequence | TrueMeasure, options: ProductMeasureOptions) {
    super(sampler);
    const where = "ProductMeasure";
    const { marginals } = knownOptions(where, options, ["marginals"]);
    checkMeasures(where, "marginals", marginals);
    const total = marginals.reduce((sum, { dimension }) => sum + dimension, 0);
    if (total !== this.dimension) {
      throw shapeError(
        `${where}: the dimension of the sampler must be the sum of the marginals', ${total}, got ` +
          `${this.dimension}`,
      );
    }
    this.marginals = [...marginals];
    this.range = Float64Array.from(marginals.flatMap(({ range }) => [...range]));
  }

  protected map(u: Float64Array, n: number, out: Float64Array): void {
    this.#each((marginal, start) => {
      const block = this.#block(u, n, start, marginal.dimension);
      this.#put(out, n, start, marginal.dimension, marginal.transform(block, n));
    });
  }

  /** The product of the marginals' densities, which those over another measure do not know. */
  protected density(x: Float64Array, n: number, out: Float64Array): void {
    out.fill(1);
    this.#each((marginal, start) => {
      if (marginal.sampler instanceof TrueMeasure) {
        throw unsupportedError(
          "ProductMeasure.weight: the density of a marginal over another measure is not known; " +
            "weighted gives the Jacobian",
        );
      }
      const weights = marginal.weight(this.#block(x, n, start, marginal.dimension), n);
      for (let i = 0; i < n; i++) out[i]! *= weights[i]!;
    });
  }

  /** As for any measure, and also where a marginal is a measure over another one. */
  override weighted(u: Float64Array, n: number): Weighted {
    const below = this.sampler instanceof Sequence ? undefined : this.sampler.weighted(u, n);
    const x = this.transform(u, n);
    const jacobian = below?.jacobian ?? new Float64Array(n).fill(1);
    this.#each((marginal, start) => {
      const block = this.#block(below?.x ?? u, n, start, marginal.dimension);
      const own = marginal.weighted(block, n).jacobian;
      for (let i = 0; i < n; i++) jacobian[i]! *= own[i]!;
    });
    return { x, jacobian };
  }

  /** Defined where all marginals define theirs, and in the final coordinates only. */
  protected override moments(): Moments {
    const d = this.dimension;
    const covariance = matrix(d, d);
    const mean = new Float64Array(d);
    this.#each((marginal, start) => {
      mean.set(marginal.mean, start);
      const { data, cols } = marginal.covariance;
      for (let i = 0; i < cols; i++) {
        covariance.data.set(data.subarray(i * cols, (i + 1) * cols), (start + i) * d + start);
      }
    });
    return {
      mean,
      variance: mean.map((_, j) => covariance.data[j * (d + 1)]!),
      covariance: () => covariance,
    };
  }

  protected over(sampler: Sequence | TrueMeasure): ProductMeasure {
    checkSameDimension("ProductMeasure", this.dimension, sampler.dimension);
    return new ProductMeasure(sampler, { marginals: this.marginals });
  }

  #each(visit: (marginal: TrueMeasure, start: number) => void): void {
    let start = 0;
    for (const marginal of this.marginals) {
      visit(marginal, start);
      start += marginal.dimension;
    }
  }

  #block(rows: Float64Array, n: number, start: number, width: number): Float64Array {
    const d = this.dimension;
    const block = new Float64Array(n * width);
    for (let i = 0; i < n; i++) {
      block.set(rows.subarray(i * d + start, i * d + start + width), i * width);
    }
    return block;
  }

  #put(rows: Float64Array, n: number, start: number, width: number, block: Float64Array): void {
    const d = this.dimension;
    for (let i = 0; i < n; i++) rows.set(block.subarray(i * width, (i + 1) * width), i * d + start);
  }
}

/** Throws unless `value` is an array of at least one measure, each as wide as its sequence. */
export function checkMeasures(where: string, name: string, value: readonly TrueMeasure[]): void {
  const isList = Array.isArray(value) && value.length > 0;
  checkType(isList, where, name, "an array of at least one TrueMeasure", value);
  for (const [k, measure] of value.entries()) {
    checkType(measure instanceof TrueMeasure, where, `${name}[${k}]`, "a TrueMeasure", measure);
    if (measure.dimension !== measure.sequence.dimension) {
      throw shapeError(
        `${where}: ${name}[${k}] must have the dimension of its sequence, ` +
          `${measure.sequence.dimension}, got ${measure.dimension}`,
      );
    }
  }
}
