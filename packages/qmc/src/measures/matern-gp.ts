import {
  checkNumbers,
  checkType,
  domainError,
  type Matrix,
  matrix,
  shapeError,
} from "@daily-kernel/compute";
import { knownOptions } from "../check-options.ts";
import type { Sequence } from "../sequences/sequence.ts";
import { maternCovariance } from "./matern-covariance.ts";
import { type Decomposition, MultivariateNormal } from "./multivariate-normal.ts";
import {
  checkSameDimension,
  one,
  type PerCoordinate,
  perCoordinate,
  positive,
  realSpace,
} from "./parameters.ts";
import { type Moments, TrueMeasure } from "./true-measure.ts";

export interface MaternGPOptions {
  /** Where the process is looked at: d numbers, or d rows, or a `Matrix` of d rows. */
  points: ArrayLike<number> | readonly ArrayLike<number>[] | Matrix;
  /** Length scales, > 0, one for each point; 1 by default. */
  lengthScale?: PerCoordinate;
  /** Smoothness, > 0, `Infinity` for the Gaussian kernel; 1.5 by default. */
  nu?: number;
  /** Variance of the process, > 0; 1 by default. */
  variance?: number;
  /** Mean; 0 by default. */
  mean?: PerCoordinate;
  /** Added to the diagonal of the covariance, > 0; 1e-6 by default. */
  nugget?: number;
  decomposition?: Decomposition;
}

/** A Gaussian process with Matern covariance, at d points. */
export class MaternGP extends TrueMeasure {
  readonly range: Float64Array;
  /** The variance of the process; `variance` is that plus the nugget, for every point. */
  readonly kernelVariance: number;
  readonly #normal: MultivariateNormal;
  readonly #options: MaternGPOptions;

  constructor(sampler: Sequence | TrueMeasure, options: MaternGPOptions) {
    super(sampler);
    const where = "MaternGP";
    const {
      points,
      lengthScale = 1,
      nu = 1.5,
      variance = 1,
    } = knownOptions(where, options, [
      "points",
      "lengthScale",
      "nu",
      "variance",
      "mean",
      "nugget",
      "decomposition",
    ]);
    const { mean = 0, nugget = 1e-6, decomposition = "PCA" } = options;
    const d = this.dimension;
    checkType(typeof nu === "number", where, "nu", "a number", nu);
    if (!(nu > 0)) throw domainError(`${where}: nu must be > 0, got ${nu}`);
    this.kernelVariance = one(where, "variance", variance, positive, "finite and > 0");
    const covariance = maternCovariance(
      parsePoints(where, points, d),
      nu,
      perCoordinate(where, "lengthScale", lengthScale, d, positive, "finite and > 0"),
      variance,
      one(where, "nugget", nugget, positive, "finite and > 0"),
    );
    this.#normal = new MultivariateNormal(
      where,
      perCoordinate(where, "mean", mean, d),
      { matrix: covariance },
      decomposition,
    );
    this.#options = { ...options };
    this.range = realSpace(d);
  }

  protected map(u: Float64Array, n: number, out: Float64Array): void {
    this.#normal.transform(u, n, out);
  }

  protected density(x: Float64Array, n: number, out: Float64Array): void {
    this.#normal.density(x, n, out);
  }

  protected override moments(): Moments {
    const { mean, variance } = this.#normal;
    return { mean, variance, covariance: () => this.#normal.fullCovariance() };
  }

  protected over(sampler: Sequence | TrueMeasure): MaternGP {
    checkSameDimension("MaternGP", this.dimension, sampler.dimension);
    return new MaternGP(sampler, this.#options);
  }
}

function parsePoints(where: string, value: MaternGPOptions["points"], d: number): Matrix {
  const isObject = typeof value === "object" && value !== null;
  const known = isObject && ("cols" in value || "length" in value);
  checkType(known, where, "points", "an array of numbers or rows, or a Matrix", value);
  if ("cols" in value) {
    checkCount(where, value.rows, d);
    return finite(where, value);
  }
  const rows = Array.from(value as ArrayLike<number | ArrayLike<number>>, (row) =>
    typeof row === "number" ? [row] : row,
  );
  checkCount(where, rows.length, d);
  const cols = rows[0]?.length ?? 0;
  const data = new Float64Array(d * cols);
  for (const [i, row] of rows.entries()) {
    checkNumbers(where, `points[${i}]`, row);
    if (row.length !== cols) {
      throw shapeError(`${where}: points[${i}] must hold ${cols} numbers, got ${row.length}`);
    }
    data.set(Float64Array.from(row), i * cols);
  }
  return finite(where, matrix(d, cols, data));
}

function finite(where: string, points: Matrix): Matrix {
  const bad = points.data.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) throw domainError(`${where}: points must be finite, got ${points.data[bad]}`);
  return points;
}

function checkCount(where: string, got: number, d: number): void {
  if (got !== d) {
    throw shapeError(`${where}: there must be as many points as dimensions, ${d}, got ${got}`);
  }
}
