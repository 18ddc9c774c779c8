import { checkType, domainError } from "@daily-kernel/compute";

/** Throws unless `got` is a number (`ERR_TYPE`) and `ok` (`ERR_DOMAIN`): `lgamma: x must be >= 0, got -1`. */
export function check(
  ok: (x: number) => boolean,
  where: string,
  name: string,
  expected: string,
  got: unknown,
): void {
  checkType(typeof got === "number", where, name, expected, got);
  if (!ok(got as number)) throw domainError(`${where}: ${name} must be ${expected}, got ${got}`);
}

/** Throws unless x is a number and not NaN. */
export const checkNumber = (where: string, name: string, x: number): void =>
  check((value) => !Number.isNaN(value), where, name, "a number", x);

/** Throws unless x >= 0. */
export const checkNonNegative = (where: string, name: string, x: number): void =>
  check((value) => value >= 0, where, name, ">= 0", x);

/** Throws unless 0 < x < Infinity. */
export const checkPositive = (where: string, name: string, x: number): void =>
  check((value) => value > 0 && value < Infinity, where, name, "positive and finite", x);

/** Throws unless 0 <= x <= 1. */
export const checkUnit = (where: string, name: string, x: number): void =>
  check((value) => value >= 0 && value <= 1, where, name, "between 0 and 1", x);

/** Throws unless x is a whole number from `low` to `high`. */
export const checkCount = (
  where: string,
  name: string,
  x: number,
  low: number,
  high = Number.MAX_SAFE_INTEGER,
): void =>
  check(
    (value) => Number.isInteger(value) && value >= low && value <= high,
    where,
    name,
    high === Number.MAX_SAFE_INTEGER ? `an integer >= ${low}` : `an integer in ${low}..${high}`,
    x,
  );
