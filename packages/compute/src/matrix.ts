import { allocate, checkNumbers, checkSize, checkType } from "./checks.ts";
import { domainError, shapeError } from "./errors.ts";

/** A dense row-major matrix in double precision: element (i, j) is `data[i * cols + j]`. */
export interface Matrix {
  data: Float64Array;
  rows: number;
  cols: number;
}

/** A dense row-major matrix in single precision. */
export interface MatrixF32 {
  data: Float32Array;
  rows: number;
  cols: number;
}

/** Either precision, as operations that keep the precision of their input take it. */
export type AnyMatrix = Matrix | MatrixF32;

/**
 * A matrix from its numbers in row-major order (copied unless a Float64Array); zeros without them.
 * @throws RangeError `ERR_SHAPE` if `data.length` is not `rows * cols`, `ERR_DOMAIN` for a size that
 *   is not a whole number >= 0.
 * @throws TypeError `ERR_TYPE` if `data` is not an array that holds numbers only.
 * @throws Error `ERR_UNSUPPORTED` for a size that this runtime cannot allocate.
 */
export function matrix(rows: number, cols: number, data?: ArrayLike<number>): Matrix {
  const length = checkedLength("matrix", rows, cols, data);
  if (data instanceof Float64Array) return { data, rows, cols };
  const numbers = data ? Float64Array.from(data) : allocate("matrix", Float64Array, length);
  return { data: numbers, rows, cols };
}

/** `matrix` in single precision (copied unless a Float32Array). */
export function matrixF32(rows: number, cols: number, data?: ArrayLike<number>): MatrixF32 {
  const length = checkedLength("matrixF32", rows, cols, data);
  if (data instanceof Float32Array) return { data, rows, cols };
  const numbers = data ? Float32Array.from(data) : allocate("matrixF32", Float32Array, length);
  return { data: numbers, rows, cols };
}

/** The transpose, in the precision of its input; O(rows * cols). */
export function transpose<M extends AnyMatrix>(a: M): M;
export function transpose(a: AnyMatrix): AnyMatrix {
  checkAnyMatrix("transpose", "a", a);
  const { data, rows, cols } = a;
  const out = data instanceof Float32Array ? matrixF32(cols, rows) : matrix(cols, rows);
  if (data.length === 0) return out; // the other size may be astronomic
  const TILE = 32; // both sides of a tile stay in the first-level cache
  for (let ib = 0; ib < rows; ib += TILE) {
    for (let jb = 0; jb < cols; jb += TILE) {
      const iEnd = Math.min(rows, ib + TILE);
      const jEnd = Math.min(cols, jb + TILE);
      for (let i = ib; i < iEnd; i++) {
        for (let j = jb; j < jEnd; j++) out.data[j * rows + i] = data[i * cols + j]!;
      }
    }
  }
  return out;
}

/** `2x3`, for messages. */
export const shapeOf = (a: AnyMatrix): string => `${a.rows}x${a.cols}`;

/** Throws unless `value` is a Matrix in double precision whose length fits its shape. */
export function checkMatrix(fn: string, name: string, value: unknown): asserts value is Matrix {
  checkAnyMatrix(fn, name, value);
  const double = value.data instanceof Float64Array;
  checkType(double, fn, `${name}.data`, "a Float64Array", value.data);
}

/** Throws unless `value` is a Matrix or MatrixF32 whose length fits its shape. */
export function checkAnyMatrix(
  fn: string,
  name: string,
  value: unknown,
): asserts value is AnyMatrix {
  const object = typeof value === "object" && value !== null;
  checkType(object, fn, name, "a matrix { data, rows, cols }", value);
  const { data, rows, cols } = value as Record<string, unknown>;
  const floats = data instanceof Float64Array || data instanceof Float32Array;
  checkType(floats, fn, `${name}.data`, "a Float64Array or a Float32Array", data);
  checkSize(fn, `${name}.rows`, rows);
  checkSize(fn, `${name}.cols`, cols);
  if (data.length !== rows * cols) {
    throw shapeError(
      `${fn}: ${name} is ${rows}x${cols}, so ${name}.data must hold ${rows * cols} numbers, got ${data.length}`,
    );
  }
}

/** Throws unless the matrix is square. */
export function checkSquare(fn: string, name: string, a: Matrix): void {
  if (a.rows !== a.cols) throw shapeError(`${fn}: ${name} must be square, got ${shapeOf(a)}`);
}

/** The index of the first NaN or infinity, or -1. A loop: ten times as fast as `findIndex`. */
export function firstNonFinite(data: Float64Array): number {
  for (let i = 0; i < data.length; i++) {
    if (data[i]! - data[i]! !== 0) return i;
  }
  return -1;
}

/** Throws at the first number that is NaN or infinite, naming its row and column. */
export function checkFinite(fn: string, name: string, a: Matrix): void {
  const { data } = a;
  const index = firstNonFinite(data);
  if (index < 0) return;
  const at = `row ${Math.floor(index / a.cols)}, column ${index % a.cols}`;
  throw domainError(`${fn}: ${name} must be finite, got ${data[index]} at ${at}`);
}

function checkedLength(
  fn: string,
  rows: number,
  cols: number,
  data: ArrayLike<number> | undefined,
): number {
  checkSize(fn, "rows", rows);
  checkSize(fn, "cols", cols);
  if (data !== undefined) checkNumbers(fn, "data", data);
  if (data !== undefined && data.length !== rows * cols) {
    throw shapeError(
      `${fn}: data must hold ${rows}x${cols} = ${rows * cols} numbers, got ${data.length}`,
    );
  }
  return rows * cols;
}
