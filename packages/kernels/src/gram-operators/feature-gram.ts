import { checkObject, type Matrix, matmul, matrix, numericError } from "@daily-kernel/compute";
import type { FeatureMap } from "../feature-map.ts";
import { checkMap } from "../feature-maps/check-map.ts";
import { checkNonNegative } from "../regression/factor.ts";
import { checkMatrix } from "../standard/check-points.ts";
import {
  checkIndex,
  columnsOf,
  type GramOperator,
  type GramSolveOptions,
} from "./gram-operator.ts";
import { lowRankSolver } from "./low-rank-solve.ts";

/** F F^T of features F (n x m), one row a point: products cost 4 n m, and `solve` needs a ridge. */
export class FeatureGram implements GramOperator {
  readonly n: number;
  readonly #f: Matrix;
  #solver: { ridge: number; solve: (y: Matrix) => Matrix } | undefined;

  /** Of the features themselves; copied. */
  constructor(features: Matrix) {
    checkMatrix("FeatureGram", "features", features);
    this.n = features.rows;
    this.#f = matrix(features.rows, features.cols, features.data.slice());
  }

  /** The features of the rows of x (n x d), random ones for instance. */
  static of(map: FeatureMap, x: Matrix): FeatureGram {
    checkMap("FeatureGram.of", "map", map);
    return new FeatureGram(map.map(x));
  }

  diagonal(): Float64Array {
    const { data, cols } = this.#f;
    return Float64Array.from({ length: this.n }, (_, i) => {
      let sum = 0;
      for (let k = i * cols; k < (i + 1) * cols; k++) sum += data[k]! ** 2;
      return sum;
    });
  }

  row(i: number): Float64Array {
    checkIndex("FeatureGram.row", i, this.n);
    const { data, cols } = this.#f;
    return matmul(this.#f, matrix(cols, 1, data.slice(i * cols, (i + 1) * cols))).data;
  }

  matvec(y: Float64Array): Float64Array;
  matvec(y: Matrix): Matrix;
  matvec(y: Float64Array | Matrix): Float64Array | Matrix {
    const { columns, like } = columnsOf("FeatureGram.matvec", y, this.n);
    return like(matmul(this.#f, matmul(this.#f, columns, { transposeA: true })));
  }

  /** By an m x m system; n m^2 operations a ridge. `ERR_NUMERIC` without a ridge: the rank is m. */
  solve(y: Float64Array, options?: GramSolveOptions): Float64Array;
  solve(y: Matrix, options?: GramSolveOptions): Matrix;
  solve(y: Float64Array | Matrix, options: GramSolveOptions = {}): Float64Array | Matrix {
    const fn = "FeatureGram.solve";
    const { columns, like } = columnsOf(fn, y, this.n);
    checkObject(fn, "options", options);
    const { ridge = 0 } = options;
    checkNonNegative(fn, "ridge", ridge);
    if (ridge === 0) {
      throw numericError(
        `${fn}: a matrix of rank ${this.#f.cols} for ${this.n} points needs a ridge > 0`,
      );
    }
    if (this.#solver?.ridge !== ridge) {
      this.#solver = { ridge, solve: lowRankSolver(this.#f, ridge) };
    }
    return like(this.#solver.solve(columns));
  }
}
