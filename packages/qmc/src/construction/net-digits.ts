import { checkType, domainError, shapeError } from "@daily-kernel/compute";
import { checkWhole } from "./lattice-cbc.ts";

/** A column of digits as one integer, its first digit the highest bit; or the digits, first to last. */
export type NetColumn = number | bigint | ArrayLike<number>;

/** How many columns the matrices have, all of them equally many. */
export function checkMatrices(fn: string, matrices: unknown): number {
  const list = matrices as ArrayLike<ArrayLike<NetColumn>>;
  const ok = (value: unknown) => Array.isArray(value) || ArrayBuffer.isView(value);
  checkType(
    Array.isArray(matrices),
    fn,
    "net",
    "a DigitalNetB2 or an array [dimension][column]",
    matrices,
  );
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
export function readDigits(
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
