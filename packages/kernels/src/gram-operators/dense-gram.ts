import {
  checkObject,
  choleskySolve,
  domainError,
  type Matrix,
  matmul,
  matrix,
  shapeError,
} from "@daily-kernel/compute";
import type { Kernel } from "../kernel.ts";
import { checkNonNegative, factorise } from "../regression/factor.ts";
import { addToDiagonal } from "../regression/parts.ts";
import { checkKernel } from "../standard/check-kernel.ts";
import { checkMatrix, checkPoints } from "../standard/check-points.ts";
import { perform } from "../standard/steps.ts";
import {
  checkIndex,
  columnsOf,
  type GramOperator,
  type GramSolveOptions,
} from "./gram-operator.ts";

/** Asymmetry that rounding may leave, relative to the largest number. */
const ROUNDING = 1e-10;

/** A Gram matrix that is held whole: 8 n^2 bytes. `solve` is exact, n^3 / 3 operations a ridge. */
export class DenseGram implements GramOperator {
  readonly n: number;
  readonly #k: Matrix;
  #factor: { ridge: number; l: Matrix } | undefined;

  /**
   * Of a symmetric matrix of finite numbers, such as a kernel measured elsewhere; copied.
   * @throws RangeError `ERR_SHAPE` unless it is square, `ERR_DOMAIN` unless it is symmetric to 1e-10
   *   of its largest number.
   */
  constructor(gram: Matrix) {
    checkMatrix("DenseGram", "gram", gram);
    checkSymmetric("DenseGram", gram);
    this.n = gram.rows;
    this.#k = matrix(gram.rows, gram.cols, gram.data.slice());
  }

  /** k(x_i, x_j) of the rows of x (n x d). */
  static of(kernel: Kernel, x: Matrix): DenseGram {
    checkKernel("DenseGram.of", "kernel", kernel);
    checkPoints("DenseGram.of", "x", x, kernel.dimension);
    return new DenseGram(kernel.gram(x, x));
  }

  diagonal(): Float64Array {
    return Float64Array.from({ length: this.n }, (_, i) => this.#k.data[i * (this.n + 1)]!);
  }

  row(i: number): Float64Array {
    checkIndex("DenseGram.row", i, this.n);
    return this.#k.data.subarray(i * this.n, (i + 1) * this.n);
  }

  matvec(y: Float64Array): Float64Array;
  matvec(y: Matrix): Matrix;
  matvec(y: Float64Array | Matrix): Float64Array | Matrix {
    const { columns, like } = columnsOf("DenseGram.matvec", y, this.n);
    return like(matmul(this.#k, columns));
  }

  /** By Cholesky; the factor of the last ridge is kept. `ERR_NUMERIC` if K + ridge I is singular. */
  solve(y: Float64Array, options?: GramSolveOptions): Float64Array;
  solve(y: Matrix, options?: GramSolveOptions): Matrix;
  solve(y: Float64Array | Matrix, options: GramSolveOptions = {}): Float64Array | Matrix {
    const fn = "DenseGram.solve";
    const { columns, like } = columnsOf(fn, y, this.n);
    checkObject(fn, "options", options);
    const { ridge = 0 } = options;
    checkNonNegative(fn, "ridge", ridge);
    if (this.#factor?.ridge !== ridge) {
      const shifted = matrix(this.n, this.n, this.#k.data.slice());
      addToDiagonal(shifted, ridge);
      const { l } = perform(fn, undefined, () => factorise(fn, shifted, 0)) as { l: Matrix };
      this.#factor = { ridge, l };
    }
    return like(choleskySolve(this.#factor.l, columns));
  }
}

function checkSymmetric(fn: string, { data, rows, cols }: Matrix): void {
  if (rows !== cols) throw shapeError(`${fn}: gram must be square, got ${rows}x${cols}`);
  let largest = 0;
  for (let k = 0; k < data.length; k++) largest = Math.max(largest, Math.abs(data[k]!));
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [data[i * rows + j]!, data[j * rows + i]!];
      if (Math.abs(a - b) > ROUNDING * largest) {
        throw domainError(
          `${fn}: gram must be symmetric, got ${a} at row ${i}, column ${j} and ${b} the other way round; symmetrise a measured matrix first`,
        );
      }
    }
  }
}
