import type { Rng } from "@daily-kernel/compute";

/** A generating matrix: entry (k, t), of index digit k and point digit t, at `entries[k digits + t]`. */
export interface DigitMatrix {
  columns: number;
  digits: number;
  entries: Uint32Array;
}

/** The identity of size m: the digits of the point are those of the index. */
export function identityMatrix(m: number): DigitMatrix {
  const entries = new Uint32Array(m * m);
  for (let k = 0; k < m; k++) entries[k * m + k] = 1;
  return { columns: m, digits: m, entries };
}

/**
 * Faure's matrix of component c, of size m: binomial(k, t) c^(k - t) modulo the prime base
 * (Faure 1982).
 */
export function faureMatrix(c: number, m: number, base: number): DigitMatrix {
  const entries = new Uint32Array(m * m);
  let row = new Uint32Array(m);
  row[0] = 1;
  for (let k = 0; k < m; k++) {
    entries.set(row, k * m);
    // (y + c)^(k + 1) = (y + c)^k (y + c), coefficient by coefficient.
    const next = new Uint32Array(m);
    for (let t = 0; t < m; t++) next[t] = (c * row[t]! + (t > 0 ? row[t - 1]! : 0)) % base;
    row = next;
  }
  return { columns: m, digits: m, entries };
}

/** With as many digits as asked: zeros are added, or the last ones go. */
export function resized(matrix: DigitMatrix, digits: number): DigitMatrix {
  if (digits === matrix.digits) return matrix;
  const entries = new Uint32Array(matrix.columns * digits);
  for (let k = 0; k < matrix.columns; k++) {
    const column = matrix.entries.subarray(k * matrix.digits, (k + 1) * matrix.digits);
    entries.set(column.subarray(0, Math.min(digits, matrix.digits)), k * digits);
  }
  return { columns: matrix.columns, digits, entries };
}

/** S times the matrix modulo the base; S has `digits` rows of as many entries as the matrix has digits. */
export function scrambled(
  matrix: DigitMatrix,
  scramble: ArrayLike<number>,
  digits: number,
  base: number,
): DigitMatrix {
  const entries = new Uint32Array(matrix.columns * digits);
  const from = matrix.digits;
  for (let k = 0; k < matrix.columns; k++) {
    for (let t = 0; t < digits; t++) {
      let sum = 0;
      for (let c = 0; c < from; c++) {
        const entry = matrix.entries[k * from + c]!;
        if (entry !== 0) sum = (sum + scramble[t * from + c]! * entry) % base;
      }
      entries[k * digits + t] = sum;
    }
  }
  return { columns: matrix.columns, digits, entries };
}

/**
 * A random linear scramble (Matousek 1998): below the diagonal 0..b-1, on it 1..b-1, above it 0;
 * `rows` x `columns`.
 */
export function randomScramble(rng: Rng, rows: number, columns: number, base: number): Uint32Array {
  const scramble = new Uint32Array(rows * columns);
  for (let t = 0; t < rows; t++) {
    for (let c = 0; c <= t && c < columns; c++) {
      scramble[t * columns + c] = c === t ? 1 + rng.integer(base - 1) : rng.integer(base);
    }
  }
  return scramble;
}

/** Digit r of the result is digit floor(r / a) of matrix r mod a, of `matrices.length` = a. */
export function interlaced(matrices: readonly DigitMatrix[], digits: number): DigitMatrix {
  const alpha = matrices.length;
  const { columns } = matrices[0]!;
  const entries = new Uint32Array(columns * digits);
  matrices.forEach((matrix, a) => {
    for (let k = 0; k < columns; k++) {
      for (let t = a, own = 0; t < digits && own < matrix.digits; t += alpha, own++) {
        entries[k * digits + t] = matrix.entries[k * matrix.digits + own]!;
      }
    }
  });
  return { columns, digits, entries };
}
