import { checkObject, domainError, shapeError, typeError } from "@daily-kernel/compute";

/** A sparse matrix by compressed rows: the entries of row i are those from rowPtr[i] to rowPtr[i + 1]. */
export interface Csr {
  readonly rows: number;
  readonly cols: number;
  /** rows + 1 offsets, from 0 to the number of entries, never falling. */
  readonly rowPtr: Int32Array<ArrayBuffer>;
  /** Columns counted from 0, in any order within a row, none twice. */
  readonly colIdx: Int32Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
}

/** One stored entry: row, column, value. */
export type Entry = readonly [row: number, col: number, value: number];

const isSize = (n: unknown) => Number.isSafeInteger(n) && (n as number) >= 0;

/**
 * Checks what is said to be a matrix by compressed rows and returns it. Empty rows and unsorted
 * columns are fine. O(entries + cols).
 *
 * @throws TypeError for arrays of the wrong kind; RangeError for offsets that do not start at 0, fall
 *   or miss the end, for columns out of range and for a column twice in a row, naming the first.
 */
export function checkCsr(matrix: Csr): Csr {
  checkObject("checkCsr", "matrix", matrix);
  const { rows, cols, rowPtr, colIdx, values } = matrix;
  if (!(rowPtr instanceof Int32Array && colIdx instanceof Int32Array)) {
    throw typeError("checkCsr: rowPtr and colIdx must be Int32Arrays");
  }
  if (!(values instanceof Float64Array)) throw typeError("checkCsr: values must be a Float64Array");
  if (!(isSize(rows) && isSize(cols))) {
    throw domainError(
      `checkCsr: rows and cols must be whole numbers >= 0, got ${rows} and ${cols}`,
    );
  }
  const fits = rowPtr.length === rows + 1 && colIdx.length === values.length;
  if (!fits || rowPtr[rows] !== values.length) {
    throw shapeError(
      `checkCsr: ${rows} rows need ${rows + 1} offsets that end at the number of entries, got ${rowPtr.length} that end at ${rowPtr.at(-1)} for ${colIdx.length} columns and ${values.length} values`,
    );
  }
  if (rowPtr[0] !== 0) throw domainError(`checkCsr: rowPtr[0] must be 0, got ${rowPtr[0]}`);
  const seenIn = new Int32Array(cols).fill(-1);
  for (let i = 0; i < rows; i++) {
    if (rowPtr[i + 1]! < rowPtr[i]!) {
      throw domainError(
        `checkCsr: rowPtr must not fall, got ${rowPtr[i + 1]} after ${rowPtr[i]} at index ${i + 1}`,
      );
    }
    for (let k = rowPtr[i]!; k < rowPtr[i + 1]!; k++) {
      const j = colIdx[k]!;
      if (!(j >= 0 && j < cols)) {
        throw domainError(`checkCsr: colIdx[${k}] must be in 0..${cols - 1}, got ${j}`);
      }
      if (seenIn[j] === i) throw domainError(`checkCsr: row ${i} has column ${j} twice`);
      seenIn[j] = i;
    }
  }
  return matrix;
}

/**
 * The matrix with the given entries, in any order; columns come out sorted. O(entries + rows + cols).
 *
 * @throws RangeError for an entry outside the matrix, one that is given twice, or a value that is
 *   not finite.
 */
export function csrFromEntries(rows: number, cols: number, entries: readonly Entry[]): Csr {
  if (!(isSize(rows) && isSize(cols))) {
    throw domainError(
      `csrFromEntries: rows and cols must be whole numbers >= 0, got ${rows} and ${cols}`,
    );
  }
  const rowPtr = new Int32Array(rows + 1);
  for (const [k, [i, j, value]] of entries.entries()) {
    const inside = isSize(i) && isSize(j) && i < rows && j < cols;
    if (!inside || !Number.isFinite(value)) {
      throw domainError(
        `csrFromEntries: entry ${k} must be a finite number inside ${rows} x ${cols}, got ${value} at (${i}, ${j})`,
      );
    }
    rowPtr[i + 1]!++;
  }
  for (let i = 0; i < rows; i++) rowPtr[i + 1]! += rowPtr[i]!;
  const colIdx = new Int32Array(entries.length);
  const values = new Float64Array(entries.length);
  const next = rowPtr.slice();
  for (const k of orderOfColumns(cols, entries)) {
    const [i, j, value] = entries[k]!;
    const at = next[i]!++;
    colIdx[at] = j;
    values[at] = value;
  }
  return checkCsr({ rows, cols, rowPtr, colIdx, values });
}

/** The entries by rising column, by counting. */
function orderOfColumns(cols: number, entries: readonly Entry[]): Int32Array {
  const next = new Int32Array(cols + 1);
  for (const [, j] of entries) next[j + 1]!++;
  for (let j = 0; j < cols; j++) next[j + 1]! += next[j]!;
  const order = new Int32Array(entries.length);
  entries.forEach(([, j], k) => {
    order[next[j]!++] = k;
  });
  return order;
}

/**
 * y = A x in double precision, with `x` of length cols and the result of length rows. O(entries).
 *
 * @throws RangeError if `x` has another length.
 */
export function spmv(matrix: Csr, x: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const { rows, cols, rowPtr, colIdx, values } = matrix;
  if (x.length !== cols) {
    throw shapeError(`spmv: x must have length ${cols}, got ${x.length}`);
  }
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = rowPtr[i]!; k < rowPtr[i + 1]!; k++) sum += values[k]! * x[colIdx[k]!]!;
    y[i] = sum;
  }
  return y;
}
