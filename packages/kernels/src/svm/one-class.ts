import { domainError, type Matrix, matrix, type PoolOptions } from "@daily-kernel/compute";
import type { GramOperator } from "../gram-operators/gram-operator.ts";
import type { Kernel } from "../kernel.ts";
import { checkPositive } from "../standard/check-points.ts";
import { perform, type Steps } from "../standard/steps.ts";
import { type SupportVectorOptions, smoOptions } from "./options.ts";
import { smo } from "./smo.ts";
import { gramOf, KernelExpansion, pointsOf, type TrainingPoints } from "./training-points.ts";

export interface OneClassOptions extends SupportVectorOptions {
  /** At most this share of the training points lies outside, at least this share supports; in (0, 1]. Default 0.5. */
  nu?: number | undefined;
}

/** The support of a distribution, by a one-class machine (Schoelkopf et al. 2001). Immutable. */
export class OneClassSupport {
  /** The decision function is sum_i b_i k(x_i, x) - rho. */
  readonly rho: number;
  readonly objective: number;
  readonly iterations: number;
  readonly #expansion: KernelExpansion;

  private constructor(
    expansion: KernelExpansion,
    solution: { rho: number; objective: number; iterations: number },
  ) {
    this.#expansion = expansion;
    this.rho = solution.rho;
    this.objective = solution.objective;
    this.iterations = solution.iterations;
  }

  /** Fits the rows of x (n x d). With `{ pool, signal? }` a promise. */
  static fit(kernel: Kernel, x: Matrix, options?: OneClassOptions): OneClassSupport;
  static fit(
    kernel: Kernel,
    x: Matrix,
    options: OneClassOptions & PoolOptions,
  ): Promise<OneClassSupport>;
  static fit(
    kernel: Kernel,
    x: Matrix,
    options: OneClassOptions & Partial<PoolOptions> = {},
  ): OneClassSupport | Promise<OneClassSupport> {
    const fn = "OneClassSupport.fit";
    return perform(fn, options, function* () {
      return yield* OneClassSupport.#train(fn, yield* pointsOf(fn, kernel, x), options);
    });
  }

  /** Fits a precomputed n x n Gram matrix, or a Gram operator. */
  static fitGram(gram: Matrix | GramOperator, options?: OneClassOptions): OneClassSupport;
  static fitGram(
    gram: Matrix | GramOperator,
    options: OneClassOptions & PoolOptions,
  ): Promise<OneClassSupport>;
  static fitGram(
    gram: Matrix | GramOperator,
    options: OneClassOptions & Partial<PoolOptions> = {},
  ): OneClassSupport | Promise<OneClassSupport> {
    const fn = "OneClassSupport.fitGram";
    return perform(fn, options, () => OneClassSupport.#train(fn, gramOf(fn, gram), options));
  }

  static *#train(
    fn: string,
    points: TrainingPoints,
    options: OneClassOptions & Partial<PoolOptions>,
  ): Steps<OneClassSupport> {
    const solver = smoOptions(fn, options);
    const { nu = 0.5 } = options;
    checkPositive(fn, "nu", nu);
    if (nu > 1) throw domainError(`${fn}: nu must be at most 1, got ${nu}`);
    const { n } = points.gram;
    const problem = {
      rows: points.gram,
      low: new Float64Array(n),
      high: new Float64Array(n).fill(1),
      q: new Float64Array(n),
      start: Float64Array.from({ length: n }, (_, i) => Math.min(1, Math.max(0, nu * n - i))),
    };
    const solution = yield* smo(fn, problem, solver);
    return new OneClassSupport(new KernelExpansion(points, matrix(n, 1, solution.b)), solution);
  }

  /** The indices of the training points with a coefficient. */
  get supportIndices(): Uint32Array {
    return this.#expansion.indices.slice();
  }

  /** The coefficients of the support vectors, in [0, 1], nu n in sum; a copy. */
  get coefficients(): Float64Array {
    return this.#expansion.coefficients.data;
  }

  /** Positive inside, negative outside, at the rows of x (p x d; after `fitGram` p x n). */
  decisionFunction(x: Matrix): Float64Array {
    return this.#expansion.at("OneClassSupport.decisionFunction", x).data.map((v) => v - this.rho);
  }
}
