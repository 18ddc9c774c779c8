import {
  checkNumbers,
  checkPoolOptions,
  type Matrix,
  type PoolOptions,
  shapeError,
} from "@daily-kernel/compute";
import type { Kernel, ParameterKind } from "../kernel.ts";
import { checkKernel, parameterKinds } from "./check-kernel.ts";

/** A kernel made of kernels on the same points, with their hyper-parameters one after the other. */
export abstract class CombinedKernel implements Kernel {
  readonly kernels: readonly Kernel[];
  readonly dimension: number;

  /** `fn` begins the message of errors. */
  constructor(fn: string, kernels: readonly Kernel[]) {
    for (let i = 0; i < kernels.length; i++) checkKernel(fn, `kernel ${i}`, kernels[i]);
    const [first] = kernels;
    if (!first) throw shapeError(`${fn}: at least one kernel is needed, got none`);
    const other = kernels.find(({ dimension }) => dimension !== first.dimension);
    if (other) {
      throw shapeError(
        `${fn}: all kernels must have one dimension, got ${first.dimension} and ${other.dimension}`,
      );
    }
    this.kernels = [...kernels];
    this.dimension = first.dimension;
  }

  protected abstract rebuild(kernels: readonly Kernel[]): Kernel;
  /** What the numbers of the kernels at one pair of points make together. */
  protected abstract combine(values: readonly Float64Array[]): Float64Array;
  abstract gramGradients(x: Matrix, z: Matrix): Matrix[];
  abstract contractGradients(x: Matrix, z: Matrix, weights: Matrix): Float64Array;

  get parameterNames(): readonly string[] {
    return this.kernels.flatMap((k, i) => k.parameterNames.map((name) => `kernels[${i}].${name}`));
  }

  get parameterKinds(): readonly ParameterKind[] {
    return this.kernels.flatMap(parameterKinds);
  }

  get parameters(): Float64Array {
    return Float64Array.from(this.kernels.flatMap((kernel) => Array.from(kernel.parameters)));
  }

  withParameters(parameters: ArrayLike<number>): Kernel {
    checkNumbers("withParameters", "parameters", parameters);
    const needed = this.parameterNames.length;
    if (parameters.length !== needed) {
      throw shapeError(
        `withParameters: parameters must hold ${needed} numbers (${this.parameterNames.join(", ")}), got ${parameters.length}`,
      );
    }
    let at = 0;
    const kernels = this.kernels.map((kernel) => {
      const count = kernel.parameterNames.length;
      at += count;
      return kernel.withParameters(Array.from(parameters).slice(at - count, at));
    });
    return this.rebuild(kernels);
  }

  gram(x: Matrix, z: Matrix): Matrix;
  gram(x: Matrix, z: Matrix, options: PoolOptions): Promise<Matrix>;
  gram(x: Matrix, z: Matrix, options?: Partial<PoolOptions>): Matrix | Promise<Matrix> {
    const joined = (grams: readonly Matrix[]): Matrix => ({
      data: this.combine(grams.map(({ data }) => data)),
      rows: x.rows,
      cols: z.rows,
    });
    if (options?.pool !== undefined) {
      // Each in a promise of its own: what one throws must not leave another's unheard.
      const grams = this.kernels.map(async (kernel) => gram(kernel, x, z, options));
      return Promise.all(grams).then(joined);
    }
    checkPoolOptions(`${this.constructor.name}.gram`, options);
    return joined(this.kernels.map((kernel) => gram(kernel, x, z) as Matrix));
  }

  pairs(x: Matrix, z: Matrix): Float64Array {
    return this.combine(this.kernels.map((kernel) => kernel.pairs(x, z)));
  }
}

/** The Gram matrix, on the pool if one is given and the kernel can use it. */
export function gram(
  kernel: Kernel,
  x: Matrix,
  z: Matrix,
  options?: Partial<PoolOptions>,
): Matrix | Promise<Matrix> {
  return (kernel.gram as (x: Matrix, z: Matrix, o?: object) => Matrix | Promise<Matrix>).call(
    kernel,
    x,
    z,
    options,
  );
}
