import type { Matrix } from "@daily-kernel/compute";
import { inverseNormalCdf, normalCdf } from "@daily-kernel/special";
import type { Sequence } from "../sequences/sequence.ts";
import { squaredMahalanobis } from "./conditional-student.ts";
import { Copula, type CopulaOptions } from "./copula.ts";
import { choleskyOf } from "./covariance-factor.ts";
import { correlationMatrix, type SquareMatrix } from "./square-matrix.ts";
import type { TrueMeasure } from "./true-measure.ts";

export interface GaussianCopulaOptions extends CopulaOptions {
  /** Correlation matrix, positive definite. */
  correlation: SquareMatrix;
}

/** The dependence of a normal vector: v = Phi(L Phi^-1(u)) with the Cholesky factor L. */
export class GaussianCopula extends Copula {
  readonly correlation: Matrix;
  readonly #l: Matrix;

  constructor(sampler: Sequence | TrueMeasure, options: GaussianCopulaOptions) {
    super(sampler, options, ["correlation"]);
    const where = "GaussianCopula";
    this.correlation = correlationMatrix(where, options.correlation, this.dimension);
    this.#l = choleskyOf(where, "correlation", this.correlation);
  }

  protected depend(u: Float64Array, v: Float64Array): void {
    const { data, rows } = this.#l;
    const z = u.map(inverseNormalCdf);
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      for (let k = 0; k <= i; k++) sum += data[i * rows + k]! * z[k]!;
      v[i] = normalCdf(sum);
    }
  }

  protected logCopula(v: Float64Array): number {
    const { data, rows } = this.#l;
    const z = v.map(inverseNormalCdf);
    let log = 0;
    for (let i = 0; i < rows; i++) log += 0.5 * z[i]! * z[i]! - Math.log(data[i * (rows + 1)]!);
    return log - 0.5 * squaredMahalanobis(this.#l, z);
  }

  protected copy(sampler: Sequence | TrueMeasure): GaussianCopula {
    const { marginals, correlation } = this;
    return new GaussianCopula(sampler, { marginals, correlation });
  }
}
