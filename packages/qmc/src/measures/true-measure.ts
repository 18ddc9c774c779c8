import { allocate, shapeError, typeError } from "@daily-kernel/compute";
import { type PointSet, type PointsOptions, Sequence } from "../sequences/sequence.ts";

/** Points of a measure and, beside each, |dx / du| of the transformation that made it. */
export interface Weighted {
  x: Float64Array;
  jacobian: Float64Array;
}

/**
 * A measure on R^d with a transformation from the unit cube that turns uniform points into points of
 * it. Its sampler is a sequence, or another measure: then points go through that one first. An
 * integrand with respect to a measure whose sampler is a measure is integrated by importance
 * sampling: the sampler makes the points and `weight` of this measure corrects for it.
 */
export abstract class TrueMeasure {
  readonly sampler: Sequence | TrueMeasure;
  readonly dimension: number;

  protected constructor(sampler: Sequence | TrueMeasure) {
    if (!(sampler instanceof Sequence || sampler instanceof TrueMeasure)) {
      throw typeError(`${new.target.name}: sampler must be a Sequence or a TrueMeasure`);
    }
    this.sampler = sampler;
    this.dimension = sampler.dimension;
  }

  /** The sequence at the bottom. */
  get sequence(): Sequence {
    return this.sampler instanceof Sequence ? this.sampler : this.sampler.sequence;
  }

  /** Lower and upper bound of every coordinate: `[lower_0, upper_0, lower_1, ...]`, 2 d numbers. */
  abstract readonly range: Float64Array;

  /** Maps n rows of [0, 1]^d in `u` to this measure: n x d numbers in `out`. */
  protected abstract map(u: Float64Array, n: number, out: Float64Array): void;

  /**
   * The density with respect to Lebesgue measure at n rows x: n numbers, 0 outside the range
   * (for `Lebesgue`: 1).
   */
  abstract weight(x: Float64Array, n: number): Float64Array;

  /** The same measure over another sampler, whose dimension may differ where the measure allows. */
  protected abstract over(sampler: Sequence | TrueMeasure): TrueMeasure;

  /** Independent copies, one a dimension given. */
  spawn(dimensions: readonly number[]): TrueMeasure[] {
    return this.sampler.spawn(dimensions).map((sampler) => this.over(sampler));
  }

  /** n rows u of the unit cube as points of this measure, through all samplers below: n x d. */
  transform(u: Float64Array, n: number): Float64Array {
    this.#checkRows("transform", u, n);
    const below = this.sampler instanceof Sequence ? u : this.sampler.transform(u, n);
    const out = allocate(`${this.constructor.name}.transform`, Float64Array, n * this.dimension);
    this.map(below, n, out);
    return out;
  }

  /** `transform` with the Jacobian determinant of the whole transformation. */
  weighted(u: Float64Array, n: number): Weighted {
    this.#checkRows("weighted", u, n);
    const below = this.sampler instanceof Sequence ? undefined : this.sampler.weighted(u, n);
    const x = allocate(`${this.constructor.name}.weighted`, Float64Array, n * this.dimension);
    this.map(below?.x ?? u, n, x);
    const density = this.weight(x, n);
    const jacobian = density.map((w, i) => (below ? below.jacobian[i]! : 1) / w);
    return { x, jacobian };
  }

  /** Points nMin..nMax-1 of the sequence, as points of this measure. */
  points(options: PointsOptions): PointSet {
    const set = this.sequence.points(options);
    return { ...set, data: this.transform(set.data, set.replications * set.n) };
  }

  #checkRows(method: string, u: unknown, n: number): void {
    const where = `${this.constructor.name}.${method}`;
    if (!(u instanceof Float64Array)) throw typeError(`${where}: u must be a Float64Array`);
    if (u.length !== n * this.dimension) {
      throw shapeError(
        `${where}: u must hold ${n} rows of ${this.dimension} numbers, got ${u.length}`,
      );
    }
  }
}
