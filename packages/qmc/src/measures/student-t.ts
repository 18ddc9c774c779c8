import { type Matrix, matmul, matrix, unsupportedError } from "@daily-kernel/compute";
import { knownOptions } from "../check-options.ts";
import type { Sequence } from "../sequences/sequence.ts";
import {
  ConditionalStudent,
  logStudentDensity,
  squaredMahalanobis,
} from "./conditional-student.ts";
import { choleskyOf } from "./covariance-factor.ts";
import {
  checkSameDimension,
  one,
  type PerCoordinate,
  perCoordinate,
  positive,
  realSpace,
} from "./parameters.ts";
import { type SquareMatrix, symmetricMatrix } from "./square-matrix.ts";
import { type Moments, TrueMeasure } from "./true-measure.ts";

export interface StudentTOptions {
  /** Centre; 0 by default. */
  location?: PerCoordinate;
  /** Shape matrix, positive definite; the identity by default. */
  shape?: SquareMatrix;
  /** Degrees of freedom, > 0. */
  degreesOfFreedom: number;
}

/** The multivariate Student t distribution, coordinate by coordinate from conditional quantiles. */
export class StudentT extends TrueMeasure {
  readonly range: Float64Array;
  readonly location: Float64Array;
  readonly degreesOfFreedom: number;
  readonly #options: StudentTOptions;
  /** Cholesky factor of the shape. */
  readonly #l: Matrix;

  constructor(sampler: Sequence | TrueMeasure, options: StudentTOptions) {
    super(sampler);
    const where = "StudentT";
    const d = this.dimension;
    const { location = 0, degreesOfFreedom } = knownOptions(where, options, [
      "location",
      "shape",
      "degreesOfFreedom",
    ]);
    const { shape = identity(d) } = options;
    this.location = perCoordinate(where, "location", location, d);
    const nu = one(where, "degreesOfFreedom", degreesOfFreedom, positive, "finite and > 0");
    this.degreesOfFreedom = nu;
    this.#l = choleskyOf(where, "shape", symmetricMatrix(where, "shape", shape, d));
    this.#options = { ...options };
    this.range = realSpace(d);
  }

  protected map(u: Float64Array, n: number, out: Float64Array): void {
    const d = this.dimension;
    const student = new ConditionalStudent(this.#l, this.degreesOfFreedom);
    for (let i = 0; i < n; i++) {
      const [from, to] = [i * d, (i + 1) * d];
      const row = out.subarray(from, to);
      student.row(u.subarray(from, to), row);
      for (let j = 0; j < d; j++) row[j]! += this.location[j]!;
    }
  }

  protected density(x: Float64Array, n: number, out: Float64Array): void {
    const d = this.dimension;
    const nu = this.degreesOfFreedom;
    for (let i = 0; i < n; i++) {
      const centred = this.location.map((at, j) => x[i * d + j]! - at);
      out[i] = Math.exp(logStudentDensity(this.#l, nu, squaredMahalanobis(this.#l, centred)));
    }
  }

  /** The mean exists for more than 1 degree of freedom, the covariance for more than 2. */
  protected override moments(): Moments {
    const nu = this.degreesOfFreedom;
    if (nu <= 2) {
      throw unsupportedError(
        `StudentT: second moments need degreesOfFreedom > 2, got ${nu}` +
          (nu > 1 ? "; the mean is location" : ""),
      );
    }
    const d = this.dimension;
    const covariance = () => {
      const shape = matmul(this.#l, this.#l, { transposeB: true });
      return matrix(
        d,
        d,
        shape.data.map((s) => (s * nu) / (nu - 2)),
      );
    };
    const { data } = covariance();
    return {
      mean: this.location,
      variance: this.location.map((_, j) => data[j * (d + 1)]!),
      covariance,
    };
  }

  /** Another dimension wants the default location and shape. */
  protected over(sampler: Sequence | TrueMeasure): StudentT {
    const { location, shape } = this.#options;
    if (shape || typeof location === "object") {
      checkSameDimension("StudentT", this.dimension, sampler.dimension);
    }
    return new StudentT(sampler, this.#options);
  }
}

function identity(d: number): Matrix {
  const result = matrix(d, d);
  for (let j = 0; j < d; j++) result.data[j * (d + 1)] = 1;
  return result;
}
