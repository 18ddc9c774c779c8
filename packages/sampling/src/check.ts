import { checkType, domainError, type Matrix, Rng, shapeError } from "@daily-kernel/compute";
import type { OrthonormalBasis } from "./basis/orthonormal-basis.ts";

/** Throws unless `value` is a whole number from `least` to `most`. */
export function checkCount(
  fn: string,
  name: string,
  value: unknown,
  least = 1,
  most = Number.MAX_SAFE_INTEGER,
): asserts value is number {
  checkType(typeof value === "number", fn, name, "a number", value);
  if (!(Number.isSafeInteger(value) && value >= least && value <= most)) {
    const range = most === Number.MAX_SAFE_INTEGER ? `>= ${least}` : `in ${least}..${most}`;
    throw domainError(`${fn}: ${name} must be a whole number ${range}, got ${value}`);
  }
}

/** Throws unless `value` is a number strictly between `low` and `high`. */
export function checkBetween(
  fn: string,
  name: string,
  value: unknown,
  low: number,
  high = Number.POSITIVE_INFINITY,
): asserts value is number {
  checkType(typeof value === "number", fn, name, "a number", value);
  if (!(value > low && value < high)) {
    const range =
      high === Number.POSITIVE_INFINITY ? `finite and > ${low}` : `in (${low}, ${high})`;
    throw domainError(`${fn}: ${name} must be ${range}, got ${value}`);
  }
}

/** Throws unless `value` is an Rng. */
export function checkRng(fn: string, value: unknown): asserts value is Rng {
  checkType(value instanceof Rng, fn, "rng", "an Rng", value);
}

/** Throws unless `value` is a matrix of finite doubles, with `cols` columns where that is given. */
export function checkPoints(
  fn: string,
  name: string,
  value: unknown,
  cols?: number,
): asserts value is Matrix {
  const object = typeof value === "object" && value !== null;
  checkType(object, fn, name, "a matrix { data, rows, cols }", value);
  const { data, rows, cols: width } = value as Matrix;
  checkType(data instanceof Float64Array, fn, `${name}.data`, "a Float64Array", data);
  checkCount(fn, `${name}.rows`, rows, 0);
  checkCount(fn, `${name}.cols`, width, 0);
  if (data.length !== rows * width) {
    throw shapeError(
      `${fn}: ${name} is ${rows}x${width}, so ${name}.data must hold ${rows * width} numbers, got ${data.length}`,
    );
  }
  if (cols !== undefined && width !== cols) {
    throw shapeError(`${fn}: ${name} must have ${cols} columns, got ${width}`);
  }
  const bad = firstNonFinite(data);
  if (bad >= 0) {
    throw domainError(
      `${fn}: ${name} must be finite, got ${data[bad]} at row ${Math.floor(bad / width)}, column ${bad % width}`,
    );
  }
}

/** Throws unless `value` is an array of some kind. */
export function checkArray(fn: string, name: string, value: unknown): void {
  const list = typeof value === "object" && value !== null && "length" in value;
  checkType(list, fn, name, "an array of numbers", value);
}

/** A copy of `value` as doubles; throws unless it is `length` finite numbers, positive if asked. */
export function checkedNumbers(
  fn: string,
  name: string,
  value: unknown,
  length: number,
  positive = false,
): Float64Array {
  checkArray(fn, name, value);
  const numbers = value as ArrayLike<unknown>;
  if (numbers.length !== length) {
    throw shapeError(`${fn}: ${name} must hold ${length} numbers, got ${numbers.length}`);
  }
  return Float64Array.from({ length }, (_, i) => {
    const x = numbers[i];
    checkType(typeof x === "number", fn, `${name}[${i}]`, "a number", x);
    if (!Number.isFinite(x) || (positive && x <= 0)) {
      const expected = positive ? "finite and > 0" : "finite";
      throw domainError(`${fn}: ${name}[${i}] must be ${expected}, got ${x}`);
    }
    return x;
  });
}

/** The index of the first NaN or infinity, or -1. */
function firstNonFinite(data: Float64Array): number {
  for (let i = 0; i < data.length; i++) if (data[i]! - data[i]! !== 0) return i;
  return -1;
}

/** Throws unless `value` is an orthonormal basis: it maps, and draws from its two densities. */
export function checkBasis(fn: string, value: unknown): asserts value is OrthonormalBasis {
  const object = typeof value === "object" && value !== null;
  const methods = ["map", "sampleMeasure", "sampleChristoffel"] as const;
  const ok =
    object && methods.every((name) => typeof (value as OrthonormalBasis)[name] === "function");
  checkType(ok, fn, "basis", "an OrthonormalBasis", value);
}
