import { checkObject, domainError, typeError } from "@daily-kernel/compute";

/** `options`, having refused what is no object and keys that nobody reads (a misspelt one). */
export function knownOptions<O extends object>(
  where: string,
  options: O,
  known: readonly string[],
): O {
  checkObject(where, "options", options);
  const stranger = Object.keys(options).find((key) => !known.includes(key));
  if (stranger !== undefined) {
    throw typeError(`${where}: there is no option ${stranger}; it takes ${known.join(", ")}`);
  }
  return options;
}

/** Throws `ERR_TYPE` unless `value` is a number, `ERR_DOMAIN` unless it is what `expected` says. */
export function checkNumber(
  where: string,
  name: string,
  value: unknown,
  expected = "finite",
  ok: (value: number) => boolean = () => true,
): void {
  if (typeof value !== "number") {
    throw typeError(`${where}: ${name} must be a number, got ${kind(value)}`);
  }
  if (!(Number.isFinite(value) && ok(value))) {
    throw domainError(`${where}: ${name} must be ${expected}, got ${value}`);
  }
}

export const isPositive = (value: number): boolean => value > 0;

/** Throws `ERR_TYPE` unless `value` is a boolean. */
export function checkFlag(where: string, name: string, value: unknown): void {
  if (typeof value !== "boolean") {
    throw typeError(`${where}: ${name} must be a boolean, got ${kind(value)}`);
  }
}

const kind = (value: unknown): string =>
  value === null ? "null" : typeof value === "string" ? JSON.stringify(value) : typeof value;
