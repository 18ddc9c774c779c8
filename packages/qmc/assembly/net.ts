// Points of a base-2 net. Point i is the sum over GF(2) of the columns of the 1 bits of i, so the
// points of an aligned block of 2^k share one row (of the high bits) and differ by a table of 2^k
// rows (of the low bits). "Wide" rows are several points side by side, a multiple of 4 numbers.

/** Shifts n 64-bit numbers to the right, in place. */
export function netShiftRight(p: usize, n: i32, by: i32): void {
  for (let i = 0; i < n; i++, p += 8) store<u64>(p, load<u64>(p) >> u64(by));
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
 * `doubles`, as v 2^-53 for numbers v below 2^53. Row r is row r of the table, plus `shift`, plus
 * the column c of `planes` (wide rows) for every bit c of the block's index. `base` is scratch for
 * one wide row.
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
  // v = h 2^32 + l: a double in [2^31, 2^32) with h in its last places, one in [1/2, 1) with l in its
  // last 32, and what was added to them taken off again; every step is exact.
  const magic = i64x2.splat(0x3fe0000000000000);
  const magicHigh = i64x2.splat(0x41e0000000000000);
  const bias = f64x2.splat(2147483648.5);
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
        for (; row < rowEnd; row += 32, at += 32, out += 32) {
          const v = v128.xor(v128.load(row), v128.load(at));
          const w = v128.xor(v128.load(row, 16), v128.load(at, 16));
          const vh = f64x2.sub(v128.or(i64x2.shr_u(v, 32), magicHigh), bias);
          const wh = f64x2.sub(v128.or(i64x2.shr_u(w, 32), magicHigh), bias);
          v128.store(out, f64x2.add(vh, v128.shuffle<i32>(v, magic, 0, 5, 2, 7)));
          v128.store(out, f64x2.add(wh, v128.shuffle<i32>(w, magic, 0, 5, 2, 7)), 16);
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

/** n 64-bit fractions as doubles: their first 53 digits. Works in place; n is a multiple of 2. */
export function netDoubles(out: usize, words: usize, n: i32): void {
  const magic = i64x2.splat(0x3fe0000000000000);
  const magicHigh = i64x2.splat(0x41e0000000000000);
  const bias = f64x2.splat(2147483648.5);
  for (let i = 0; i < n; i += 2, words += 16, out += 16) {
    const v = i64x2.shr_u(v128.load(words), 11);
    const high = f64x2.sub(v128.or(i64x2.shr_u(v, 32), magicHigh), bias);
    v128.store(out, f64x2.add(high, v128.shuffle<i32>(v, magic, 0, 5, 2, 7)));
  }
}
