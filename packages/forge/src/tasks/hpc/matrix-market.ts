import { dataError, typeError } from "@daily-kernel/compute";
import { type Csr, csrFromEntries, type Entry } from "./csr.ts";

const fail = (line: number, message: string) =>
  dataError(`readMatrixMarket: line ${line}: ${message}`);

/**
 * Reads a matrix in the Matrix Market exchange format (Boisvert, Pozo and Remington 1996): the
 * coordinate form, `real`, `integer` or `pattern` (ones), `general`, `symmetric` or `skew-symmetric`.
 *
 * @param text the whole file
 * @throws TypeError if `text` is no string; an error with code `ERR_DATA` that names the line for a
 *   file of another kind, a wrong count, an entry outside the matrix or given twice.
 */
export function readMatrixMarket(text: string): Csr {
  if (typeof text !== "string") throw typeError("readMatrixMarket: text must be a string");
  const lines = text.split(/\r?\n/);
  const [banner, object, format, field = "", symmetry = ""] = lines[0]!.toLowerCase().split(/\s+/);
  if (banner !== "%%matrixmarket" || object !== "matrix" || format !== "coordinate") {
    throw fail(1, "expected `%%MatrixMarket matrix coordinate ...`");
  }
  if (!["real", "integer", "pattern"].includes(field)) {
    throw fail(1, `the field must be real, integer or pattern, got ${JSON.stringify(field)}`);
  }
  if (!["general", "symmetric", "skew-symmetric"].includes(symmetry)) {
    throw fail(1, `the symmetry must be general, symmetric or skew-symmetric, got "${symmetry}"`);
  }
  let size: number[] | undefined;
  const entries: Entry[] = [];
  const seen = new Set<number>();
  let stored = 0;
  for (const [at, raw] of lines.entries()) {
    const line = raw.trim();
    if (at === 0 || line === "" || line.startsWith("%")) continue;
    const words = line.split(/\s+/).map(Number);
    if (size === undefined) {
      if (words.length !== 3 || !words.every((n) => Number.isSafeInteger(n) && n >= 0)) {
        throw fail(at + 1, "expected the numbers of rows, columns and entries");
      }
      size = words;
      continue;
    }
    const [i = 0, j = 0, value = field === "pattern" ? 1 : Number.NaN] = words;
    const whole = Number.isSafeInteger(i) && Number.isSafeInteger(j);
    if (!whole || i < 1 || j < 1 || i > size[0]! || j > size[1]!) {
      throw fail(at + 1, `row and column must be in 1..${size[0]} and 1..${size[1]}`);
    }
    if (!Number.isFinite(value)) throw fail(at + 1, "expected a finite value");
    if (symmetry === "skew-symmetric" && i === j) {
      throw fail(at + 1, "a skew-symmetric matrix stores no diagonal");
    }
    stored++;
    for (const [row, col, v] of mirrored(i - 1, j - 1, value, symmetry)) {
      const key = row * size[1]! + col;
      if (seen.has(key)) throw fail(at + 1, `entry (${row + 1}, ${col + 1}) is given twice`);
      seen.add(key);
      entries.push([row, col, v]);
    }
  }
  if (size === undefined) throw fail(lines.length, "the line of sizes is missing");
  if (stored !== size[2]) {
    throw fail(lines.length, `${size[2]} entries were announced and ${stored} came`);
  }
  return csrFromEntries(size[0]!, size[1]!, entries);
}

function mirrored(row: number, col: number, value: number, symmetry: string): Entry[] {
  const entry: Entry = [row, col, value];
  if (symmetry === "general" || row === col) return [entry];
  return [entry, [col, row, symmetry === "symmetric" ? value : -value]];
}
