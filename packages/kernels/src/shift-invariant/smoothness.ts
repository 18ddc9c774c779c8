import { checkNumbers, domainError, shapeError } from "@daily-kernel/compute";
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
    rows.flatMap((row) => Array.from(perDimension(name, row, dimension))),
  );
  for (let i = 0; i < flat.length; i++) {
    checkPositive(name, `alpha[${Math.floor(i / dimension)}][${i % dimension}]`, flat[i]);
  }
  return flat;
}

function checkRows(name: string, rows: readonly unknown[]): void {
  if (!Array.isArray(rows) || rows.length !== MIXED) {
    const got = Array.isArray(rows) ? rows.length : typeof rows;
    throw shapeError(`${name}: alpha must be one number or ${MIXED} rows of weights, got ${got}`);
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
