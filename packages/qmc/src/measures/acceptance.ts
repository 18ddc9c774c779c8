import {
  checkObject,
  checkType,
  domainError,
  numericError,
  shapeError,
  unsupportedError,
} from "@daily-kernel/compute";
import { knownOptions } from "../check-options.ts";
import { type PointSet, type PointsOptions, Sequence } from "../sequences/sequence.ts";
import { one, positive } from "./parameters.ts";
import { TrueMeasure, type Weighted } from "./true-measure.ts";

/** What both acceptance-rejection measures are told. */
export interface AcceptanceOptions {
  /**
   * The target density at a point of d numbers (in an array that is used again), up to the factor
   * `densityIntegral`.
   */
  density: (x: Float64Array) => number;
  /** L: nowhere does the density exceed L (times the envelope). */
  upperBound: number;
  /** C: the integral of the density; C / L of the points are accepted. */
  densityIntegral: number;
  /** How often more points are drawn, as many as there were, if too few were accepted; 4. */
  maxRetries?: number;
}

const acceptanceKeys: readonly (keyof AcceptanceOptions)[] = [
  "density",
  "upperBound",
  "densityIntegral",
  "maxRetries",
];

/**
 * Deterministic acceptance and rejection (Zhu and Dick 2014): of a sequence of dimension d + 1 the
 * first d coordinates are a candidate and the last one decides. Accepted points keep the order of the
 * sequence, so that points nMin..nMax-1 are the same whatever was asked for before. There is no
 * transformation of single points: `transform` and `weighted` throw `ERR_UNSUPPORTED`.
 */
export abstract class Acceptance extends TrueMeasure {
  readonly upperBound: number;
  readonly densityIntegral: number;
  readonly maxRetries: number;
  readonly #density: (x: Float64Array) => number;
  /** Coordinates of the accepted points so far, one list a replication. */
  readonly #accepted: number[][];
  /** Index of the next candidate. */
  #next = 0;

  /** `own` are the options that a subclass adds. */
  protected constructor(
    sampler: Sequence,
    options: AcceptanceOptions,
    own: readonly string[] = [],
  ) {
    super(sampler, sampler.dimension - 1);
    const where = this.label;
    knownOptions(where, options, [...acceptanceKeys, ...own]);
    checkType(sampler instanceof Sequence, where, "sampler", "a Sequence", sampler);
    if (this.dimension < 1) {
      throw shapeError(`${where}: the sampler must have at least 2 dimensions, got 1`);
    }
    const { density, upperBound, densityIntegral, maxRetries = 4 } = options;
    checkType(typeof density === "function", where, "density", "a function", density);
    this.#density = density;
    this.#accepted = Array.from({ length: sampler.replications }, () => []);
    this.upperBound = one(where, "upperBound", upperBound, positive, "finite and > 0");
    // the envelope has the integral 1
    const bound = (c: number) => c > 0 && c <= upperBound;
    this.densityIntegral = one(
      where,
      "densityIntegral",
      densityIntegral,
      bound,
      `> 0 and at most upperBound, ${upperBound}`,
    );
    const whole = (r: number) => Number.isInteger(r) && r >= 0;
    this.maxRetries = one(where, "maxRetries", maxRetries, whole, "a whole number >= 0");
  }

  /** Writes the candidate of a row u (d numbers) to `x`; the envelope's value there. */
  protected abstract candidate(u: Float64Array, x: Float64Array): number;

  /** Share of the points that are accepted. */
  get acceptanceRate(): number {
    return this.densityIntegral / this.upperBound;
  }

  /**
   * Accepted points nMin..nMax-1. Throws `ERR_NUMERIC` if too few are accepted, `ERR_DOMAIN` for a
   * density above its bound.
   */
  override points(options: PointsOptions): PointSet {
    const where = `${this.label}.points`;
    checkObject(where, "options", options);
    const { nMin = 0, nMax } = options;
    for (const [name, value] of Object.entries({ nMin, nMax })) {
      checkType(typeof value === "number", where, name, "a number", value);
    }
    if (!(Number.isSafeInteger(nMin) && nMin >= 0 && Number.isSafeInteger(nMax) && nMin <= nMax)) {
      throw domainError(`${where}: nMin ${nMin} and nMax ${nMax} must be 0 <= nMin <= nMax`);
    }
    const { replications } = this.sequence;
    const [n, d] = [nMax - nMin, this.dimension];
    const length = replications * n * d;
    if (options.out !== undefined && options.out.length !== length) {
      throw shapeError(`${where}: out must hold ${length} numbers, got ${options.out.length}`);
    }
    this.#collect(where, nMax);
    const data = options.out ?? new Float64Array(length);
    for (const [r, list] of this.#accepted.entries()) {
      for (let k = 0; k < n * d; k++) data[r * n * d + k] = list[nMin * d + k]!;
    }
    return { data, replications, n, dimension: d };
  }

  #collect(where: string, count: number): void {
    const d = this.dimension;
    const fewest = () => Math.min(...this.#accepted.map((list) => list.length)) / d;
    const first = 2 ** Math.max(1, Math.ceil(Math.log2(count / this.acceptanceRate)));
    const limit = first * 2 ** this.maxRetries;
    for (let end = first; fewest() < count && this.#next < limit; end *= 2) {
      if (end > this.#next) this.#draw(where, this.#next, end);
    }
    if (fewest() < count) {
      throw numericError(
        `${where}: of ${this.#next} candidates only ${fewest()} were accepted, not ${count}; check ` +
          `densityIntegral ${this.densityIntegral} and upperBound ${this.upperBound}, or raise ` +
          `maxRetries ${this.maxRetries}`,
      );
    }
  }

  #draw(where: string, nMin: number, nMax: number): void {
    const d = this.dimension;
    const { data, n } = this.sequence.points({ nMin, nMax });
    const x = new Float64Array(d);
    // kept apart until all is well, so that a density that throws leaves nothing half done
    const kept: number[][] = this.#accepted.map(() => []);
    for (const [r, list] of kept.entries()) {
      for (let i = r * n; i < (r + 1) * n; i++) {
        const u = data.subarray(i * (d + 1), i * (d + 1) + d);
        const bound = this.upperBound * this.candidate(u, x);
        const value = this.#density(x);
        if (!(value >= 0 && value <= bound * (1 + 1e-12))) {
          throw domainError(
            `${where}: density must lie in [0, ${bound}], as upperBound says, got ${value} at [${x}]`,
          );
        }
        if (value >= bound * data[i * (d + 1) + d]!) list.push(...x);
      }
    }
    for (const [r, list] of kept.entries()) for (const y of list) this.#accepted[r]!.push(y);
    this.#next = nMax;
  }

  protected map(): void {
    throw unsupportedError(`${this.label}: single points have no image; use points`);
  }

  override transform(): Float64Array {
    throw unsupportedError(`${this.label}.transform: single points have no image; use points`);
  }

  override weighted(): Weighted {
    throw unsupportedError(`${this.label}.weighted: single points have no image; use points`);
  }

  protected density(x: Float64Array, n: number, out: Float64Array): void {
    const { dimension: d, range } = this;
    for (let i = 0; i < n; i++) {
      const row = x.subarray(i * d, (i + 1) * d);
      const inside = row.every((y, j) => y >= range[2 * j]! && y <= range[2 * j + 1]!);
      out[i] = inside ? this.#density(row.slice()) / this.densityIntegral : 0;
    }
  }

  protected get acceptanceOptions(): AcceptanceOptions {
    const { upperBound, densityIntegral, maxRetries } = this;
    return { density: this.#density, upperBound, densityIntegral, maxRetries };
  }
}
