import { domainError, typeError } from "@daily-kernel/compute";

/** Throws `ERR_TYPE` or `ERR_DOMAIN` unless `ok`: `lgamma: x must be >= 0, got -1`. */
export function check(
  ok: boolean,
  where: string,
  name: string,
  expected: string,
  got: unknown,
): void {
  if (ok) return;
  const message = `${where}: ${name} must be ${expected}, got ${String(got)}`;
  throw typeof got === "number" ? domainError(message) : typeError(message);
}

const isNumber = (x: unknown): x is number => typeof x === "number";

/** Throws unless x is a number and not NaN. */
export const checkNumber = (where: string, name: string, x: number): void =>
  check(isNumber(x) && !Number.isNaN(x), where, name, "a number", x);

/** Throws unless x >= 0. */
export const checkNonNegative = (where: string, name: string, x: number): void =>
  check(isNumber(x) && x >= 0, where, name, ">= 0", x);

/** Throws unless 0 < x < Infinity. */
export const checkPositive = (where: string, name: string, x: number): void =>
  check(isNumber(x) && x > 0 && x < Infinity, where, name, "positive and finite", x);

/** Throws unless 0 <= x <= 1. */
export const checkUnit = (where: string, name: string, x: number): void =>
  check(isNumber(x) && x >= 0 && x <= 1, where, name, "between 0 and 1", x);
