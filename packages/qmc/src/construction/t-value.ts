import { checkObject, domainError, unsupportedError } from "@daily-kernel/compute";
import { DigitalNetB2 } from "../sequences/digital-net-b2.ts";
import { EchelonBase2 } from "./echelon-base2.ts";
import { EchelonPrime } from "./echelon-prime.ts";
import { checkWhole } from "./lattice-cbc.ts";
import { isPrime } from "./lattice-orbits.ts";
import { checkMatrices, type NetColumn, readDigits } from "./net-digits.ts";

export interface TValueOptions {
  /** A prime up to 251; 2 by default. Columns that are integers are in base 2. */
  base?: number;
  /** The net has base^m points; by default m is the number of columns. */
  m?: number;
  /** Digits in a column that is an integer; by default as many as the largest of all needs. */
  matrixBits?: number;
}

/** Rows that are kept independent: `push` refuses one that the others make up. */
export interface Echelon<Row> {
  /** Adds the row and returns true, or returns false and adds nothing. */
  push(row: Row): boolean;
  /** Takes the last row away. */
  pop(): void;
}

/**
 * The exact quality parameter t of a digital net: the least t for which every elementary interval of
 * volume b^(t - m) holds b^t of the b^m points (Niederreiter 1987). The net is a `DigitalNetB2` (its
 * first replication), or generating matrices `[dimension][column]`. t is m less the largest k for
 * which any k rows that are the leading rows of the matrices are independent. Choices of rows are
 * searched depth first, the elimination shared (after Pirsic and Schmid 2001): at most
 * binomial(m - t + d, d) steps of O(m) words.
 *
 * @throws TypeError, RangeError for arguments outside what is said here.
 */
export function tValue(
  net: DigitalNetB2 | readonly ArrayLike<NetColumn>[],
  options: TValueOptions = {},
): number {
  const fn = "tValue";
  checkObject(fn, "options", options);
  if (net instanceof DigitalNetB2) return ofMatrices(fn, ...matricesOf(fn, net, options));
  return ofMatrices(fn, net, options);
}

function matricesOf(
  fn: string,
  net: DigitalNetB2,
  options: TValueOptions,
): [readonly ArrayLike<NetColumn>[], TValueOptions] {
  if (net.alpha > 1 && (net.randomize === "NUS" || net.randomize === "OWEN")) {
    throw unsupportedError(
      `${fn}: a net that is interlaced after ${net.randomize} has no matrices; use "LMS" or "DS"`,
    );
  }
  const { bits, columns } = net.matrices();
  return [columns[0]!, { ...options, base: 2, matrixBits: bits }];
}

function ofMatrices(
  fn: string,
  matrices: readonly ArrayLike<NetColumn>[],
  options: TValueOptions,
): number {
  const base = checkWhole(fn, "base", options.base ?? 2, 2, 251);
  if (!isPrime(base)) throw domainError(`${fn}: base must be a prime, got ${base}`);
  const columns = checkMatrices(fn, matrices);
  const most = Math.min(columns, base === 2 ? 64 : Math.floor(64 / Math.log2(base)));
  const m = checkWhole(fn, "m", options.m ?? columns, 1, most);
  const digits = readDigits(fn, matrices, base, m, options.matrixBits);
  if (base === 2) {
    const rows = digits.map((rowsOf) => rowsOf.map(packBits));
    return m - strength(rows, m, new EchelonBase2(m));
  }
  return m - strength(digits, m, new EchelonPrime(base, m));
}

/** The largest k <= m for which all leading rows, k together, are independent. */
function strength<Row>(
  rows: readonly (readonly Row[])[],
  m: number,
  echelon: Echelon<Row>,
): number {
  let dependent = m + 1; // size of the smallest dependent system known
  const search = (dimension: number, size: number): void => {
    const own = rows[dimension]!;
    let pushed = 0;
    // Rows of this matrix, one more each time; with each number of them, all of the later matrices.
    for (;;) {
      if (dimension + 1 < rows.length && size + pushed + 1 < dependent) {
        search(dimension + 1, size + pushed);
      }
      if (size + pushed + 1 >= dependent) break;
      // A missing digit is a row of zeros.
      if (pushed === own.length || !echelon.push(own[pushed]!)) {
        dependent = size + pushed + 1;
        break;
      }
      pushed++;
    }
    for (; pushed > 0; pushed--) echelon.pop();
  };
  search(0, 0);
  return dependent - 1;
}

/** The digits of a row, 32 in each word. */
function packBits(row: Uint8Array): Int32Array {
  const words = new Int32Array(Math.ceil(row.length / 32));
  row.forEach((bit, c) => {
    words[c >> 5]! |= bit << (c & 31);
  });
  return words;
}
