import {
  checkType,
  domainError,
  type Matrix,
  type MatrixF32,
  shapeError,
} from "@daily-kernel/compute";

/** Throws unless `value` is a finite number > 0. */
export function checkPositive(fn: string, name: string, value: unknown): asserts value is number {
  checkType(typeof value === "number", fn, name, "a number", value);
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw domainError(`${fn}: ${name} must be finite and > 0, got ${value}`);
  }
}

/** Throws unless `value` is a finite number >= 0. */
export function checkNonNegative(
  fn: string,
  name: string,
  value: unknown,
): asserts value is number {
  checkType(typeof value === "number", fn, name, "a number", value);
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw domainError(`${fn}: ${name} must be finite and >= 0, got ${value}`);
  }
}

/** Throws unless `value` is a whole number from `least` to `most`. */
export function checkCount(
  fn: string,
  name: string,
  value: unknown,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): asserts value is number {
  checkType(typeof value === "number", fn, name, "a number", value);
  if (!(Number.isSafeInteger(value) && value >= least && value <= most)) {
    const range = most === Number.MAX_SAFE_INTEGER ? `>= ${least}` : `in ${least}..${most}`;
    throw domainError(`${fn}: ${name} must be a whole number ${range}, got ${value}`);
  }
}

/** A copy of `value` as doubles; throws unless it is at least `least` finite numbers, > 0 if asked. */
export function checkedNumbers(
  fn: string,
  name: string,
  value: unknown,
  least: number,
  positive = false,
): Float64Array {
  const list = typeof value === "object" && value !== null && "length" in value;
  checkType(list, fn, name, "an array of numbers", value);
  const numbers = value as ArrayLike<unknown>;
  if (!(numbers.length >= least)) {
    throw shapeError(`${fn}: ${name} must hold at least ${least} numbers, got ${numbers.length}`);
  }
  return Float64Array.from({ length: numbers.length }, (_, i) => {
    const x = numbers[i];
    checkType(typeof x === "number", fn, `${name}[${i}]`, "a number", x);
    if (!Number.isFinite(x) || (positive && x <= 0)) {
      const expected = positive ? "finite and > 0" : "finite";
      throw domainError(`${fn}: ${name}[${i}] must be ${expected}, got ${x}`);
    }
    return x;
  });
}

/** `value` in double precision; throws unless it is a matrix of finite numbers, `cols` wide if given. */
export function checkedPoints(fn: string, name: string, value: unknown, cols?: number): Matrix {
  const object = typeof value === "object" && value !== null;
  checkType(object, fn, name, "a matrix { data, rows, cols }", value);
  const { data, rows, cols: width } = value as Matrix | MatrixF32;
  const floats = data instanceof Float64Array || data instanceof Float32Array;
  checkType(floats, fn, `${name}.data`, "a Float64Array or a Float32Array", data);
  checkCount(fn, `${name}.rows`, rows, 0);
  checkCount(fn, `${name}.cols`, width, 1);
  if (data.length !== rows * width) {
    throw shapeError(
      `${fn}: ${name} is ${rows}x${width}, so ${name}.data must hold ${rows * width} numbers, got ${data.length}`,
    );
  }
  if (cols !== undefined && width !== cols) {
    throw shapeError(`${fn}: ${name} must have ${cols} columns, as the data, got ${width}`);
  }
  for (let i = 0; i < data.length; i++) {
    if (data[i]! - data[i]! !== 0) {
      const at = `row ${Math.floor(i / width)}, column ${i % width}`;
      throw domainError(`${fn}: ${name} must be finite, got ${data[i]} at ${at}`);
    }
  }
  return { data: data instanceof Float64Array ? data : Float64Array.from(data), rows, cols: width };
}
