import type { Matrix } from "@daily-kernel/compute";
import type { Sequence } from "../sequences/sequence.ts";
import {
  conditionalStudent,
  logStudentDensity,
  squaredMahalanobis,
} from "./conditional-student.ts";
import { Copula, type CopulaOptions } from "./copula.ts";
import { choleskyOf } from "./covariance-factor.ts";
import { one, positive } from "./parameters.ts";
import { correlationMatrix, type SquareMatrix } from "./square-matrix.ts";
import { logStudentPdf, studentCdf, studentQuantile } from "./student-distribution.ts";
import type { TrueMeasure } from "./true-measure.ts";

export interface StudentTCopulaOptions extends CopulaOptions {
  /** Correlation matrix, positive definite. */
  correlation: SquareMatrix;
  /** Degrees of freedom, > 0. */
  degreesOfFreedom: number;
}

/** The dependence of a multivariate Student t vector, made as `StudentT` makes it. */
export class StudentTCopula extends Copula {
  readonly correlation: Matrix;
  readonly degreesOfFreedom: number;
  readonly #l: Matrix;

  constructor(sampler: Sequence | TrueMeasure, options: StudentTCopulaOptions) {
    super(sampler, options);
    const where = "StudentTCopula";
    this.correlation = correlationMatrix(where, options.correlation, this.dimension);
    this.#l = choleskyOf(where, "correlation", this.correlation);
    const nu = options.degreesOfFreedom;
    this.degreesOfFreedom = one(where, "degreesOfFreedom", nu, positive, "finite and > 0");
  }

  protected depend(u: Float64Array, v: Float64Array): void {
    const nu = this.degreesOfFreedom;
    conditionalStudent(this.#l, nu, u, new Float64Array(u.length), v);
    for (let j = 0; j < v.length; j++) v[j] = studentCdf(v[j]!, nu);
  }

  protected logCopula(v: Float64Array): number {
    const nu = this.degreesOfFreedom;
    const t = v.map((p) => studentQuantile(p, nu));
    const independent = t.reduce((sum, x) => sum + logStudentPdf(x, nu), 0);
    return logStudentDensity(this.#l, nu, squaredMahalanobis(this.#l, t)) - independent;
  }

  protected copy(sampler: Sequence | TrueMeasure): StudentTCopula {
    return new StudentTCopula(sampler, this);
  }
}
