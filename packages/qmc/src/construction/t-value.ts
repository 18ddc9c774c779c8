import { checkObject, checkType, domainError, shapeError } from "@daily-kernel/compute";
import { EchelonBase2 } from "./echelon-base2.ts";
import { EchelonPrime } from "./echelon-prime.ts";
import { checkWhole } from "./lattice-cbc.ts";
import { isPrime } from "./lattice-orbits.ts";

/** A column of digits as one integer, its first digit the highest bit; or the digits, first to last. */
export type NetColumn = number | bigint | ArrayLike<number>;

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
 * The exact quality parameter t of the digital net with the given generating matrices
 * `[dimension][column]`: the least t for which every elementary interval of volume b^(t - m) holds
 * b^t of the b^m points (Niederreiter 1987). It is m less the largest k for which any k rows that
 * are the leading rows of the matrices are independent. Sums of rows are searched depth first, the
 * elimination shared (after Pirsic and Schmid 2001): binomial(m - t + d, d) steps of O(m) words.
 *
 * @throws TypeError, RangeError for arguments outside what is said here.
 */
export function tValue(
  matrices: readonly ArrayLike<NetColumn>[],
  options: TValueOptions = {},
): number {
  const fn = "tValue";
  checkObject(fn, "options", options);
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

function checkMatrices(fn: string, matrices: unknown): number {
  const list = matrices as ArrayLike<ArrayLike<NetColumn>>;
  const ok = (value: unknown) => Array.isArray(value) || ArrayBuffer.isView(value);
  checkType(Array.isArray(matrices), fn, "matrices", "an array [dimension][column]", matrices);
  if (list.length === 0) throw shapeError(`${fn}: matrices must not be empty`);
  for (let j = 0; j < list.length; j++) {
    checkType(ok(list[j]), fn, `matrices[${j}]`, "an array of columns", list[j]);
    if (list[j]!.length !== list[0]!.length) {
      throw shapeError(
        `${fn}: matrices must have equally many columns, got ${list[0]!.length} and ${list[j]!.length} at index ${j}`,
      );
    }
  }
  if (list[0]!.length === 0) throw shapeError(`${fn}: matrices must have columns, got none`);
  return list[0]!.length;
}

/** The first rows, at most m, of the first m columns of each matrix. */
function readDigits(
  fn: string,
  matrices: readonly ArrayLike<NetColumn>[],
  base: number,
  m: number,
  matrixBits: number | undefined,
): Uint8Array[][] {
  const integers = typeof matrices[0]![0] === "number" || typeof matrices[0]![0] === "bigint";
  if (integers && base !== 2) {
    throw domainError(`${fn}: columns must be arrays of digits in base ${base}, got integers`);
  }
  const bits = integers ? bitsOf(fn, matrices, matrixBits) : 0;
  return matrices.map((matrix, j) => {
    const columns = Array.from({ length: m }, (_, c) => {
      const column = matrix[c]!;
      const name = `matrices[${j}][${c}]`;
      return integers
        ? bitDigits(BigInt(column as number | bigint), bits)
        : checkedDigits(fn, name, column, base);
    });
    const depth = Math.min(m, Math.max(...columns.map((column) => column.length)));
    return Array.from({ length: depth }, (_, r) =>
      Uint8Array.from(columns, (column) => column[r] ?? 0),
    );
  });
}

/** Bits a column, once all columns are known to be integers >= 0 that have no more. */
function bitsOf(
  fn: string,
  matrices: readonly ArrayLike<NetColumn>[],
  matrixBits: number | undefined,
): number {
  let needed = 1;
  for (const [j, matrix] of matrices.entries()) {
    for (let c = 0; c < matrix.length; c++) {
      const column = matrix[c];
      const name = `matrices[${j}][${c}]`;
      const integer = typeof column === "bigint" || Number.isSafeInteger(column);
      checkType(integer, fn, name, "an integer, as the first column is", column);
      if ((column as number | bigint) < 0) {
        throw domainError(`${fn}: ${name} must be an integer >= 0, got ${column}`);
      }
      needed = Math.max(needed, BigInt(column as number | bigint).toString(2).length);
    }
  }
  if (matrixBits === undefined) return needed;
  checkWhole(fn, "matrixBits", matrixBits, 1, 4096);
  if (needed > matrixBits) {
    throw domainError(`${fn}: columns must have at most ${matrixBits} bits, got ${needed}`);
  }
  return matrixBits;
}

function bitDigits(column: bigint, bits: number): number[] {
  return Array.from(column.toString(2).padStart(bits, "0"), Number);
}

function checkedDigits(fn: string, name: string, column: unknown, base: number): ArrayLike<number> {
  const ok = Array.isArray(column) || ArrayBuffer.isView(column);
  checkType(ok, fn, name, "an array of digits, as the first column is", column);
  const digits = column as unknown as ArrayLike<number>;
  for (let r = 0; r < digits.length; r++) checkWhole(fn, `${name}[${r}]`, digits[r], 0, base - 1);
  return digits;
}

/** The digits of a row, 32 in each word. */
function packBits(row: Uint8Array): Int32Array {
  const words = new Int32Array(Math.ceil(row.length / 32));
  row.forEach((bit, c) => {
    words[c >> 5]! |= bit << (c & 31);
  });
  return words;
}
