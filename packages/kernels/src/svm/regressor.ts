import { type Matrix, matrix, type PoolOptions, shapeError } from "@daily-kernel/compute";
import type { GramOperator } from "../gram-operators/gram-operator.ts";
import type { Kernel } from "../kernel.ts";
import { checkNonNegative } from "../regression/factor.ts";
import { checkTargets } from "../regression/targets.ts";
import { checkPositive } from "../standard/check-points.ts";
import { perform, type Steps } from "../standard/steps.ts";
import { type SupportVectorOptions, smoOptions } from "./options.ts";
import { smo } from "./smo.ts";
import { gramOf, KernelExpansion, pointsOf, type TrainingPoints } from "./training-points.ts";

export interface SupportVectorRegressorOptions extends SupportVectorOptions {
  /** C > 0, what a unit of error beyond epsilon costs. Default 1. */
  c?: number | undefined;
  /** Errors up to this cost nothing, >= 0. Default 0.1. */
  epsilon?: number | undefined;
}

/** Epsilon-support vector regression on any kernel or Gram matrix. Immutable. */
export class SupportVectorRegressor {
  readonly intercept: number;
  /** The dual objective at its minimum. */
  readonly objective: number;
  readonly iterations: number;
  readonly #expansion: KernelExpansion;

  private constructor(
    expansion: KernelExpansion,
    solution: { rho: number; objective: number; iterations: number },
  ) {
    this.#expansion = expansion;
    this.intercept = -solution.rho;
    this.objective = solution.objective;
    this.iterations = solution.iterations;
  }

  /** Fits y (n numbers) at the rows of x (n x d). With `{ pool, signal? }` a promise. */
  static fit(
    kernel: Kernel,
    x: Matrix,
    y: ArrayLike<number>,
    options?: SupportVectorRegressorOptions,
  ): SupportVectorRegressor;
  static fit(
    kernel: Kernel,
    x: Matrix,
    y: ArrayLike<number>,
    options: SupportVectorRegressorOptions & PoolOptions,
  ): Promise<SupportVectorRegressor>;
  static fit(
    kernel: Kernel,
    x: Matrix,
    y: ArrayLike<number>,
    options: SupportVectorRegressorOptions & Partial<PoolOptions> = {},
  ): SupportVectorRegressor | Promise<SupportVectorRegressor> {
    const fn = "SupportVectorRegressor.fit";
    return perform(fn, options, function* () {
      return yield* SupportVectorRegressor.#train(fn, yield* pointsOf(fn, kernel, x), y, options);
    });
  }

  /** Fits y to a precomputed n x n Gram matrix, or to a Gram operator. */
  static fitGram(
    gram: Matrix | GramOperator,
    y: ArrayLike<number>,
    options?: SupportVectorRegressorOptions,
  ): SupportVectorRegressor;
  static fitGram(
    gram: Matrix | GramOperator,
    y: ArrayLike<number>,
    options: SupportVectorRegressorOptions & PoolOptions,
  ): Promise<SupportVectorRegressor>;
  static fitGram(
    gram: Matrix | GramOperator,
    y: ArrayLike<number>,
    options: SupportVectorRegressorOptions & Partial<PoolOptions> = {},
  ): SupportVectorRegressor | Promise<SupportVectorRegressor> {
    const fn = "SupportVectorRegressor.fitGram";
    return perform(fn, options, () =>
      SupportVectorRegressor.#train(fn, gramOf(fn, gram), y, options),
    );
  }

  /** Two variables a point: b_i in [0, C] pulls the function up, b_(n + i) in [-C, 0] down. */
  static *#train(
    fn: string,
    points: TrainingPoints,
    y: ArrayLike<number>,
    options: SupportVectorRegressorOptions & Partial<PoolOptions>,
  ): Steps<SupportVectorRegressor> {
    const solver = smoOptions(fn, options);
    const { c = 1, epsilon = 0.1 } = options;
    checkPositive(fn, "c", c);
    checkNonNegative(fn, "epsilon", epsilon);
    const { n } = points.gram;
    const { data, cols } = checkTargets(fn, y, n);
    if (cols !== 1) throw shapeError(`${fn}: y must be one number a point, got ${cols}`);
    const both = (up: number, down: number) =>
      Float64Array.from({ length: 2 * n }, (_, k) => (k < n ? up : down));
    const problem = {
      rows: points.gram,
      low: both(0, -c),
      high: both(c, 0),
      q: both(epsilon, -epsilon).map((v, k) => v - data[k % n]!),
      start: new Float64Array(2 * n),
    };
    const solution = yield* smo(fn, problem, solver);
    const coefficients = matrix(
      n,
      1,
      data.map((_, i) => solution.b[i]! + solution.b[n + i]!),
    );
    return new SupportVectorRegressor(new KernelExpansion(points, coefficients), solution);
  }

  /** The indices of the training points with a coefficient. */
  get supportIndices(): Uint32Array {
    return this.#expansion.indices.slice();
  }

  /** The coefficients of the support vectors; a copy. */
  get coefficients(): Float64Array {
    return this.#expansion.coefficients.data;
  }

  /** The function at the rows of x (p x d; after `fitGram` kernel values, p x n): p numbers. */
  predict(x: Matrix): Float64Array {
    return this.#expansion
      .at("SupportVectorRegressor.predict", x)
      .data.map((v) => v + this.intercept);
  }
}
