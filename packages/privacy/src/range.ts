import { checkType, domainError, type Matrix, shapeError } from "@daily-kernel/compute";

/** Public bounds: the same for every coordinate, or one pair each. */
export type RangeOption =
  | readonly [lower: number, upper: number]
  | readonly (readonly [number, number])[];

/** What happens to a record outside the public bounds. */
export type Outside = "throw" | "clamp";

/** The public bounds of each coordinate. */
export interface Box {
  readonly lower: Float64Array;
  readonly width: Float64Array;
}

/** @throws TypeError `ERR_TYPE`, RangeError `ERR_SHAPE` or `ERR_DOMAIN`, unless lower < upper, finite. */
export function boxOf(fn: string, range: unknown, dimension: number): Box {
  checkType(Array.isArray(range), fn, "range", "[lower, upper] or an array of them", range);
  const pairs: unknown[] = Array.isArray(range[0])
    ? range
    : Array.from({ length: dimension }, () => range);
  if (pairs.length !== dimension) {
    throw shapeError(`${fn}: range must have ${dimension} pairs, got ${pairs.length}`);
  }
  const lower = new Float64Array(dimension);
  const width = new Float64Array(dimension);
  for (const [j, pair] of pairs.entries()) {
    const [low, high] = Array.isArray(pair) ? (pair as unknown[]) : [];
    const ok = typeof low === "number" && typeof high === "number";
    checkType(ok, fn, `range[${j}]`, "[lower, upper]", pair);
    if (!(low < high && high - low < Number.POSITIVE_INFINITY)) {
      throw domainError(
        `${fn}: range must be finite with lower < upper, got ${low}, ${high} at ${j}`,
      );
    }
    lower[j] = low;
    width[j] = high - low;
  }
  return { lower, width };
}

/** Where a value lies in its coordinate's range, in [0, 1]; what lies outside is clamped or refused. */
export function placeIn(
  fn: string,
  name: string,
  { lower, width }: Box,
  j: number,
  value: number,
  outside: Outside,
): number {
  const place = (value - lower[j]!) / width[j]!;
  if (place >= 0 && place <= 1) return place;
  if (outside === "clamp" && !Number.isNaN(place)) return place < 0 ? 0 : 1;
  throw domainError(
    `${fn}: ${name} must lie in ${lower[j]}..${lower[j]! + width[j]!} in coordinate ${j}, got ${value}`,
  );
}

export function checkOutside(fn: string, outside: unknown): asserts outside is Outside {
  const ok = outside === "throw" || outside === "clamp";
  checkType(ok, fn, "outside", '"throw" or "clamp"', outside);
}

/** Throws unless `x` is a matrix of that many columns; its numbers are looked at one by one later. */
export function checkRecords(fn: string, x: unknown, dimension: number): asserts x is Matrix {
  const { data, rows, cols } = (x ?? {}) as Partial<Matrix>;
  const ok = data instanceof Float64Array && typeof rows === "number" && typeof cols === "number";
  checkType(ok, fn, "x", "a Matrix { data, rows, cols }", x);
  if (cols !== dimension || data.length !== rows * cols) {
    throw shapeError(
      `${fn}: x must be n x ${dimension}, got ${rows}x${cols} with ${data.length} numbers`,
    );
  }
}

/** Throws unless `y` is an array of `dimension` finite numbers. */
export function checkQuery(
  fn: string,
  y: unknown,
  dimension: number,
): asserts y is ArrayLike<number> {
  const length = typeof y === "object" && y !== null ? (y as ArrayLike<unknown>).length : undefined;
  checkType(typeof length === "number", fn, "y", `an array of ${dimension} numbers`, y);
  if (length !== dimension)
    throw shapeError(`${fn}: y must have ${dimension} numbers, got ${length}`);
  for (let j = 0; j < dimension; j++) {
    const value: unknown = (y as ArrayLike<unknown>)[j];
    checkType(typeof value === "number", fn, `y[${j}]`, "a number", value);
    if (!Number.isFinite(value))
      throw domainError(`${fn}: y must be finite, got ${value} at index ${j}`);
  }
}

export function checkWhole(
  fn: string,
  name: string,
  value: unknown,
  least: number,
  most: number,
): number {
  checkType(typeof value === "number", fn, name, "a number", value);
  if (!(Number.isInteger(value) && value >= least && value <= most)) {
    throw domainError(`${fn}: ${name} must be a whole number in ${least}..${most}, got ${value}`);
  }
  return value;
}
