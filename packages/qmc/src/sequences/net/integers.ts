import { checkType, domainError, shapeError } from "@daily-kernel/compute";

/** Whole numbers >= 0, as numbers (below 2^53) or bigints. */
export type Integers = ArrayLike<number> | ArrayLike<bigint>;

/** Nested arrays of whole numbers, flattened row by row. */
export interface IntegerTable {
  shape: number[];
  values: bigint[];
}

const isList = (value: unknown): value is ArrayLike<unknown> =>
  typeof value === "object" &&
  value !== null &&
  Number.isSafeInteger((value as { length?: unknown }).length);

/**
 * Reads nested arrays of whole numbers below 2^64: `levels` deep, or one less, which stands for a
 * single entry of the outermost level. All arrays of a level must have the same length, not 0.
 */
export function readIntegers(
  where: string,
  name: string,
  value: unknown,
  levels: number,
): IntegerTable {
  let depth = 0;
  for (let inner = value; isList(inner); inner = inner[0]) depth++;
  checkType(
    depth === levels || depth === levels - 1,
    where,
    name,
    `an array of integers nested ${levels - 1} or ${levels} deep`,
    value,
  );
  const shape: number[] = depth < levels ? [1] : [];
  const values: bigint[] = [];
  const walk = (item: unknown, level: number, label: string) => {
    if (level === levels) {
      values.push(integer(where, label, item));
      return;
    }
    checkType(isList(item), where, label, "an array", item);
    shape[level] ??= item.length;
    if (item.length === 0) throw shapeError(`${where}: ${label} must not be empty`);
    if (item.length !== shape[level]) {
      throw shapeError(
        `${where}: ${label} must have as many entries as its siblings, ${shape[level]}, got ${item.length}`,
      );
    }
    for (let i = 0; i < item.length; i++) walk(item[i], level + 1, `${label}[${i}]`);
  };
  walk(value, levels - depth, name);
  return { shape, values };
}

function integer(where: string, label: string, value: unknown): bigint {
  checkType(
    typeof value === "number" || typeof value === "bigint",
    where,
    label,
    "a number or a bigint",
    value,
  );
  if (
    typeof value === "number"
      ? !(Number.isSafeInteger(value) && value >= 0)
      : value < 0n || value >> 64n !== 0n
  ) {
    throw domainError(`${where}: ${label} must be a whole number in 0..2^64-1, got ${value}`);
  }
  return BigInt(value);
}

/** How many bits the largest of the values has. */
export function bitLength(values: readonly bigint[]): number {
  let most = 0n;
  for (const value of values) if (value > most) most = value;
  return most === 0n ? 0 : most.toString(2).length;
}
