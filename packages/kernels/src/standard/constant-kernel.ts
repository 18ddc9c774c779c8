import { checkNumbers, checkObject, type Matrix, matrix, shapeError } from "@daily-kernel/compute";
import type { IntegrableKernel } from "../kernel.ts";
import { checkCount, checkPoints, checkPositive, checkSameRows } from "./check-points.ts";
import { contractMatrices } from "./contract-gradients.ts";

/** k(x, z) = S, one number: in a sum, an unknown constant of variance S. Parameter: `scale`. */
export class ConstantKernel implements IntegrableKernel {
  readonly dimension: number;
  readonly scale: number;
  readonly parameterNames = ["scale"];

  constructor(options: { dimension: number; scale?: number | undefined }) {
    checkObject("ConstantKernel", "options", options);
    const { dimension, scale = 1 } = options;
    checkCount("ConstantKernel", "dimension", dimension, 1);
    checkPositive("ConstantKernel", "scale", scale);
    this.dimension = dimension;
    this.scale = scale;
  }

  get parameters(): Float64Array {
    return Float64Array.of(this.scale);
  }

  withParameters(parameters: ArrayLike<number>): ConstantKernel {
    checkNumbers("ConstantKernel.withParameters", "parameters", parameters);
    if (parameters.length !== 1) {
      throw shapeError(
        `ConstantKernel.withParameters: parameters must hold 1 number (scale), got ${parameters.length}`,
      );
    }
    return new ConstantKernel({ dimension: this.dimension, scale: parameters[0] });
  }

  gram(x: Matrix, z: Matrix): Matrix {
    checkPoints("ConstantKernel.gram", "x", x, this.dimension);
    checkPoints("ConstantKernel.gram", "z", z, this.dimension);
    const out = matrix(x.rows, z.rows);
    out.data.fill(this.scale);
    return out;
  }

  pairs(x: Matrix, z: Matrix): Float64Array {
    checkPoints("ConstantKernel.pairs", "x", x, this.dimension);
    checkPoints("ConstantKernel.pairs", "z", z, this.dimension);
    checkSameRows("ConstantKernel.pairs", x, z);
    return new Float64Array(x.rows).fill(this.scale);
  }

  gramGradients(x: Matrix, z: Matrix): Matrix[] {
    return [this.gram(x, z)];
  }

  contractGradients(x: Matrix, z: Matrix, weights: Matrix): Float64Array {
    const fn = "ConstantKernel.contractGradients";
    return contractMatrices(fn, this.gramGradients(x, z), x, z, weights);
  }

  integral(x: Matrix): Float64Array {
    return this.pairs(x, x);
  }

  doubleIntegral(): number {
    return this.scale;
  }
}
