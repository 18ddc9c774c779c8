import { allocate, checkNumbers, domainError, shapeError, typeError } from "@daily-kernel/compute";

/** A dense row-major array in single precision: the last axis of `shape` is contiguous. */
export interface Tensor {
  data: Float32Array;
  shape: readonly number[];
}

/** The product of a shape's sizes. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/**
 * A tensor of zeros, or of `data` in row-major order (copied unless a Float32Array).
 * @throws RangeError `ERR_DOMAIN` for a size that is not a whole number >= 1, `ERR_SHAPE` if
 *   `data.length` is not their product; TypeError `ERR_TYPE` for data that are no numbers; Error
 *   `ERR_UNSUPPORTED` where the runtime cannot allocate so much.
 */
export function tensor(shape: readonly number[], data?: ArrayLike<number>): Tensor {
  checkShape("tensor", "shape", shape);
  const size = sizeOf(shape);
  if (data === undefined) return { data: allocate("tensor", Float32Array, size), shape };
  checkNumbers("tensor", "data", data);
  const values = data instanceof Float32Array ? data : Float32Array.from(data);
  checkTensor("tensor", "data", { data: values, shape });
  return { data: values, shape };
}

function checkShape(fn: string, name: string, shape: unknown): void {
  if (!Array.isArray(shape)) throw typeError(`${fn}: ${name} must be an array of sizes`);
  const bad = shape.find((n) => !Number.isSafeInteger(n) || n < 1);
  if (bad !== undefined) {
    throw domainError(`${fn}: ${name} must hold whole numbers >= 1, got [${shape.join(", ")}]`);
  }
}

/** Throws unless `value` is a tensor whose length fits its shape; with `rank`, of that many axes. */
export function checkTensor(fn: string, name: string, value: Tensor, rank?: number): void {
  if (!(value?.data instanceof Float32Array)) {
    throw typeError(`${fn}: ${name} must be a tensor { data: Float32Array, shape }`);
  }
  checkShape(fn, `${name}.shape`, value.shape);
  const shape = `[${value.shape.join(", ")}]`;
  if (rank !== undefined && value.shape.length !== rank) {
    throw shapeError(`${fn}: ${name} must have ${rank} axes, got shape ${shape}`);
  }
  if (value.data.length !== sizeOf(value.shape)) {
    throw shapeError(
      `${fn}: ${name} of shape ${shape} must hold ${sizeOf(value.shape)} numbers, got ${value.data.length}`,
    );
  }
}

/** Throws `ERR_DOMAIN` for a tensor with NaN or an infinity in it, naming the first. */
export function checkFinite(fn: string, name: string, { data }: Tensor): void {
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  throw domainError(`${fn}: ${name} must be finite, got ${data[bad]} at index ${bad}`);
}
