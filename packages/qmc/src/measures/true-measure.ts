import {
  allocate,
  checkType,
  domainError,
  type Matrix,
  matrix,
  numericError,
  shapeError,
  typeError,
  unsupportedError,
} from "@daily-kernel/compute";
import { type PointSet, type PointsOptions, Sequence } from "../sequences/sequence.ts";

/** Where the points of a measure come from. */
export type Sampler = Sequence | TrueMeasure;

/** Points of a measure and, beside each, |dx / du| of the transformation that made it. */
export interface Weighted {
  x: Float64Array;
  jacobian: Float64Array;
}

/** What a measure with closed-form moments knows; the coordinates are uncorrelated by default. */
export interface Moments {
  mean: Float64Array;
  variance: Float64Array;
  covariance?: () => Matrix;
}

/**
 * A measure on R^d with a transformation from the unit cube that turns uniform points into points of
 * it. Its sampler is a sequence, or another measure: then points go through that one first, and its
 * range must be the unit cube. An integrand with respect to a measure whose sampler is a measure is
 * integrated by importance sampling, whatever the sampler's range: the sampler makes the points and
 * `weight` of this measure corrects for it.
 */
export abstract class TrueMeasure {
  readonly sampler: Sequence | TrueMeasure;
  /** Number of coordinates of a point of this measure. */
  readonly dimension: number;

  protected constructor(sampler: Sequence | TrueMeasure, dimension?: number) {
    if (!(sampler instanceof Sequence || sampler instanceof TrueMeasure)) {
      throw typeError(`${new.target.name}: sampler must be a Sequence or a TrueMeasure`);
    }
    this.sampler = sampler;
    this.dimension = dimension ?? sampler.dimension;
    if (sampler instanceof TrueMeasure) sampler.checkComposition();
  }

  /** How the class is called in messages. */
  protected get label(): string {
    return this.constructor.name;
  }

  /** The sequence at the bottom; its dimension is that of the rows u. */
  get sequence(): Sequence {
    return this.sampler instanceof Sequence ? this.sampler : this.sampler.sequence;
  }

  /** Lower and upper bound of every coordinate: `[lower_0, upper_0, lower_1, ...]`, 2 d numbers. */
  abstract readonly range: Float64Array;

  /** Whether `map` takes points of any range instead of points of the unit cube. */
  protected get anyDomain(): boolean {
    return false;
  }

  /** Maps n rows of `sampler.dimension` numbers in [0, 1] to this measure: n x d numbers in `out`. */
  protected abstract map(u: Float64Array, n: number, out: Float64Array): void;

  /** `weight`, for checked rows; `out` holds zeros. */
  protected abstract density(x: Float64Array, n: number, out: Float64Array): void;

  /** The same measure over another sampler, whose dimension may differ where the measure allows. */
  protected abstract over(sampler: Sequence | TrueMeasure): TrueMeasure;

  /** The moments, where they have closed forms. */
  protected moments(): Moments | undefined {
    return undefined;
  }

  /** Expectations of the coordinates: d numbers. `ERR_UNSUPPORTED` where there is no closed form. */
  get mean(): Float64Array {
    return this.#moments("mean").mean.slice();
  }

  /** Variances of the coordinates: d numbers. `ERR_UNSUPPORTED` where there is no closed form. */
  get variance(): Float64Array {
    return this.#moments("variance").variance.slice();
  }

  /** Square roots of `variance`. */
  get standardDeviation(): Float64Array {
    return this.#moments("standardDeviation").variance.map(Math.sqrt);
  }

  /** Covariance matrix, d x d. `ERR_UNSUPPORTED` where there is no closed form. */
  get covariance(): Matrix {
    const { variance, covariance } = this.#moments("covariance");
    if (covariance) return covariance();
    const d = this.dimension;
    const data = allocate(`${this.label}.covariance`, Float64Array, d * d);
    for (let j = 0; j < d; j++) data[j * d + j] = variance[j]!;
    return matrix(d, d, data);
  }

  /**
   * Independent copies, one for each of the given dimensions of the sequence; one of the same
   * dimension by default.
   */
  spawn(dimensions?: readonly number[]): TrueMeasure[] {
    return this.sampler.spawn(dimensions).map((sampler) => this.over(sampler));
  }

  /**
   * The density with respect to Lebesgue measure at n rows x: n numbers, 0 outside the range
   * (`Lebesgue`: 1 everywhere). Throws `ERR_NUMERIC` where it is NaN or negative, as the density of a
   * caller may be.
   */
  weight(x: Float64Array, n: number): Float64Array {
    const where = `${this.label}.weight`;
    checkRows(where, "x", x, n, this.dimension);
    for (let k = 0; k < x.length; k++) {
      if (Number.isNaN(x[k]))
        throw domainError(`${where}: x must not be NaN, got NaN at index ${k}`);
    }
    const out = allocate(where, Float64Array, n);
    this.density(x, n, out);
    for (let i = 0; i < n; i++) {
      if (!(out[i]! >= 0)) {
        throw numericError(`${where}: the density must be >= 0, got ${out[i]} at row ${i}`);
      }
    }
    return out;
  }

  /**
   * n rows u of the unit cube as points of this measure, through all samplers below: n x d, in `out`
   * if it is given. Throws `ERR_DOMAIN` for u outside [0, 1] and where the image is not finite (u = 0
   * or 1 for a measure without bounds).
   */
  transform(u: Float64Array, n: number, out?: Float64Array): Float64Array {
    const where = `${this.label}.transform`;
    this.checkComposition();
    const { sampler } = this;
    if (sampler instanceof Sequence) checkUnitRows(where, u, n, sampler.dimension);
    const below = sampler instanceof Sequence ? u : sampler.transform(u, n);
    const x = this.#output(where, n, out);
    this.map(below, n, x);
    checkImage(where, below, n, x);
    return x;
  }

  /**
   * `transform` with the Jacobian determinant of the whole transformation: the product of the
   * reciprocal densities. Throws `ERR_NUMERIC` where a density is 0 or infinite.
   */
  weighted(u: Float64Array, n: number): Weighted {
    const where = `${this.label}.weighted`;
    this.checkComposition();
    const { sampler } = this;
    if (sampler instanceof Sequence) checkUnitRows(where, u, n, sampler.dimension);
    const below = sampler instanceof Sequence ? undefined : sampler.weighted(u, n);
    const source = below?.x ?? u;
    const x = this.#output(where, n);
    this.map(source, n, x);
    checkImage(where, source, n, x);
    const jacobian = this.weight(x, n);
    for (let i = 0; i < n; i++) {
      const value = (below ? below.jacobian[i]! : 1) / jacobian[i]!;
      if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
        throw numericError(
          `${where}: the density at row ${i} is ${jacobian[i]}, so the Jacobian is ${value}; ` +
            "randomise the sequence, so that no point lies on the boundary",
        );
      }
      jacobian[i] = value;
    }
    return { x, jacobian };
  }

  /** Points nMin..nMax-1 of the sequence, as points of this measure. */
  points(options: PointsOptions): PointSet {
    const { out, ...range } = options;
    const set = this.sequence.points(range);
    const data = this.transform(set.data, set.replications * set.n, out);
    return { ...set, data, dimension: this.dimension };
  }

  /** Throws `ERR_DOMAIN` unless the sampler's points are what `map` takes. */
  protected checkComposition(): void {
    const { sampler } = this;
    if (sampler instanceof Sequence || this.anyDomain) return;
    for (let j = 0; j < sampler.dimension; j++) {
      const [lower, upper] = [sampler.range[2 * j]!, sampler.range[2 * j + 1]!];
      if (lower !== 0 || upper !== 1) {
        throw domainError(
          `${this.label}: a sampler that is a measure must have the range [0, 1] in every ` +
            `coordinate to be transformed, ${sampler.label} has [${lower}, ${upper}] in ` +
            `coordinate ${j}; such a pair is for importance sampling only`,
        );
      }
    }
  }

  #moments(name: string): Moments {
    const moments = this.moments();
    if (moments) return moments;
    throw unsupportedError(`${this.label}.${name}: this measure has no closed form of it`);
  }

  #output(where: string, n: number, out?: Float64Array): Float64Array {
    if (out === undefined) return allocate(where, Float64Array, n * this.dimension);
    checkRows(where, "out", out, n, this.dimension);
    return out;
  }
}

function checkRows(where: string, name: string, x: unknown, n: number, d: number): void {
  checkType(x instanceof Float64Array, where, name, "a Float64Array", x);
  checkType(typeof n === "number", where, "n", "a number", n);
  if (x.length !== n * d) {
    throw shapeError(`${where}: ${name} must hold ${n} rows of ${d} numbers, got ${x.length}`);
  }
}

/** Throws unless `u` holds n rows of d numbers in [0, 1]. */
export function checkUnitRows(where: string, u: Float64Array, n: number, d: number): void {
  checkRows(where, "u", u, n, d);
  for (let k = 0; k < u.length; k++) {
    if (!(u[k]! >= 0 && u[k]! <= 1)) {
      throw domainError(`${where}: u must lie in [0, 1], got ${u[k]} at index ${k}`);
    }
  }
}

/** Throws `ERR_DOMAIN` naming the first row that was mapped to infinity. */
function checkImage(where: string, u: Float64Array, n: number, x: Float64Array): void {
  let bad = 0;
  while (bad < x.length && Number.isFinite(x[bad])) bad++;
  if (bad === x.length) return;
  const [from, to] = [u.length / n, x.length / n];
  const row = Math.floor(bad / to);
  const source = u.subarray(row * from, (row + 1) * from);
  const edge = source.findIndex((value) => value === 0 || value === 1);
  const what = edge < 0 ? "" : `: coordinate ${edge} of its u is ${source[edge]}`;
  throw domainError(
    `${where}: row ${row} has no finite image${what}; randomise the sequence ` +
      "(the first point without is the origin) or leave the point out",
  );
}
