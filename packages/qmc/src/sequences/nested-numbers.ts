import { checkType, domainError, shapeError } from "@daily-kernel/compute";

/** Numbers in arrays of arrays; typed arrays may be the innermost. */
export type Nested = ArrayLike<number | bigint> | ArrayLike<Nested>;

/** Nested arrays laid out flat, the last index fastest. */
export interface Flat {
  data: number[];
  shape: number[];
}

/**
 * Lays nested arrays out flat. They have `rank` levels, or one more in front, over replications;
 * with `rank` levels the shape gets a 1 in front. All numbers are integers in 0..2^53-1 unless
 * `real`, then in [0, 1).
 */
export function flatten(
  where: string,
  name: string,
  value: unknown,
  rank: number,
  real = false,
): Flat {
  const shape: number[] = [];
  for (let inner = value; isArray(inner); inner = inner[0]) shape.push(inner.length);
  const fits = shape.length === rank || shape.length === rank + 1;
  checkType(fits, where, name, `arrays nested ${rank} or ${rank + 1} deep`, value);
  if (shape.includes(0)) {
    throw shapeError(`${where}: ${name} must not be empty, got the shape ${shape.join(" x ")}`);
  }
  const data: number[] = [];
  const visit = (item: unknown, level: number, path: string): void => {
    if (level === shape.length) {
      data.push(number(where, path, item, real));
      return;
    }
    checkType(isArray(item), where, path, "an array", item);
    if (item.length !== shape[level]) {
      throw shapeError(`${where}: ${path} must have ${shape[level]} items, got ${item.length}`);
    }
    for (let i = 0; i < item.length; i++) visit(item[i], level + 1, `${path}[${i}]`);
  };
  visit(value, 0, name);
  return { data, shape: shape.length === rank ? [1, ...shape] : shape };
}

/** Throws unless the sizes of a flat array are those expected (undefined: any). */
export function checkShape(
  where: string,
  name: string,
  shape: readonly number[],
  expected: readonly (number | undefined)[],
): void {
  if (expected.some((size, i) => size !== undefined && size !== shape[i])) {
    const wanted = expected.map((size) => size ?? "any").join(" x ");
    throw shapeError(`${where}: ${name} must be ${wanted}, got ${shape.join(" x ")}`);
  }
}

function isArray(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function number(where: string, path: string, item: unknown, real: boolean): number {
  const ok = typeof item === "number" || typeof item === "bigint";
  checkType(ok, where, path, "a number", item);
  const x = Number(item);
  if (real ? !(x >= 0 && x < 1) : !(Number.isSafeInteger(x) && x >= 0)) {
    throw domainError(
      `${where}: ${path} must be ${real ? "in [0, 1)" : "an integer in 0..2^53-1"}, got ${item}`,
    );
  }
  return x;
}
