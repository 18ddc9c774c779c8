import {
  checkObject,
  choleskySolve,
  domainError,
  type Matrix,
  matmul,
  matrix,
  type PoolOptions,
} from "@daily-kernel/compute";
import type { Kernel } from "../kernel.ts";
import { checkKernel } from "../standard/check-kernel.ts";
import { checkPoints, checkPositive } from "../standard/check-points.ts";
import { gram } from "../standard/combined-kernel.ts";
import { perform, type Steps, step } from "../standard/steps.ts";
import { chooseRidge, type RidgeChoice, type RidgeChoiceOptions } from "./choose-ridge.ts";
import { factorise, inverseFactor } from "./factor.ts";
import { addToDiagonal, columnNorms, rowsOf } from "./parts.ts";
import { checkTargets } from "./targets.ts";

export interface KernelRidgeOptions {
  /** lambda > 0 in (K + lambda I) c = y. Default 1e-6 of the mean of K's diagonal. */
  ridge?: number | undefined;
}

/** Points predicted at a time, so that memory stays n x this. */
const BLOCK = 1024;

/**
 * Kernel ridge regression: f(x) = sum_i k(x, x_i) c_i with (K + lambda I) c = y, which minimises
 * sum_i (y_i - f(x_i))^2 + lambda |f|^2 in the kernel's space. One kernel and ridge, m outputs.
 * Immutable. With `{ pool }` among their options its methods return promises.
 */
export class KernelRidge {
  readonly kernel: Kernel;
  readonly ridge: number;
  /** How the ridge was chosen, by `choose`. */
  readonly choice: RidgeChoice | undefined;
  readonly #x: Matrix;
  readonly #y: Matrix;
  readonly #l: Matrix;
  readonly #coefficients: Matrix;

  private constructor(data: Data, ridge: number, l: Matrix, c: Matrix, choice?: RidgeChoice) {
    this.kernel = data.kernel;
    this.ridge = ridge;
    this.choice = choice;
    this.#x = data.x;
    this.#y = data.y;
    this.#l = l;
    this.#coefficients = c;
  }

  /**
   * Fits y (n x m, or n numbers) at the rows of x (n x d); n^3 / 3 operations.
   *
   * @throws Error `ERR_NUMERIC` if K + lambda I is not positive definite in double precision.
   */
  static fit(
    kernel: Kernel,
    x: Matrix,
    y: Matrix | ArrayLike<number>,
    options?: KernelRidgeOptions,
  ): KernelRidge;
  static fit(
    kernel: Kernel,
    x: Matrix,
    y: Matrix | ArrayLike<number>,
    options: KernelRidgeOptions & PoolOptions,
  ): Promise<KernelRidge>;
  static fit(
    kernel: Kernel,
    x: Matrix,
    y: Matrix | ArrayLike<number>,
    options: KernelRidgeOptions & Partial<PoolOptions> = {},
  ): KernelRidge | Promise<KernelRidge> {
    const fn = "KernelRidge.fit";
    return perform(fn, options, function* () {
      const data = checkData(fn, kernel, x, y);
      checkObject(fn, "options", options);
      if (options.ridge !== undefined) checkPositive(fn, "ridge", options.ridge);
      const k = yield* step((o) => gram(kernel, data.x, data.x, o));
      return yield* KernelRidge.#solve(fn, data, k, options.ridge ?? 1e-6 * meanDiagonal(k));
    });
  }

  /**
   * Fits with the ridge, out of `ridges`, of the least leave-one-out error or generalised
   * cross-validation score, both in closed form from one eigendecomposition of K.
   */
  static choose(
    kernel: Kernel,
    x: Matrix,
    y: Matrix | ArrayLike<number>,
    options?: RidgeChoiceOptions,
  ): KernelRidge;
  static choose(
    kernel: Kernel,
    x: Matrix,
    y: Matrix | ArrayLike<number>,
    options: RidgeChoiceOptions & PoolOptions,
  ): Promise<KernelRidge>;
  static choose(
    kernel: Kernel,
    x: Matrix,
    y: Matrix | ArrayLike<number>,
    options: RidgeChoiceOptions & Partial<PoolOptions> = {},
  ): KernelRidge | Promise<KernelRidge> {
    const fn = "KernelRidge.choose";
    return perform(fn, options, function* () {
      const data = checkData(fn, kernel, x, y);
      const k = yield* step((o) => gram(kernel, data.x, data.x, o));
      const choice = yield* chooseRidge(fn, k, data.y, meanDiagonal(k), options);
      return yield* KernelRidge.#solve(fn, data, k, choice.ridge, choice);
    });
  }

  static *#solve(
    fn: string,
    data: Data,
    k: Matrix,
    ridge: number,
    choice?: RidgeChoice,
  ): Steps<KernelRidge> {
    addToDiagonal(k, ridge);
    const { l } = yield* factorise(fn, k, 0);
    const c = yield* step((o) => (o ? choleskySolve(l, data.y, o) : choleskySolve(l, data.y)));
    return new KernelRidge(data, ridge, l, c, choice);
  }

  /** c, n x m; a copy. */
  get coefficients(): Matrix {
    const { data, rows, cols } = this.#coefficients;
    return matrix(rows, cols, data.slice());
  }

  /** f at each row of x (p x d): p x m; n p m operations beside the kernel's. */
  predict(x: Matrix): Matrix;
  predict(x: Matrix, options: PoolOptions): Promise<Matrix>;
  predict(x: Matrix, options?: Partial<PoolOptions>): Matrix | Promise<Matrix> {
    const self = this;
    return perform("KernelRidge.predict", options, function* () {
      checkPoints("KernelRidge.predict", "x", x, self.kernel.dimension);
      const c = self.#coefficients;
      const out = matrix(x.rows, c.cols);
      for (let from = 0; from < x.rows; from += BLOCK) {
        const block = rowsOf(x, from, Math.min(x.rows, from + BLOCK));
        const k = yield* step((o) => gram(self.kernel, block, self.#x, o));
        const values = yield* step((o) => (o ? matmul(k, c, o) : matmul(k, c)));
        out.data.set(values.data, from * c.cols);
      }
      return out;
    });
  }

  /** What a fit to all other rows predicts for each one, n x m, in closed form; n^3 operations. */
  leaveOneOut(): Matrix;
  leaveOneOut(options: PoolOptions): Promise<Matrix>;
  leaveOneOut(options?: Partial<PoolOptions>): Matrix | Promise<Matrix> {
    const self = this;
    return perform("KernelRidge.leaveOneOut", options, function* () {
      const precision = columnNorms(yield* inverseFactor(self.#l));
      const { data, rows, cols } = self.#y;
      const c = self.#coefficients.data;
      return matrix(
        rows,
        cols,
        data.map((v, i) => v - c[i]! / precision[Math.floor(i / cols)]!),
      );
    });
  }
}

/** Checked arguments of a fit, in the model's own copies. */
interface Data {
  kernel: Kernel;
  x: Matrix;
  y: Matrix;
}

function checkData(fn: string, kernel: Kernel, x: Matrix, y: unknown): Data {
  checkKernel(fn, "kernel", kernel);
  checkPoints(fn, "x", x, kernel.dimension);
  if (x.rows === 0) throw domainError(`${fn}: x must have at least one row, got 0`);
  return { kernel, x: matrix(x.rows, x.cols, x.data.slice()), y: checkTargets(fn, y, x.rows) };
}

function meanDiagonal({ data, rows }: Matrix): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += data[i * (rows + 1)]! / rows;
  return sum;
}
