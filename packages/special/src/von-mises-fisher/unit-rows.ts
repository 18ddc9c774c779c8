import {
  domainError,
  type Matrix,
  type MatrixF32,
  shapeError,
  typeError,
} from "@daily-kernel/compute";

/** Rows of unit vectors, in either precision. */
export type UnitRows = Matrix | MatrixF32;

const TOLERANCE = 1e-6;

/** Euclidean norm of row i. */
function rowNorm({ data, cols }: UnitRows, i: number): number {
  let sum = 0;
  for (let j = i * cols; j < (i + 1) * cols; j++) sum += data[j]! * data[j]!;
  return Math.sqrt(sum);
}

/** Inner product of row i with a vector. */
export function rowDot({ data, cols }: UnitRows, i: number, vector: Float64Array): number {
  const start = i * cols;
  let sum0 = 0;
  let sum1 = 0;
  const even = cols - (cols % 2);
  for (let j = 0; j < even; j += 2) {
    sum0 += data[start + j]! * vector[j]!;
    sum1 += data[start + j + 1]! * vector[j + 1]!;
  }
  if (even < cols) sum0 += data[start + even]! * vector[even]!;
  return sum0 + sum1;
}

/** Adds `weight` times row i to `sum`. */
export function addRow(
  sum: Float64Array,
  { data, cols }: UnitRows,
  i: number,
  weight: number,
): void {
  const start = i * cols;
  for (let j = 0; j < cols; j++) sum[j]! += weight * data[start + j]!;
}

/**
 * Norms of the rows of x; throws `ERR_DOMAIN` at the first one that is not 1 within 1e-6, and
 * `ERR_SHAPE` without rows or with fewer than two columns.
 */
export function unitRowNorms(where: string, x: UnitRows): Float64Array {
  const fits =
    (x?.data instanceof Float64Array || x?.data instanceof Float32Array) &&
    Number.isInteger(x.rows) &&
    Number.isInteger(x.cols) &&
    x.data.length === x.rows * x.cols;
  if (!fits)
    throw typeError(`${where}: x must be a matrix { data, rows, cols } of rows x cols floats`);
  if (x.rows < 1 || x.cols < 2) {
    throw shapeError(`${where}: x must have at least 1 row and 2 columns, got ${x.rows}x${x.cols}`);
  }
  const norms = new Float64Array(x.rows);
  for (let i = 0; i < x.rows; i++) {
    const norm = rowNorm(x, i);
    if (!(Math.abs(norm - 1) <= TOLERANCE)) {
      throw domainError(
        `${where}: x row ${i} must have norm 1 within ${TOLERANCE}, got norm ${norm}`,
      );
    }
    norms[i] = norm;
  }
  return norms;
}

/** One vector as a matrix of one row. */
export const asRows = (x: Float64Array | UnitRows): UnitRows =>
  x instanceof Float64Array ? { data: x, rows: 1, cols: x.length } : x;

/** A copy of a vector, scaled to norm 1; throws unless its norm is 1 within 1e-6. */
export function unitCopy(where: string, name: string, vector: Float64Array): Float64Array {
  if (!(vector instanceof Float64Array)) {
    throw typeError(`${where}: ${name} must be a Float64Array, got ${typeof vector}`);
  }
  if (vector.length < 2) {
    throw shapeError(`${where}: ${name} must have at least 2 numbers, got ${vector.length}`);
  }
  const norm = rowNorm({ data: vector, rows: 1, cols: vector.length }, 0);
  if (!(Math.abs(norm - 1) <= TOLERANCE)) {
    throw domainError(`${where}: ${name} must have norm 1 within ${TOLERANCE}, got norm ${norm}`);
  }
  return vector.map((value) => value / norm);
}
