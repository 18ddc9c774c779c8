import {
  checkNumbers,
  checkObject,
  type Matrix,
  matmul,
  matrix,
  numericError,
  shapeError,
  syrk,
} from "@daily-kernel/compute";
import type { Kernel } from "../kernel.ts";
import { checkNonNegative } from "../regression/factor.ts";
import { checkCount, checkPoints, checkPositive, checkSameRows } from "../standard/check-points.ts";

export interface DotProductKernelOptions {
  /** Length d of a point, 1 or more. */
  dimension: number;
  /** S > 0, a factor. Default 1. */
  scale?: number | undefined;
  /** c >= 0, added to the inner product; no hyper-parameter if it is 0. Default 1. */
  bias?: number | undefined;
  /** gamma: one length for all dimensions, or an array of d. Default 1. */
  lengthscales?: number | ArrayLike<number> | undefined;
}

/** u = c + x.z, a = c + x.x, b = c + z.z of the scaled points, and the angle if it was asked for. */
export interface Products {
  u: number;
  a: number;
  b: number;
  angle: number;
}

/** Derivatives of the kernel: by u, and by log a and log b, which are the same. */
export interface Slopes {
  u: number;
  log: number;
}

/**
 * A kernel of u = c + sum_j x_j z_j / gamma_j^2 and of the same of x with x and of z with z. Parameters:
 * `scale`, `bias` unless it is 0, then `lengthscale` or `lengthscales[j]`.
 */
export abstract class DotProductKernel implements Kernel {
  readonly dimension: number;
  readonly scale: number;
  readonly bias: number;
  readonly #lengthscales: Float64Array;

  constructor(options: DotProductKernelOptions) {
    const name = new.target.name;
    checkObject(name, "options", options);
    const { dimension, scale = 1, bias = 1, lengthscales = 1 } = options;
    checkCount(name, "dimension", dimension, 1);
    checkPositive(name, "scale", scale);
    checkNonNegative(name, "bias", bias);
    const lengths = typeof lengthscales === "number" ? [lengthscales] : lengthscales;
    checkNumbers(name, "lengthscales", lengths);
    if (lengths.length !== 1 && lengths.length !== dimension) {
      throw shapeError(
        `${name}: lengthscales must be one number or ${dimension}, got ${lengths.length}`,
      );
    }
    for (let j = 0; j < lengths.length; j++) checkPositive(name, `lengthscales[${j}]`, lengths[j]);
    this.dimension = dimension;
    this.scale = scale;
    this.bias = bias;
    this.#lengthscales = Float64Array.from(lengths);
  }

  /** The kernel of one pair of points; `scale` included. */
  protected abstract value(pair: Products): number;
  protected abstract slopes(pair: Products): Slopes;
  /** Angles between the scaled points, the bias one more coordinate; undefined if there is no need. */
  protected abstract angles(fn: string, x: Matrix, z: Matrix): Matrix | undefined;
  /** Options beside the common ones, for `withParameters`. */
  protected abstract constants(): Readonly<Record<string, number>>;

  /** gamma: one number, or one a dimension; a copy. */
  get lengthscales(): Float64Array {
    return this.#lengthscales.slice();
  }

  get parameterNames(): readonly string[] {
    const { length } = this.#lengthscales;
    const lengths = Array.from({ length }, (_, j) =>
      length === 1 ? "lengthscale" : `lengthscales[${j}]`,
    );
    return ["scale", ...(this.bias > 0 ? ["bias"] : []), ...lengths];
  }

  get parameters(): Float64Array {
    return Float64Array.of(
      this.scale,
      ...(this.bias > 0 ? [this.bias] : []),
      ...this.#lengthscales,
    );
  }

  withParameters(parameters: ArrayLike<number>): this {
    const name = `${this.constructor.name}.withParameters`;
    const names = this.parameterNames;
    checkNumbers(name, "parameters", parameters);
    if (parameters.length !== names.length) {
      throw shapeError(
        `${name}: parameters must hold ${names.length} numbers (${names.join(", ")}), got ${parameters.length}`,
      );
    }
    const values = Array.from(parameters);
    if (this.bias > 0) checkPositive(name, "bias", values[1]);
    const create = this.constructor as new (options: object) => this;
    return new create({
      ...this.constants(),
      dimension: this.dimension,
      scale: values[0],
      bias: this.bias > 0 ? values[1] : 0,
      lengthscales: values.slice(this.bias > 0 ? 2 : 1),
    });
  }

  gram(x: Matrix, z: Matrix): Matrix {
    const out = matrix(x.rows, z.rows);
    const fn = `${this.constructor.name}.gram`;
    this.#eachPair(fn, x, z, (pair, i, j) => {
      const value = this.value(pair);
      if (!Number.isFinite(value)) throw tooLarge(fn, i, j);
      out.data[i * z.rows + j] = value;
    });
    return out;
  }

  pairs(x: Matrix, z: Matrix): Float64Array {
    const fn = `${this.constructor.name}.pairs`;
    checkPoints(fn, "x", x, this.dimension);
    checkPoints(fn, "z", z, this.dimension);
    checkSameRows(fn, x, z);
    const d = this.dimension;
    const point = ({ data }: Matrix, i: number) => matrix(1, d, data.slice(i * d, (i + 1) * d));
    return Float64Array.from({ length: x.rows }, (_, i) => {
      const first = point(x, i);
      return this.gram(first, x === z ? first : point(z, i)).data[0]!;
    });
  }

  gramGradients(x: Matrix, z: Matrix): Matrix[] {
    const fn = `${this.constructor.name}.gramGradients`;
    const gradients = this.parameterNames.map(() => matrix(x.rows, z.rows));
    const lengths = this.#lengthscales.length;
    const own = gradients.slice(-lengths);
    const [scale, bias] = gradients;
    this.#eachPair(fn, x, z, (pair, i, j, p, q) => {
      const at = i * z.rows + j;
      const { u, a, b } = pair;
      const slopes = this.slopes(pair);
      const value = this.value(pair);
      if (!Number.isFinite(value)) throw tooLarge(fn, i, j);
      scale!.data[at] = value;
      const byLogs = (du: number, da: number, db: number) =>
        slopes.u * du + slopes.log * ((a > 0 ? da / a : 0) + (b > 0 ? db / b : 0));
      const c = this.bias;
      if (c > 0) bias!.data[at] = byLogs(c, c, c);
      if (lengths === 1) {
        own[0]!.data[at] = byLogs(-2 * (u - c), -2 * (a - c), -2 * (b - c));
        return;
      }
      for (const [k, gradient] of own.entries()) {
        gradient.data[at] = byLogs(-2 * p[k]! * q[k]!, -2 * p[k]! ** 2, -2 * q[k]! ** 2);
      }
    });
    return gradients;
  }

  #eachPair(
    fn: string,
    x: Matrix,
    z: Matrix,
    visit: (pair: Products, i: number, j: number, p: Float64Array, q: Float64Array) => void,
  ): void {
    checkPoints(fn, "x", x, this.dimension);
    checkPoints(fn, "z", z, this.dimension);
    const right = this.scaled(z);
    const left = x === z ? right : this.scaled(x);
    const products = x === z ? syrk(left) : matmul(left, right, { transposeB: true });
    const [a, b] = [squaredNorms(left), squaredNorms(right)];
    const angles = this.angles(fn, left, right);
    const d = this.dimension;
    const points = ({ data }: Matrix, i: number) => data.subarray(i * d, (i + 1) * d);
    const rights = Array.from({ length: z.rows }, (_, j) => points(right, j));
    const pair = { u: 0, a: 0, b: 0, angle: 0 };
    for (let i = 0; i < x.rows; i++) {
      const p = points(left, i);
      pair.a = this.bias + a[i]!;
      for (let j = 0; j < z.rows; j++) {
        pair.u = this.bias + products.data[i * z.rows + j]!;
        pair.b = this.bias + b[j]!;
        if (angles) pair.angle = angles.data[i * z.rows + j]!;
        visit(pair, i, j, p, rights[j]!);
      }
    }
  }

  /** x_j / gamma_j. */
  protected scaled({ data, rows, cols }: Matrix): Matrix {
    const lengths = this.#lengthscales;
    return matrix(
      rows,
      cols,
      data.map((v, i) => v / lengths[lengths.length === 1 ? 0 : i % cols]!),
    );
  }
}

export function squaredNorms({ data, rows, cols }: Matrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let k = i * cols; k < (i + 1) * cols; k++) sum += data[k]! ** 2;
    return sum;
  });
}

const tooLarge = (fn: string, i: number, j: number) =>
  numericError(
    `${fn}: the kernel of row ${i} of x and row ${j} of z overflows; scale x and z down`,
  );
