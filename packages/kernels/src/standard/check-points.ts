import { checkType, domainError, type Matrix, shapeError } from "@daily-kernel/compute";

/**
 * Throws unless `value` is a matrix of finite numbers whose rows are points of R^dimension.
 * `fn` begins the message.
 */
export function checkPoints(
  fn: string,
  name: string,
  value: unknown,
  dimension: number,
): asserts value is Matrix {
  checkMatrix(fn, name, value);
  checkColumns(fn, name, value, dimension);
}

/** The same of numbers that may be of any size or none: without a look at them. */
export function checkPointsShape(
  fn: string,
  name: string,
  value: unknown,
  dimension: number,
): asserts value is Matrix {
  checkMatrixShape(fn, name, value);
  checkColumns(fn, name, value, dimension);
}

function checkColumns(fn: string, name: string, { rows, cols }: Matrix, dimension: number): void {
  if (cols !== dimension) {
    throw shapeError(
      `${fn}: ${name} must have ${dimension} columns, one a dimension, got ${rows}x${cols}`,
    );
  }
}

/** Throws unless `value` is a matrix of finite doubles whose length fits its shape. */
export function checkMatrix(fn: string, name: string, value: unknown): asserts value is Matrix {
  checkMatrixShape(fn, name, value);
  const { data, cols } = value;
  for (let i = 0; i < data.length; i++) {
    if (data[i]! - data[i]! !== 0) {
      const at = `row ${Math.floor(i / cols)}, column ${i % cols}`;
      throw domainError(`${fn}: ${name} must be finite, got ${data[i]} at ${at}`);
    }
  }
}

function checkMatrixShape(fn: string, name: string, value: unknown): asserts value is Matrix {
  const object = typeof value === "object" && value !== null;
  checkType(object, fn, name, "a matrix { data, rows, cols }", value);
  const { data, rows, cols } = value as Partial<Matrix>;
  checkType(data instanceof Float64Array, fn, `${name}.data`, "a Float64Array", data);
  checkCount(fn, `${name}.rows`, rows, 0);
  checkCount(fn, `${name}.cols`, cols, 0);
  if (data.length !== rows * cols) {
    throw shapeError(
      `${fn}: ${name} is ${rows}x${cols}, so ${name}.data must hold ${rows * cols} numbers, got ${data.length}`,
    );
  }
}

/** Throws unless `value` is a whole number of at least `least`. */
export function checkCount(
  fn: string,
  name: string,
  value: unknown,
  least: number,
): asserts value is number {
  checkType(typeof value === "number", fn, name, "a number", value);
  if (!Number.isSafeInteger(value) || value < least) {
    throw domainError(`${fn}: ${name} must be a whole number >= ${least}, got ${value}`);
  }
}

/** Throws unless `value` is a positive finite number. */
export function checkPositive(fn: string, name: string, value: unknown): asserts value is number {
  checkType(typeof value === "number", fn, name, "a number", value);
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw domainError(`${fn}: ${name} must be positive and finite, got ${value}`);
  }
}

/** Throws unless `value` is a matrix of finite numbers, one a pair of points. */
export function checkWeights(
  fn: string,
  value: unknown,
  rows: number,
  cols: number,
): asserts value is Matrix {
  checkMatrix(fn, "weights", value);
  if (value.rows !== rows || value.cols !== cols) {
    throw shapeError(`${fn}: weights must be ${rows}x${cols}, got ${value.rows}x${value.cols}`);
  }
}

/** Throws unless the two have as many rows, as point by point functions need. */
export function checkSameRows(fn: string, x: Matrix, z: Matrix): void {
  if (x.rows !== z.rows) {
    throw shapeError(`${fn}: x and z must have as many rows, got ${x.rows} and ${z.rows}`);
  }
}
