import {
  checkObject,
  checkType,
  domainError,
  type Matrix,
  type MatrixF32,
  matrix,
  shapeError,
  typeError,
} from "@daily-kernel/compute";
import { numpy as np } from "@jax-js/jax";
import { checkTensor, type Tensor } from "./tensor.ts";

type JaxArray = np.Array;

/**
 * A jax-js array on the default device with the numbers of a tensor or matrix, in float32 (double
 * precision is rounded). The caller owns it: pass it on, or `dispose()` of it.
 * @throws TypeError `ERR_TYPE`, RangeError `ERR_SHAPE` for what is no tensor or matrix;
 *   `ERR_DOMAIN` if a finite number is too large for float32.
 */
export function toJax(source: Tensor | Matrix | MatrixF32): JaxArray {
  checkObject("toJax", "source", source);
  const shape = "shape" in source ? source.shape : [source.rows, source.cols];
  const data = source.data instanceof Float64Array ? rounded(source.data) : source.data;
  checkTensor("toJax", "source", { data, shape });
  return np.array(data.slice()).reshape([...shape]);
}

function rounded(data: Float64Array): Float32Array {
  const out = Float32Array.from(data);
  const index = out.findIndex((x, i) => !Number.isFinite(x) && Number.isFinite(data[i]));
  if (index >= 0) {
    throw domainError(`toJax: source is too large for float32, ${data[index]} at index ${index}`);
  }
  return out;
}

/**
 * The numbers of a float32 jax-js array as a tensor of the caller's own. Like every jax-js function
 * it takes the array over: pass `array.ref` to go on using it.
 * @throws TypeError `ERR_TYPE` for another dtype (`array.astype(np.float32)` converts).
 */
export async function fromJax(array: JaxArray): Promise<Tensor> {
  checkType(array instanceof np.Array, "fromJax", "array", "a jax-js array", array);
  const { dtype, shape } = array;
  const data = await array.data();
  if (!(data instanceof Float32Array)) {
    throw typeError(`fromJax: array must be float32, got ${dtype}`);
  }
  return { data: data.slice(), shape: [...shape] };
}

/**
 * A float32 jax-js array of two axes as a matrix in double precision; takes the array over.
 * @throws RangeError `ERR_SHAPE` unless the array has two axes; otherwise as `fromJax`.
 */
export async function matrixFromJax(array: JaxArray): Promise<Matrix> {
  const { data, shape } = await fromJax(array);
  const [rows, cols] = shape;
  if (shape.length !== 2 || rows === undefined || cols === undefined) {
    throw shapeError(`matrixFromJax: array must have two axes, got shape [${shape.join(", ")}]`);
  }
  return matrix(rows, cols, data);
}
