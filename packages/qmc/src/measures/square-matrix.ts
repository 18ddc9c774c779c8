import {
  checkNumbers,
  checkType,
  domainError,
  type Matrix,
  matrix,
  shapeError,
} from "@daily-kernel/compute";

/** A square matrix, as rows or as a `Matrix`. */
export type SquareMatrix = Matrix | readonly ArrayLike<number>[];

/** `value` as a new d x d `Matrix` of finite numbers. */
export function squareMatrix(
  where: string,
  name: string,
  value: SquareMatrix,
  dimension: number,
): Matrix {
  const expected = "a Matrix or an array of rows";
  checkType(typeof value === "object" && value !== null, where, name, expected, value);
  const shape = (rows: number, cols: number) => {
    if (rows === dimension && cols === dimension) return;
    throw shapeError(
      `${where}: ${name} must be ${dimension}x${dimension}, as the sampler has ${dimension} ` +
        `dimensions, got ${rows}x${cols}`,
    );
  };
  const data = new Float64Array(dimension * dimension);
  if ("data" in value) {
    checkType(value.data instanceof Float64Array, where, `${name}.data`, "a Float64Array", value);
    shape(value.rows, value.cols);
    shape(value.data.length / value.cols, value.cols);
    data.set(value.data);
  } else {
    checkType(Array.isArray(value), where, name, expected, value);
    for (const [i, row] of value.entries()) {
      checkNumbers(where, `${name}[${i}]`, row);
      shape(value.length, row.length);
      data.set(Float64Array.from(row), i * dimension);
    }
    shape(value.length, dimension);
  }
  const bad = data.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) throw domainError(`${where}: ${name} must be finite, got ${data[bad]}`);
  return matrix(dimension, dimension, data);
}

/** `squareMatrix`, checked for symmetry and made exactly symmetric. */
export function symmetricMatrix(
  where: string,
  name: string,
  value: SquareMatrix,
  dimension: number,
): Matrix {
  const result = squareMatrix(where, name, value, dimension);
  const { data } = result;
  const largest = data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  for (let i = 0; i < dimension; i++) {
    for (let j = 0; j < i; j++) {
      const [lower, upper] = [data[i * dimension + j]!, data[j * dimension + i]!];
      if (Math.abs(lower - upper) > 1e-8 * largest) {
        throw domainError(
          `${where}: ${name} must be symmetric, got ${lower} at (${i}, ${j}) and ${upper} at ` +
            `(${j}, ${i})`,
        );
      }
      data[i * dimension + j] = (lower + upper) / 2;
      data[j * dimension + i] = (lower + upper) / 2;
    }
  }
  return result;
}

/** A correlation matrix: symmetric, with a diagonal of ones (to 1e-12). */
export function correlationMatrix(where: string, value: SquareMatrix, dimension: number): Matrix {
  const result = symmetricMatrix(where, "correlation", value, dimension);
  for (let j = 0; j < dimension; j++) {
    const one = result.data[j * dimension + j]!;
    if (Math.abs(one - 1) > 1e-12) {
      throw domainError(`${where}: correlation must have ones on its diagonal, got ${one} at ${j}`);
    }
  }
  return result;
}
