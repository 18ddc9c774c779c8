// Points of a base-2 net. Point i is the sum over GF(2) of the columns of the 1 bits of i, so the
// points of an aligned block of 2^k share one row (of the high bits) and differ by a table of 2^k
// rows (of the low bits). "Wide" rows are several points side by side, a multiple of 8 numbers.

// A fraction f as a double without conversion: "signed form" has the first digit in the sign, the 52
// digits after it in the mantissa, and nothing in the exponent, so that it is still linear over GF(2).
// Exclusive or with -1/2 gives the double f if the first digit is 1, and -1/2 - f if it is 0; the
// maximum of that and of -1/2 minus it is f, to 53 digits, every step exact.

class Signed {
  @inline
  static form(f: v128): v128 {
    const mantissa = i64x2.shr_u(i64x2.shl(f, 1), 12);
    return v128.bitselect(f, mantissa, i64x2.splat(0x8000000000000000));
  }

  @inline
  static double(v: v128, half: v128): v128 {
    return f64x2.pmax(v, f64x2.sub(half, v));
  }
}

/** Turns n fractions into signed form, in place, n even, and adds -1/2 if `half`. */
export function netSigned(p: usize, n: i32, half: i32): void {
  const added = half ? f64x2.splat(-0.5) : f64x2.splat(0);
  for (let i = 0; i < n; i += 2, p += 16) {
    v128.store(p, v128.xor(Signed.form(v128.load(p)), added));
  }
}

/** All sums of the first k of the columns at `planes` (rows of d numbers): 2^k rows. */
export function netTable(table: usize, planes: usize, d: i32, k: i32): void {
  const row = (<usize>d) << 3;
  memory.fill(table, 0, row);
  let size = row;
  for (let c = 0; c < k; c++, planes += row, size <<= 1) {
    const end = table + size;
    let column: usize = 0;
    for (let from = table, to = end; from < end; from += 8, to += 8) {
      store<u64>(to, load<u64>(from) ^ load<u64>(planes + column));
      column += 8;
      if (column == row) column = 0;
    }
  }
}

/** Copies each of `rows` rows of d numbers `times` times side by side. */
export function netWiden(to: usize, from: usize, d: i32, times: i32, rows: i32): void {
  const row = (<usize>d) << 3;
  for (let r = 0; r < rows; r++, from += row) {
    for (let i = 0; i < times; i++, to += row) memory.copy(to, from, row);
  }
}

/**
 * Writes `blocks` blocks of `rows` wide rows from block `first` on: as 64-bit numbers, or, if
 * `doubles`, as the doubles of signed forms. Row r is row r of the table, plus `shift`, plus the
 * column c of `planes` (wide rows) for every bit c of the block's index. `base` is scratch for one
 * wide row.
 */
export function netPoints(
  out: usize,
  first: f64,
  blocks: i32,
  table: usize,
  rows: i32,
  width: i32,
  planes: usize,
  shift: usize,
  base: usize,
  doubles: i32,
): void {
  const size = (<usize>width) << 3;
  const tableEnd = table + size * <usize>rows;
  const half = f64x2.splat(-0.5);
  memory.copy(base, shift, size);
  let index = u64(first);
  for (let bits = index, column = planes; bits != 0; bits >>= 1, column += size) {
    if (bits & 1) addRow(base, column, size);
  }
  for (let b = 0; b < blocks; b++) {
    for (let row = table; row < tableEnd; ) {
      const rowEnd = row + size;
      let at = base;
      if (doubles) {
        for (; row < rowEnd; row += 64, at += 64, out += 64) {
          const u = v128.xor(v128.load(row), v128.load(at));
          const v = v128.xor(v128.load(row, 16), v128.load(at, 16));
          const w = v128.xor(v128.load(row, 32), v128.load(at, 32));
          const x = v128.xor(v128.load(row, 48), v128.load(at, 48));
          v128.store(out, Signed.double(u, half));
          v128.store(out, Signed.double(v, half), 16);
          v128.store(out, Signed.double(w, half), 32);
          v128.store(out, Signed.double(x, half), 48);
        }
      } else {
        for (; row < rowEnd; row += 32, at += 32, out += 32) {
          v128.store(out, v128.xor(v128.load(row), v128.load(at)));
          v128.store(out, v128.xor(v128.load(row, 16), v128.load(at, 16)), 16);
        }
      }
    }
    index++;
    if (b + 1 == blocks) return; // the next block may have no column
    let column = planes;
    for (let c = ctz(index); ; c--, column += size) {
      addRow(base, column, size);
      if (c == 0) break;
    }
  }
}

/** Adds a column (size bytes, a multiple of 32) to a row over GF(2). */
function addRow(row: usize, column: usize, size: usize): void {
  for (let i: usize = 0; i < size; i += 32) {
    v128.store(row + i, v128.xor(v128.load(row + i), v128.load(column + i)));
    v128.store(row + i, v128.xor(v128.load(row + i, 16), v128.load(column + i, 16)), 16);
  }
}

/** n 64-bit fractions as doubles: their first 53 digits. Works in place; n is even. */
export function netDoubles(out: usize, words: usize, n: i32): void {
  const half = f64x2.splat(-0.5);
  for (let i = 0; i < n; i += 2, words += 16, out += 16) {
    v128.store(out, Signed.double(v128.xor(Signed.form(v128.load(words)), half), half));
  }
}
