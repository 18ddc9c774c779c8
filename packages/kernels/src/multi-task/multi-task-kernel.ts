import {
  checkNumbers,
  checkObject,
  type Matrix,
  matrix,
  type PoolOptions,
  shapeError,
  unsupportedError,
} from "@daily-kernel/compute";
import type { DerivativeTerm, Kernel, ParameterKind } from "../kernel.ts";
import {
  checkDifferentiable,
  checkKernel,
  isIntegrable,
  parameterKinds,
} from "../standard/check-kernel.ts";
import { checkCount, checkSameRows, checkWeights } from "../standard/check-points.ts";
import { gram } from "../standard/combined-kernel.ts";
import { contractGradients } from "../standard/contract-gradients.ts";
import { perform, step } from "../standard/steps.ts";
import { TaskCovariance, type TaskCovarianceOptions } from "./task-covariance.ts";
import { bothTaskPoints, checkTask, multiply, spread } from "./task-points.ts";

export interface MultiTaskOptions extends TaskCovarianceOptions {
  /** The kernel in x. */
  base: Kernel;
  /** T, how many tasks, 1 or more. */
  tasks: number;
}

/**
 * K((t, x), (t', x')) = C_tt' k(x, x') with a covariance C of the tasks, F F^T + diag(v) or L L^T
 * (Bonilla, Chai and Williams 2007). A point is a row [t, x_1 ... x_d], t in 0..T-1, so that the
 * dimension is d + 1. Parameters: the base kernel's (`base.scale`...), the factor's
 * (`factor[i][j]`, of the kind "real"), the diagonal's (`diagonal[t]`).
 */
export class MultiTaskKernel implements Kernel {
  readonly base: Kernel;
  readonly tasks: number;
  readonly dimension: number;
  readonly #covariance: TaskCovariance;

  constructor(options: MultiTaskOptions) {
    checkObject("MultiTaskKernel", "options", options);
    checkKernel("MultiTaskKernel", "base", options.base);
    checkCount("MultiTaskKernel", "tasks", options.tasks, 1);
    this.base = options.base;
    this.tasks = options.tasks;
    this.dimension = options.base.dimension + 1;
    this.#covariance = new TaskCovariance("MultiTaskKernel", options.tasks, options);
  }

  /** The T x T covariance of the tasks; a copy. */
  get taskMatrix(): Matrix {
    return matrix(this.tasks, this.tasks, this.#covariance.matrix.data.slice());
  }

  get parameterNames(): readonly string[] {
    const ofBase = this.base.parameterNames.map((name) => `base.${name}`);
    return [...ofBase, ...this.#covariance.parameterNames];
  }

  get parameterKinds(): readonly ParameterKind[] {
    const { factorParameters } = this.#covariance;
    return [
      ...parameterKinds(this.base),
      ...Array.from({ length: factorParameters }, () => "real" as const),
      ...Array.from({ length: this.tasks }, () => "positive" as const),
    ];
  }

  get parameters(): Float64Array {
    return Float64Array.of(...this.base.parameters, ...this.#covariance.parameters);
  }

  withParameters(parameters: ArrayLike<number>): MultiTaskKernel {
    const fn = "MultiTaskKernel.withParameters";
    checkNumbers(fn, "parameters", parameters);
    const names = this.parameterNames;
    if (parameters.length !== names.length) {
      throw shapeError(
        `${fn}: parameters must hold ${names.length} numbers (${names.join(", ")}), got ${parameters.length}`,
      );
    }
    const values = Array.from(parameters);
    const count = this.base.parameterNames.length;
    const base = this.base.withParameters(values.slice(0, count));
    return new MultiTaskKernel({
      base,
      tasks: this.tasks,
      ...this.#covariance.optionsFor(values.slice(count)),
    });
  }

  gram(x: Matrix, z: Matrix): Matrix;
  gram(x: Matrix, z: Matrix, options: PoolOptions): Promise<Matrix>;
  gram(x: Matrix, z: Matrix, options?: Partial<PoolOptions>): Matrix | Promise<Matrix> {
    const self = this;
    return perform("MultiTaskKernel.gram", options, function* () {
      const [left, right] = self.#points("gram", x, z);
      const ofTasks = spread(self.#covariance.matrix, left.tasks, right.tasks);
      return multiply(ofTasks, yield* step((o) => gram(self.base, left.points, right.points, o)));
    });
  }

  pairs(x: Matrix, z: Matrix): Float64Array {
    const [left, right] = this.#points("pairs", x, z);
    checkSameRows("MultiTaskKernel.pairs", x, z);
    const { matrix: covariance } = this.#covariance;
    return this.base.pairs(left.points, right.points).map((value, i) => {
      return value * covariance.data[left.tasks[i]! * this.tasks + right.tasks[i]!]!;
    });
  }

  gramGradients(x: Matrix, z: Matrix): Matrix[] {
    const [left, right] = this.#points("gramGradients", x, z);
    const ofTasks = spread(this.#covariance.matrix, left.tasks, right.tasks);
    const base = this.base.gram(left.points, right.points);
    return [
      ...this.base.gramGradients(left.points, right.points).map((g) => multiply(g, ofTasks)),
      ...this.#covariance
        .gradients()
        .map((g) => multiply(spread(g, left.tasks, right.tasks), base)),
    ];
  }

  contractGradients(x: Matrix, z: Matrix, weights: Matrix): Float64Array {
    const [left, right] = this.#points("contractGradients", x, z);
    checkWeights("MultiTaskKernel.contractGradients", weights, x.rows, z.rows);
    const ofTasks = spread(this.#covariance.matrix, left.tasks, right.tasks);
    const ofBase = contractGradients(
      this.base,
      left.points,
      right.points,
      multiply(ofTasks, weights),
    );
    // What each pair of tasks weighs; its product with dC follows.
    const { data } = this.base.gram(left.points, right.points);
    const byTasks = matrix(this.tasks, this.tasks);
    for (let i = 0, at = 0; i < x.rows; i++) {
      for (let j = 0; j < z.rows; j++, at++) {
        byTasks.data[left.tasks[i]! * this.tasks + right.tasks[j]!]! +=
          data[at]! * weights.data[at]!;
      }
    }
    const ofCovariance = this.#covariance
      .gradients()
      .map((g) => g.data.reduce((sum, value, i) => sum + value * byTasks.data[i]!, 0));
    return Float64Array.of(...ofBase, ...ofCovariance);
  }

  /** As of the base kernel: orders in x_1 ... x_d, without the task's column. */
  gramDerivative(x: Matrix, z: Matrix, terms: readonly DerivativeTerm[]): Matrix {
    const [left, right] = this.#points("gramDerivative", x, z);
    const { base } = this;
    checkDifferentiable("MultiTaskKernel.gramDerivative", "base", base);
    const ofTasks = spread(this.#covariance.matrix, left.tasks, right.tasks);
    return multiply(ofTasks, base.gramDerivative(left.points, right.points, terms));
  }

  /**
   * The integral over z in [0, 1]^d of K((t_i, x_i), (task, z)), for every row [t_i, x_i].
   * @throws Error `ERR_UNSUPPORTED` if the base kernel's integral is not known.
   */
  integral(x: Matrix, task: number): Float64Array {
    const [{ tasks, points }] = this.#points("integral", x, x);
    checkTask("MultiTaskKernel.integral", "task", task, this.tasks);
    const values = this.#integrable("integral").integral(points);
    return values.map((v, i) => v * this.#covariance.matrix.data[tasks[i]! * this.tasks + task]!);
  }

  /** The integral over x and z in [0, 1]^d of K((taskX, x), (taskZ, z)). */
  doubleIntegral(taskX: number, taskZ: number): number {
    checkTask("MultiTaskKernel.doubleIntegral", "taskX", taskX, this.tasks);
    checkTask("MultiTaskKernel.doubleIntegral", "taskZ", taskZ, this.tasks);
    const value = this.#integrable("doubleIntegral").doubleIntegral();
    return value * this.#covariance.matrix.data[taskX * this.tasks + taskZ]!;
  }

  #integrable(method: string) {
    const { base } = this;
    if (isIntegrable(base)) return base;
    throw unsupportedError(
      `MultiTaskKernel.${method}: the integrals of the base kernel are not known; take one with \`integral\``,
    );
  }

  #points(method: string, x: Matrix, z: Matrix) {
    return bothTaskPoints(`MultiTaskKernel.${method}`, x, z, this.dimension, this.tasks);
  }
}
