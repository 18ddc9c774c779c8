import { checkNumbers, checkType, domainError, shapeError, typeError } from "@daily-kernel/compute";
import { type ComplexArray, partsOf } from "./complex.ts";

/** Which transform: of lattice points (`fftbr`) or of digital nets (`fwht`). */
export type TransformKind = "fftbr" | "fwht";

function checkLog(fn: string, m: number): void {
  checkType(typeof m === "number", fn, "m", "a number", m);
  if (!(Number.isInteger(m) && m >= 0 && m <= 24)) {
    throw domainError(`${fn}: m must be an integer in 0..24, got ${m}`);
  }
}

/** exp(-i pi k / 2^m), k = 0..2^m - 1: what the second half's `fftbr` is multiplied by on doubling. */
export function omegaFftbr(m: number): ComplexArray {
  checkLog("omegaFftbr", m);
  const n = 2 ** m;
  const omega = { re: new Float64Array(n), im: new Float64Array(n) };
  for (let k = 0; k < n; k++) {
    // Angles of at most a quarter of pi are where cosine and sine lose nothing.
    const octant = Math.round((2 * k) / n);
    const angle = (Math.PI * (2 * k - octant * n)) / (2 * n);
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    omega.re[k] = [c, -s, -c][octant]!;
    omega.im[k] = -[s, c, -s][octant]!;
  }
  return omega;
}

/** Ones, 2^m of them: the same for `fwht`. */
export function omegaFwht(m: number): Float64Array {
  checkLog("omegaFwht", m);
  return new Float64Array(2 ** m).fill(1);
}

/**
 * The transform of 2n numbers from the transforms of their two halves of n numbers each, in O(n):
 * (first + omega second, first - omega second) / sqrt 2.
 *
 * @throws RangeError `ERR_SHAPE` unless both have the same length, a power of two.
 */
export function doubleTransform(
  kind: "fwht",
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): Float64Array;
export function doubleTransform(
  kind: "fftbr",
  first: ComplexArray,
  second: ComplexArray,
): ComplexArray;
export function doubleTransform(
  kind: TransformKind,
  first: ArrayLike<number> | ComplexArray,
  second: ArrayLike<number> | ComplexArray,
): Float64Array | ComplexArray {
  if (kind === "fwht") {
    checkNumbers("doubleTransform", "first", first);
    checkNumbers("doubleTransform", "second", second);
    checkHalves(first.length, second.length);
    return joined(first, second);
  }
  if (kind !== "fftbr") {
    throw typeError(`doubleTransform: kind must be "fftbr" or "fwht", got ${JSON.stringify(kind)}`);
  }
  const [a, b] = [complexParts("first", first), complexParts("second", second)];
  const n = a.re.length;
  checkHalves(n, b.re.length);
  const omega = omegaFftbr(Math.log2(n));
  const turned = { re: new Float64Array(n), im: new Float64Array(n) };
  for (let k = 0; k < n; k++) {
    turned.re[k] = omega.re[k]! * b.re[k]! - omega.im[k]! * b.im[k]!;
    turned.im[k] = omega.re[k]! * b.im[k]! + omega.im[k]! * b.re[k]!;
  }
  return { re: joined(a.re, turned.re), im: joined(a.im, turned.im) };
}

function complexParts(name: string, half: ArrayLike<number> | ComplexArray) {
  const { re, im } = partsOf("doubleTransform", name, half);
  return { re, im: im ?? new Float64Array(re.length) };
}

function joined(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  const n = a.length;
  const out = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) {
    out[k] = (a[k]! + b[k]!) * Math.SQRT1_2;
    out[n + k] = (a[k]! - b[k]!) * Math.SQRT1_2;
  }
  return out;
}

function checkHalves(n: number, other: number): void {
  if (n !== other || !Number.isInteger(Math.log2(n))) {
    throw shapeError(
      `doubleTransform: first and second must have the same length, a power of two, got ${n} and ${other}`,
    );
  }
}
