import { checkType, domainError, type Matrix, shapeError } from "@daily-kernel/compute";
import { checkCount, checkPoints } from "../standard/check-points.ts";
import type { Lane } from "./lanes.ts";

/** Points of a digital net as integers: coordinate = data[i * cols + j] / 2^bits. */
export interface BinaryPoints {
  data: BigUint64Array;
  rows: number;
  cols: number;
  /** Digits of a coordinate, 1..64. */
  bits: number;
}

/** Points in [0, 1)^d, as doubles or as integers. */
export type DigitalPoints = Matrix | BinaryPoints;

/** 64 binary digits of every coordinate, first digit first, in two words. */
export interface Digits {
  rows: number;
  cols: number;
  high: Uint32Array;
  low: Uint32Array;
}

/** Whether points are given as integers. */
export const isBinary = (points: unknown): points is BinaryPoints =>
  (points as Partial<BinaryPoints> | null)?.data instanceof BigUint64Array;

/**
 * The digits of points: all of an integer's, and a double's first 64 (all of those of a number with
 * 53 digits after the point).
 *
 * @throws RangeError `ERR_DOMAIN` for a coordinate outside [0, 1).
 */
export function digitsOf(
  fn: string,
  name: string,
  points: DigitalPoints,
  dimension: number,
): Digits {
  if (isBinary(points)) return digitsOfIntegers(fn, name, points, dimension);
  checkPoints(fn, name, points, dimension);
  const { data, rows, cols } = points;
  const high = new Uint32Array(data.length);
  const low = new Uint32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const v = data[i]!;
    if (!(v >= 0 && v < 1)) throw outside(fn, name, v, i, cols);
    const scaled = v * 2 ** 32;
    const whole = Math.floor(scaled);
    high[i] = whole;
    low[i] = Math.floor((scaled - whole) * 2 ** 32);
  }
  return { rows, cols, high, low };
}

function digitsOfIntegers(
  fn: string,
  name: string,
  { data, rows, cols, bits }: BinaryPoints,
  dimension: number,
): Digits {
  checkCount(fn, `${name}.rows`, rows, 0);
  checkType(
    Number.isInteger(bits) && bits >= 1 && bits <= 64,
    fn,
    `${name}.bits`,
    "an integer in 1..64",
    bits,
  );
  if (cols !== dimension || data.length !== rows * cols) {
    throw shapeError(
      `${fn}: ${name} must hold rows of ${dimension} integers, got ${rows}x${cols} with ${data.length}`,
    );
  }
  const high = new Uint32Array(data.length);
  const low = new Uint32Array(data.length);
  const shift = BigInt(64 - bits);
  for (let i = 0; i < data.length; i++) {
    const v = data[i]!;
    if (bits < 64 && v >> BigInt(bits) !== 0n) throw outside(fn, name, `${v} / 2^${bits}`, i, cols);
    const word = v << shift;
    high[i] = Number(word >> 32n);
    low[i] = Number(word & 0xffffffffn);
  }
  return { rows, cols, high, low };
}

function outside(fn: string, name: string, value: number | string, i: number, cols: number) {
  const at = `row ${Math.floor(i / cols)}, column ${i % cols}`;
  return domainError(`${fn}: ${name} must lie in [0, 1)^d, got ${value} at ${at}`);
}

/** Visits the words of x_j xor z_j of a lane's pairs. */
export function eachXor(
  { a, b, aRow, aStep, bRow, bStep, count }: Lane<Digits>,
  j: number,
  visit: (k: number, high: number, low: number) => void,
): void {
  const d = a.cols;
  for (let k = 0, p = aRow * d + j, q = bRow * d + j; k < count; k++) {
    visit(k, (a.high[p]! ^ b.high[q]!) >>> 0, (a.low[p]! ^ b.low[q]!) >>> 0);
    p += aStep * d;
    q += bStep * d;
  }
}
