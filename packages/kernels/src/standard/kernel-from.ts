import { checkType, domainError, type Matrix, matrix, shapeError } from "@daily-kernel/compute";
import type { Kernel } from "../kernel.ts";
import { checkCount, checkPoints, checkSameRows } from "./check-points.ts";
import { contractMatrices } from "./contract-gradients.ts";

/**
 * A kernel from a function of two points (Float64Arrays of `dimension` numbers, not to be kept or
 * written to), without hyper-parameters; `product` and `scaled` give it some. The function must be
 * symmetric and positive semi-definite, which is not checked, and finite, which is:
 * `ERR_DOMAIN` on use.
 */
export function kernelFrom(
  evaluate: (x: Float64Array, z: Float64Array) => number,
  dimension: number,
): Kernel {
  checkType(typeof evaluate === "function", "kernelFrom", "evaluate", "a function", evaluate);
  checkCount("kernelFrom", "dimension", dimension, 1);
  return new FunctionKernel(evaluate, dimension);
}

class FunctionKernel implements Kernel {
  readonly parameterNames = [];
  readonly dimension: number;
  readonly #evaluate: (x: Float64Array, z: Float64Array) => number;

  constructor(evaluate: (x: Float64Array, z: Float64Array) => number, dimension: number) {
    this.#evaluate = evaluate;
    this.dimension = dimension;
  }

  get parameters() {
    return new Float64Array(0);
  }

  withParameters(parameters: ArrayLike<number>): this {
    if (parameters.length > 0) {
      throw shapeError(
        `kernelFrom: the kernel has no parameters, withParameters got ${parameters.length}`,
      );
    }
    return this;
  }

  gram(x: Matrix, z: Matrix): Matrix {
    this.#check(x, z);
    const out = matrix(x.rows, z.rows);
    for (let i = 0; i < x.rows; i++) {
      for (let j = x === z ? i : 0; j < z.rows; j++) {
        const value = this.#value(x, i, z, j);
        out.data[i * z.rows + j] = value;
        if (x === z) out.data[j * z.rows + i] = value;
      }
    }
    return out;
  }

  pairs(x: Matrix, z: Matrix): Float64Array {
    this.#check(x, z);
    checkSameRows("kernelFrom", x, z);
    return Float64Array.from({ length: x.rows }, (_, i) => this.#value(x, i, z, i));
  }

  gramGradients(x: Matrix, z: Matrix): Matrix[] {
    this.#check(x, z);
    return [];
  }

  contractGradients(x: Matrix, z: Matrix, weights: Matrix): Float64Array {
    const fn = "kernelFrom";
    return contractMatrices(fn, this.gramGradients(x, z), x, z, weights);
  }

  #check(x: Matrix, z: Matrix): void {
    checkPoints("kernelFrom", "x", x, this.dimension);
    checkPoints("kernelFrom", "z", z, this.dimension);
  }

  #value(x: Matrix, i: number, z: Matrix, j: number): number {
    const d = this.dimension;
    const value = this.#evaluate(
      x.data.subarray(i * d, (i + 1) * d),
      z.data.subarray(j * d, (j + 1) * d),
    );
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw domainError(
        `kernelFrom: the function must return a finite number, got ${value} for row ${i} of x and row ${j} of z`,
      );
    }
    return value;
  }
}
