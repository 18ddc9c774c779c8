import { checkNumbers, checkType, domainError, shapeError } from "@daily-kernel/compute";

/** Throws unless `value` is a whole number of at least `least`. */
export function checkWhole(fn: string, name: string, value: unknown, least: number): void {
  checkType(typeof value === "number", fn, name, "a number", value);
  if (!Number.isSafeInteger(value) || (value as number) < least) {
    throw domainError(`${fn}: ${name} must be a whole number >= ${least}, got ${value}`);
  }
}

/** Throws unless `value` is a finite number of at least `least` (more than it, if `open`). */
export function checkReal(
  fn: string,
  name: string,
  value: unknown,
  least: number,
  open = false,
): void {
  checkType(typeof value === "number", fn, name, "a number", value);
  const number = value as number;
  if (!Number.isFinite(number) || number < least || (open && number === least)) {
    throw domainError(`${fn}: ${name} must be ${open ? ">" : ">="} ${least}, got ${number}`);
  }
}

/** Throws unless `value` holds `n` finite numbers of at least `least`. */
export function checkVector(
  fn: string,
  name: string,
  value: unknown,
  n: number,
  least = -Infinity,
): asserts value is ArrayLike<number> {
  checkNumbers(fn, name, value);
  if (value.length !== n) {
    throw shapeError(`${fn}: ${name} must hold ${n} numbers, got ${value.length}`);
  }
  for (let i = 0; i < n; i++) {
    const v = value[i]!;
    if (!(Number.isFinite(v) && v >= least)) {
      const range = least === -Infinity ? "finite" : `finite and >= ${least}`;
      throw domainError(`${fn}: ${name}[${i}] must be ${range}, got ${v}`);
    }
  }
}

/** 1 / (1 + exp(-s)). */
export const sigmoid = (s: number): number =>
  s >= 0 ? 1 / (1 + Math.exp(-s)) : Math.exp(s) / (1 + Math.exp(s));

/** log(1 + exp(s)), without overflow. */
export const softplus = (s: number): number => Math.max(s, 0) + Math.log1p(Math.exp(-Math.abs(s)));
