import { checkNumbers, checkType, domainError, shapeError } from "@daily-kernel/compute";
import { checkPositive } from "../standard/check-points.ts";

/** alpha as one integer in 1..most for each dimension; default 2. */
export function smoothnesses(
  name: string,
  alpha: number | ArrayLike<number> = 2,
  dimension: number,
  most: number,
): Float64Array {
  const values = perDimension(name, alpha, dimension);
  for (let j = 0; j < dimension; j++) {
    if (!(Number.isInteger(values[j]) && values[j]! >= 1 && values[j]! <= most)) {
      throw domainError(`${name}: alpha[${j}] must be an integer in 1..${most}, got ${values[j]}`);
    }
  }
  return values;
}

/** One number, or one a dimension, as one a dimension. */
export function perDimension(
  name: string,
  alpha: number | ArrayLike<number>,
  dimension: number,
): Float64Array {
  const given = typeof alpha === "number" ? new Float64Array(dimension).fill(alpha) : alpha;
  checkNumbers(name, "alpha", given);
  if (given.length !== dimension) {
    throw shapeError(`${name}: alpha must be one number or ${dimension}, got ${given.length}`);
  }
  return Float64Array.from(given);
}

/** How many profiles a combined kernel mixes: those of orders 1 to 4. */
export const MIXED = 4;

/** Positive weights of the profiles of orders 1 to 4: one number, or 4 rows of one a dimension. */
export function mixture(
  name: string,
  alpha: number | readonly ArrayLike<number>[] = 1,
  dimension: number,
): Float64Array {
  const rows =
    typeof alpha === "number"
      ? new Array<number>(MIXED).fill(alpha)
      : (alpha as readonly ArrayLike<number>[]);
  checkRows(name, rows);
  const flat = Float64Array.from(
    rows.flatMap((row, p) => Array.from(mixtureRow(name, row, p, dimension))),
  );
  for (let i = 0; i < flat.length; i++) {
    checkPositive(name, `alpha[${Math.floor(i / dimension)}][${i % dimension}]`, flat[i]);
  }
  return flat;
}

/** The weights of order p + 1: a row of d numbers, or the one number that was given for all. */
function mixtureRow(name: string, row: unknown, p: number, dimension: number): Float64Array {
  if (typeof row === "number") return new Float64Array(dimension).fill(row);
  checkNumbers(name, `alpha[${p}]`, row);
  if (row.length !== dimension) {
    throw shapeError(`${name}: alpha[${p}] must hold ${dimension} weights, got ${row.length}`);
  }
  return Float64Array.from(row);
}

function checkRows(name: string, rows: readonly unknown[]): void {
  checkType(Array.isArray(rows), name, "alpha", "a number or an array of rows", rows);
  if (rows.length !== MIXED) {
    throw shapeError(`${name}: alpha must hold ${MIXED} rows of weights, got ${rows.length}`);
  }
}

/** The weights' indices of dimension j, order by order. */
export const mixtureIndices = (j: number, dimension: number): number[] =>
  Array.from({ length: MIXED }, (_, p) => p * dimension + j);

/** The weights' names, order by order. */
export const mixtureNames = (dimension: number): string[] =>
  Array.from(
    { length: MIXED * dimension },
    (_, i) => `alpha[${Math.floor(i / dimension)}][${i % dimension}]`,
  );

/** The weights as 4 rows, copied. */
export function mixtureRows(flat: Float64Array): Float64Array[] {
  const d = flat.length / MIXED;
  return Array.from({ length: MIXED }, (_, p) => flat.slice(p * d, (p + 1) * d));
}
