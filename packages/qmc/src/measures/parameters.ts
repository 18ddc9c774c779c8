import { checkNumbers, checkType, domainError, shapeError } from "@daily-kernel/compute";

/** One number for all coordinates, or one each. */
export type PerCoordinate = number | ArrayLike<number>;

/**
 * A parameter of every coordinate as d numbers. Throws `ERR_TYPE` for what is no number or array of
 * them, `ERR_SHAPE` for another length, `ERR_DOMAIN` for what is not finite or fails `ok`, which
 * `expected` puts in words.
 */
export function perCoordinate(
  where: string,
  name: string,
  value: PerCoordinate,
  dimension: number,
  ok: (x: number) => boolean = () => true,
  expected = "finite",
): Float64Array {
  const list = typeof value === "number" ? [value] : value;
  checkNumbers(where, name, list);
  if (typeof value !== "number" && list.length !== dimension) {
    throw shapeError(
      `${where}: ${name} must be a number or ${dimension} of them, got ${list.length}`,
    );
  }
  for (let j = 0; j < list.length; j++) {
    if (!(Number.isFinite(list[j]) && ok(list[j]!))) {
      const at = typeof value === "number" ? "" : ` at index ${j}`;
      throw domainError(`${where}: ${name} must be ${expected}, got ${list[j]}${at}`);
    }
  }
  if (typeof value === "number") return new Float64Array(dimension).fill(value);
  return Float64Array.from(value);
}

/** One number, not an array, that is finite and passes `ok`. */
export function one(
  where: string,
  name: string,
  value: number,
  ok: (x: number) => boolean = () => true,
  expected = "finite",
): number {
  checkType(typeof value === "number", where, name, "a number", value);
  return perCoordinate(where, name, value, 1, ok, expected)[0]!;
}

export const positive = (x: number): boolean => x > 0;

/**
 * A parameter for a copy of another dimension: itself if that is the same, else the number that all
 * coordinates share. Throws `ERR_SHAPE` if they do not.
 */
export function respread(
  where: string,
  name: string,
  values: Float64Array,
  dimension: number,
): PerCoordinate {
  if (values.length === dimension) return values;
  const first = values[0]!;
  if (values.every((value) => value === first)) return first;
  throw shapeError(
    `${where}.spawn: ${name} must be the same in all ${values.length} coordinates to spawn ` +
      `dimension ${dimension}`,
  );
}

/** Throws `ERR_SHAPE` unless a copy has the dimension that its original has. */
export function checkSameDimension(where: string, had: number, got: number): void {
  if (had !== got) {
    throw shapeError(`${where}.spawn: the dimension must stay ${had}, got ${got}`);
  }
}

/** The range [lower, upper] in each of d coordinates. */
export function box(lower: number, upper: number, dimension: number): Float64Array {
  return Float64Array.from({ length: 2 * dimension }, (_, k) => (k % 2 === 0 ? lower : upper));
}

export const realSpace = (dimension: number): Float64Array =>
  box(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, dimension);

/** Fills `out[i]` with the product over j of `factor(x_ij, j)`; 0 as soon as one is. */
export function productDensity(
  x: Float64Array,
  dimension: number,
  out: Float64Array,
  factor: (x: number, j: number) => number,
): void {
  for (let i = 0; i < out.length; i++) {
    let product = 1;
    for (let j = 0; j < dimension && product !== 0; j++) {
      const value = factor(x[i * dimension + j]!, j);
      product = value === 0 ? 0 : product * value; // also where another one is infinite
    }
    out[i] = product;
  }
}
