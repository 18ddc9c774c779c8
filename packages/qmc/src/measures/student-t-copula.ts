import type { Matrix } from "@daily-kernel/compute";
import type { Sequence } from "../sequences/sequence.ts";
import {
  ConditionalStudent,
  logStudentDensity,
  squaredMahalanobis,
} from "./conditional-student.ts";
import { Copula, type CopulaOptions } from "./copula.ts";
import { choleskyOf } from "./covariance-factor.ts";
import { one, positive } from "./parameters.ts";
import { correlationMatrix, type SquareMatrix } from "./square-matrix.ts";
import { StudentDistribution } from "./student-distribution.ts";
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
  readonly #student: ConditionalStudent;
  readonly #marginal: StudentDistribution;

  constructor(sampler: Sequence | TrueMeasure, options: StudentTCopulaOptions) {
    super(sampler, options, ["correlation", "degreesOfFreedom"]);
    const where = "StudentTCopula";
    this.correlation = correlationMatrix(where, options.correlation, this.dimension);
    this.#l = choleskyOf(where, "correlation", this.correlation);
    const nu = options.degreesOfFreedom;
    this.degreesOfFreedom = one(where, "degreesOfFreedom", nu, positive, "finite and > 0");
    this.#student = new ConditionalStudent(this.#l, nu);
    this.#marginal = new StudentDistribution(nu);
  }

  protected depend(u: Float64Array, v: Float64Array): void {
    this.#student.row(u, v);
    for (let j = 0; j < v.length; j++) v[j] = this.#marginal.cdf(v[j]!);
  }

  protected logCopula(v: Float64Array): number {
    const t = v.map((p) => this.#marginal.quantile(p));
    const independent = t.reduce((sum, x) => sum + this.#marginal.logPdf(x), 0);
    const distance = squaredMahalanobis(this.#l, t);
    return logStudentDensity(this.#l, this.degreesOfFreedom, distance) - independent;
  }

  protected copy(sampler: Sequence | TrueMeasure): StudentTCopula {
    const { marginals, correlation, degreesOfFreedom } = this;
    return new StudentTCopula(sampler, { marginals, correlation, degreesOfFreedom });
  }
}
