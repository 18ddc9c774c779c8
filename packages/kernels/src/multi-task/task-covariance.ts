import {
  checkNumbers,
  checkObject,
  checkType,
  domainError,
  type Matrix,
  matrix,
  shapeError,
  syrk,
} from "@daily-kernel/compute";
import { checkMatrix } from "../standard/check-points.ts";

/** How a covariance of T tasks is parametrised. */
export interface TaskCovarianceOptions {
  /**
   * "low-rank" (the default): F F^T + diag(v), F of T x r. "cholesky": L L^T, with `diagonal` on the
   * diagonal of L and `factor`, its T (T - 1) / 2 numbers below, row by row.
   */
  method?: "low-rank" | "cholesky" | undefined;
  /** A T x r matrix, or a number for all of its elements (r = 1); or L's numbers. Default 1. */
  factor?: Matrix | ArrayLike<number> | number | undefined;
  /** v, or L's diagonal: T numbers >= 0, or one for all. Default 1. */
  diagonal?: ArrayLike<number> | number | undefined;
}

/** A covariance between T tasks with its parameters: the factor's, of either sign, then the diagonal's. */
export class TaskCovariance {
  readonly tasks: number;
  readonly method: "low-rank" | "cholesky";
  /** F, or L with its diagonal: T x r. */
  readonly factor: Matrix;
  readonly diagonal: Float64Array;
  /** The T x T covariance. */
  readonly matrix: Matrix;

  constructor(fn: string, tasks: number, options: TaskCovarianceOptions) {
    checkObject(fn, "options", options);
    const { method = "low-rank", factor = 1, diagonal = 1 } = options;
    const known = method === "low-rank" || method === "cholesky";
    checkType(known, fn, "method", '"low-rank" or "cholesky"', method);
    this.tasks = tasks;
    this.method = method;
    this.diagonal = numbers(fn, "diagonal", diagonal, tasks);
    const negative = this.diagonal.findIndex((v) => v < 0);
    if (negative >= 0) {
      throw domainError(
        `${fn}: diagonal[${negative}] must be >= 0, got ${this.diagonal[negative]}`,
      );
    }
    this.factor =
      method === "cholesky" ? triangle(fn, factor, this.diagonal) : rectangle(fn, factor, tasks);
    this.matrix = syrk(this.factor);
    if (method === "low-rank") {
      for (let t = 0; t < tasks; t++) this.matrix.data[t * (tasks + 1)]! += this.diagonal[t]!;
    }
  }

  /** Where the factor's parameters lie in the factor, row by row. */
  get #positions(): number[] {
    const { cols, data } = this.factor;
    const all = Array.from(data.keys());
    if (this.method === "low-rank") return all;
    return all.filter((index) => index % cols < Math.floor(index / cols));
  }

  get parameterNames(): string[] {
    const { cols } = this.factor;
    return [
      ...this.#positions.map((index) => `factor[${Math.floor(index / cols)}][${index % cols}]`),
      ...Array.from(this.diagonal, (_, t) => `diagonal[${t}]`),
    ];
  }

  get factorParameters(): number {
    return this.#positions.length;
  }

  get parameters(): Float64Array {
    return Float64Array.of(
      ...this.#positions.map((index) => this.factor.data[index]!),
      ...this.diagonal,
    );
  }

  /** What makes the covariance of the same shape with other parameters. */
  optionsFor(parameters: readonly number[]): TaskCovarianceOptions {
    const count = this.factorParameters;
    const entries = parameters.slice(0, count);
    const { rows, cols } = this.factor;
    const { method } = this;
    const factor = method === "cholesky" ? entries : matrix(rows, cols, entries);
    return { method, factor, diagonal: parameters.slice(count) };
  }

  /**
   * The derivative of the T x T covariance by each parameter (by the log of the diagonal's, so 0 for
   * a diagonal of 0).
   * d(F F^T)/dF_ij has row and column i from F's column j.
   */
  gradients(): Matrix[] {
    const { factor, diagonal, tasks } = this;
    const byEntry = (row: number, column: number, step: number): Matrix => {
      const out = matrix(tasks, tasks);
      for (let t = 0; t < tasks; t++) {
        const value = step * factor.data[t * factor.cols + column]!;
        out.data[row * tasks + t]! += value;
        out.data[t * tasks + row]! += value;
      }
      return out;
    };
    const ofFactor = this.#positions.map((index) =>
      byEntry(Math.floor(index / factor.cols), index % factor.cols, 1),
    );
    const ofDiagonal = Array.from(diagonal, (value, t) => {
      if (this.method === "cholesky") return byEntry(t, t, value);
      const out = matrix(tasks, tasks);
      out.data[t * (tasks + 1)] = value;
      return out;
    });
    return [...ofFactor, ...ofDiagonal];
  }
}

function numbers(fn: string, name: string, value: unknown, count: number): Float64Array {
  if (typeof value === "number") value = new Float64Array(count).fill(value);
  checkNumbers(fn, name, value);
  if (value.length !== count) {
    throw shapeError(`${fn}: ${name} must be one number or ${count}, got ${value.length}`);
  }
  const copy = Float64Array.from(value);
  const bad = copy.findIndex((v) => !Number.isFinite(v));
  if (bad >= 0) throw domainError(`${fn}: ${name}[${bad}] must be finite, got ${copy[bad]}`);
  return copy;
}

function triangle(fn: string, factor: unknown, diagonal: Float64Array): Matrix {
  const tasks = diagonal.length;
  const below = numbers(fn, "factor", factor, (tasks * (tasks - 1)) / 2);
  const out = matrix(tasks, tasks);
  for (let i = 0, at = 0; i < tasks; i++) {
    for (let j = 0; j < i; j++, at++) out.data[i * tasks + j] = below[at]!;
    out.data[i * tasks + i] = diagonal[i]!;
  }
  return out;
}

function rectangle(fn: string, factor: unknown, tasks: number): Matrix {
  if (typeof factor !== "object") return matrix(tasks, 1, numbers(fn, "factor", factor, tasks));
  checkMatrix(fn, "factor", factor);
  if (factor.rows !== tasks) {
    throw shapeError(`${fn}: factor must have ${tasks} rows, got ${factor.rows}x${factor.cols}`);
  }
  return matrix(factor.rows, factor.cols, factor.data.slice());
}
