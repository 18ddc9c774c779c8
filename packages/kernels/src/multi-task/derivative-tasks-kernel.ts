import {
  checkNumbers,
  checkObject,
  checkType,
  type Matrix,
  matrix,
  shapeError,
} from "@daily-kernel/compute";
import type { DerivativeTerm, DifferentiableKernel, Kernel, ParameterKind } from "../kernel.ts";
import { checkDifferentiable, parameterKinds } from "../standard/check-kernel.ts";
import { checkCount, checkSameRows } from "../standard/check-points.ts";
import { contractMatrices } from "../standard/contract-gradients.ts";
import { bothTaskPoints, type TaskPoints } from "./task-points.ts";

export interface DerivativeTasksOptions {
  /** The kernel of the function itself. */
  base: DifferentiableKernel;
  /** What each task observes: the orders of a partial derivative, d whole numbers a task. */
  derivatives: readonly ArrayLike<number>[];
}

/**
 * The kernel of observations of one function and of its partial derivatives: with b_t the orders of
 * task t, K((t, x), (t', x')) = d^(b_t)/dx d^(b_t')/dx' k(x, x'). Points are rows [t, x_1 ... x_d], as
 * of `MultiTaskKernel`; the parameters are the base kernel's.
 */
export class DerivativeTasksKernel implements Kernel {
  readonly base: DifferentiableKernel;
  readonly derivatives: readonly Float64Array[];
  readonly dimension: number;

  constructor(options: DerivativeTasksOptions) {
    const fn = "DerivativeTasksKernel";
    checkObject(fn, "options", options);
    const { base, derivatives } = options;
    checkDifferentiable(fn, "base", base);
    const isArray = Array.isArray(derivatives);
    checkType(isArray, fn, "derivatives", "an array of the orders of each task", derivatives);
    if (derivatives.length === 0) {
      throw shapeError(`${fn}: derivatives must hold the orders of one task at least, got none`);
    }
    this.base = base;
    this.dimension = base.dimension + 1;
    this.derivatives = derivatives.map((orders, t) => {
      checkNumbers(fn, `derivatives[${t}]`, orders);
      if (orders.length !== base.dimension) {
        throw shapeError(
          `${fn}: derivatives[${t}] must hold ${base.dimension} orders, got ${orders.length}`,
        );
      }
      for (let j = 0; j < orders.length; j++)
        checkCount(fn, `derivatives[${t}][${j}]`, orders[j], 0);
      return Float64Array.from(orders);
    });
    // Asks the base kernel, before any data, whether it is smooth enough for every pair of tasks.
    const none = matrix(0, base.dimension);
    for (const orders of this.derivatives)
      base.gramDerivative(none, none, [{ x: orders, z: orders }]);
  }

  get parameterNames(): readonly string[] {
    return this.base.parameterNames;
  }

  get parameterKinds(): readonly ParameterKind[] {
    return parameterKinds(this.base);
  }

  get parameters(): Float64Array {
    return this.base.parameters;
  }

  withParameters(parameters: ArrayLike<number>): DerivativeTasksKernel {
    const base = this.base.withParameters(parameters) as DifferentiableKernel;
    return new DerivativeTasksKernel({ base, derivatives: this.derivatives });
  }

  gram(x: Matrix, z: Matrix): Matrix {
    const [out] = this.#blocks("gram", x, z, 1, (a, b, term) => [
      this.base.gramDerivative(a, b, [term]),
    ]);
    // Each of a pair of blocks rounds in its own way.
    if (x === z) mirror(out!);
    return out!;
  }

  pairs(x: Matrix, z: Matrix): Float64Array {
    bothTaskPoints("DerivativeTasksKernel.pairs", x, z, this.dimension, this.derivatives.length);
    checkSameRows("DerivativeTasksKernel.pairs", x, z);
    const row = (m: Matrix, i: number) =>
      matrix(1, m.cols, m.data.slice(i * m.cols, (i + 1) * m.cols));
    return Float64Array.from(
      { length: x.rows },
      (_, i) => this.gram(row(x, i), row(z, i)).data[0]!,
    );
  }

  gramGradients(x: Matrix, z: Matrix): Matrix[] {
    const count = this.parameterNames.length;
    return this.#blocks("gramGradients", x, z, count, (a, b, term) =>
      this.base.derivativeGradients(a, b, [term]),
    );
  }

  contractGradients(x: Matrix, z: Matrix, weights: Matrix): Float64Array {
    const fn = "DerivativeTasksKernel.contractGradients";
    return contractMatrices(fn, this.gramGradients(x, z), x, z, weights);
  }

  /** `count` m x n matrices, put together from those of each pair of tasks. */
  #blocks(
    method: string,
    x: Matrix,
    z: Matrix,
    count: number,
    compute: (x: Matrix, z: Matrix, term: DerivativeTerm) => Matrix[],
  ): Matrix[] {
    const fn = `DerivativeTasksKernel.${method}`;
    const [left, right] = bothTaskPoints(fn, x, z, this.dimension, this.derivatives.length);
    const out = Array.from({ length: count }, () => matrix(x.rows, z.rows));
    const columns = this.derivatives.map((_, t) => rowsOf(right, t));
    this.derivatives.forEach((inX, t) => {
      const { rows, points } = rowsOf(left, t);
      this.derivatives.forEach((inZ, u) => {
        const other = columns[u]!;
        if (rows.length === 0 || other.rows.length === 0) return;
        const block = compute(points, other.points, { x: inX, z: inZ });
        block.forEach(({ data }, p) => {
          rows.forEach((i, a) => {
            other.rows.forEach((j, b) => {
              out[p]!.data[i * z.rows + j] = data[a * other.rows.length + b]!;
            });
          });
        });
      });
    });
    return out;
  }
}

function rowsOf({ tasks, points }: TaskPoints, task: number): { rows: number[]; points: Matrix } {
  const rows = Array.from(tasks.keys()).filter((i) => tasks[i] === task);
  const out = matrix(rows.length, points.cols);
  rows.forEach((i, a) => {
    out.data.set(points.data.subarray(i * points.cols, (i + 1) * points.cols), a * points.cols);
  });
  return { rows, points: out };
}

function mirror({ data, rows }: Matrix): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) data[j * rows + i] = data[i * rows + j]!;
  }
}
