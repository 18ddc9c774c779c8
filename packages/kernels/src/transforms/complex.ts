import {
  checkNumbers,
  checkObject,
  checkType,
  domainError,
  shapeError,
} from "@daily-kernel/compute";

/** Complex numbers as two arrays of the same length. */
export interface ComplexArray {
  re: Float64Array;
  im: Float64Array;
}

/** Real numbers, or complex ones as their two parts. */
export type RealOrComplex = ArrayLike<number> | { re: ArrayLike<number>; im: ArrayLike<number> };

/** The parts of an input; `im` is undefined for real numbers. Throws `ERR_TYPE`, `ERR_SHAPE`. */
export function partsOf(
  fn: string,
  name: string,
  y: RealOrComplex,
): { re: ArrayLike<number>; im?: ArrayLike<number> } {
  checkObject(fn, name, y);
  if ("length" in y) {
    checkNumbers(fn, name, y);
    return { re: y };
  }
  checkNumbers(fn, `${name}.re`, y.re);
  checkNumbers(fn, `${name}.im`, y.im);
  checkSameLength(fn, name, y);
  return y;
}

/** Checks a `ComplexArray` that results go to. */
export function checkComplexOut(fn: string, out: ComplexArray, length: number): void {
  checkObject(fn, "options.out", out);
  for (const part of ["re", "im"] as const) {
    const ok = out[part] instanceof Float64Array;
    checkType(ok, fn, `options.out.${part}`, "a Float64Array", out[part]);
    checkLength(fn, `options.out.${part}`, out[part], length);
  }
  const { re, im } = out;
  const apart = re.byteOffset + re.byteLength <= im.byteOffset;
  if (re.buffer === im.buffer && !apart && im.byteOffset + im.byteLength > re.byteOffset) {
    throw domainError(
      `${fn}: options.out.re and options.out.im must be apart from one another, got the same memory`,
    );
  }
}

/** Throws `ERR_SHAPE` unless `array` has `length` elements. */
export function checkLength(
  fn: string,
  name: string,
  array: ArrayLike<unknown>,
  length: number,
): void {
  if (array.length !== length) {
    throw shapeError(`${fn}: ${name} must have ${length} elements, got ${array.length}`);
  }
}

function checkSameLength(
  fn: string,
  name: string,
  { re, im }: { re: ArrayLike<number>; im: ArrayLike<number> },
): void {
  if (re.length !== im.length) {
    throw shapeError(
      `${fn}: ${name}.re and ${name}.im must have the same length, got ${re.length} and ${im.length}`,
    );
  }
}
