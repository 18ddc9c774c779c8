import { shapeError } from "@daily-kernel/compute";
import { sizeOf } from "../tensor.ts";

/** A dense row-major array in double precision; indices and booleans are whole numbers in it. */
export interface Array64 {
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

/** An array of zeros, or of `data` in row-major order (copied unless a Float64Array). */
export function array64(shape: readonly number[], data?: ArrayLike<number>): Array64 {
  const wrong = shape.find((n) => !(Number.isSafeInteger(n) && n >= 0));
  if (wrong !== undefined) {
    throw shapeError(`array64: shape must hold whole numbers >= 0, got ${wrong}`);
  }
  const size = sizeOf(shape);
  if (data === undefined) return { data: new Float64Array(size), shape };
  if (data.length !== size) {
    throw shapeError(
      `array64: data of shape [${shape.join(", ")}] must hold ${size} numbers, got ${data.length}`,
    );
  }
  return { data: data instanceof Float64Array ? data : Float64Array.from(data), shape };
}

/** What operations with numbers take: an array, or a number as an array without axes. */
export type Operand = Array64 | number;

export const asArray = (x: Operand): Array64 =>
  typeof x === "number" ? { data: Float64Array.of(x), shape: [] } : x;

/** Row-major strides in elements. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = stride;
    stride *= shape[i] as number;
  }
  return strides;
}

/** `axis` counted from the front; negative axes count from the back. */
export function axisOf(name: string, axis: number, rank: number): number {
  const a = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || a < 0 || a >= rank) {
    throw shapeError(`${name}: axis ${axis} is none of ${rank} axes`);
  }
  return a;
}

/** A shape cut at an axis: `outer` blocks of `length` rows of `inner` elements. */
export function around(shape: readonly number[], axis: number) {
  return {
    outer: sizeOf(shape.slice(0, axis)),
    length: shape[axis] as number,
    inner: sizeOf(shape.slice(axis + 1)),
  };
}
