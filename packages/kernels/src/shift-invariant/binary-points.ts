import { checkType, domainError, type Matrix, shapeError } from "@daily-kernel/compute";
import { checkCount, checkPoints } from "../standard/check-points.ts";

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

/** 64 binary digits of every coordinate, first digit first, in two words (engines prefer signed ones). */
export interface Digits {
  rows: number;
  cols: number;
  high: Int32Array;
  low: Int32Array;
}

/** Not a power in the loop, which the engine would compute every time. */
const WORD = 2 ** 32;

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
  const high = new Int32Array(data.length);
  const low = new Int32Array(data.length);
  const bad = data.findIndex((v) => !(v >= 0 && v < 1));
  if (bad >= 0) throw outside(fn, name, data[bad]!, bad, cols);
  splitWords(data, high, low);
  return { rows, cols, high, low };
}

function digitsOfIntegers(
  fn: string,
  name: string,
  { data, rows, cols, bits }: BinaryPoints,
  dimension: number,
): Digits {
  checkCount(fn, `${name}.rows`, rows, 0);
  checkType(typeof bits === "number", fn, `${name}.bits`, "a number", bits);
  if (!(Number.isInteger(bits) && bits >= 1 && bits <= 64)) {
    throw domainError(`${fn}: ${name}.bits must be an integer in 1..64, got ${bits}`);
  }
  if (cols !== dimension || data.length !== rows * cols) {
    throw shapeError(
      `${fn}: ${name} must hold rows of ${dimension} integers, got ${rows}x${cols} with ${data.length}`,
    );
  }
  const high = new Int32Array(data.length);
  const low = new Int32Array(data.length);
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

/** The first two 32-bit words of each number in [0, 1). */
function splitWords(data: Float64Array, high: Int32Array, low: Int32Array): void {
  for (let i = 0; i < data.length; i++) {
    const scaled = data[i]! * WORD;
    const whole = Math.floor(scaled);
    high[i] = whole | 0;
    low[i] = Math.floor((scaled - whole) * WORD) | 0;
  }
}
