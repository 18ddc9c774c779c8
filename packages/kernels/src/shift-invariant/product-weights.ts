import { checkNumbers, checkObject, shapeError } from "@daily-kernel/compute";
import { checkCount, checkPositive } from "../standard/check-points.ts";

/** What all shift-invariant kernels are made with. */
export interface ProductFormOptions {
  /** Length d of a point, 1 or more. */
  dimension: number;
  /** S, the integral of the kernel over the unit cube. Default 1. */
  scale?: number | undefined;
  /**
   * The product weights gamma: one for all dimensions (a number, or an array of one), or an array of
   * d. Default 2^(1/d) - 1 for each of the d.
   */
  lengthscales?: number | ArrayLike<number> | undefined;
}

/** Checked `ProductFormOptions`; one or `dimension` lengthscales. */
export interface ProductWeights {
  dimension: number;
  scale: number;
  lengthscales: Float64Array;
}

/** Checks the options of a kernel of class `name`. */
export function productWeights(name: string, options: ProductFormOptions): ProductWeights {
  checkObject(name, "options", options);
  const { dimension, scale = 1 } = options;
  checkCount(name, "dimension", dimension, 1);
  checkPositive(name, "scale", scale);
  const given = options.lengthscales ?? new Float64Array(dimension).fill(2 ** (1 / dimension) - 1);
  const lengthscales = typeof given === "number" ? [given] : given;
  checkNumbers(name, "lengthscales", lengthscales);
  if (lengthscales.length !== 1 && lengthscales.length !== dimension) {
    throw shapeError(
      `${name}: lengthscales must be one number or ${dimension}, got ${lengthscales.length}`,
    );
  }
  for (let j = 0; j < lengthscales.length; j++) {
    checkPositive(name, `lengthscales[${j}]`, lengthscales[j]);
  }
  return { dimension, scale, lengthscales: Float64Array.from(lengthscales) };
}
