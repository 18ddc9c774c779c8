/** A class, since only methods may be marked for inlining everywhere they are called. */
export class Row {
  /**
   * Copies n numbers. Rows are short: a call of `memory.copy`, or of anything, costs as much as the
   * copy, and so does a loop whose end comes as a surprise. The bits of n are the same for all rows.
   */
  @inline
  static copy(from: usize, to: usize, n: i32): void {
    for (; n >= 32; n -= 32) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      v128.store(to, v128.load(from, 32), 32);
      v128.store(to, v128.load(from, 48), 48);
      v128.store(to, v128.load(from, 64), 64);
      v128.store(to, v128.load(from, 80), 80);
      v128.store(to, v128.load(from, 96), 96);
      v128.store(to, v128.load(from, 112), 112);
      from += 128;
      to += 128;
    }
    if (n & 16) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      v128.store(to, v128.load(from, 32), 32);
      v128.store(to, v128.load(from, 48), 48);
      from += 64;
      to += 64;
    }
    if (n & 8) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      from += 32;
      to += 32;
    }
    if (n & 4) {
      v128.store(to, v128.load(from));
      from += 16;
      to += 16;
    }
    if (n & 2) {
      store<u64>(to, load<u64>(from));
      from += 8;
      to += 8;
    }
    if (n & 1) store<u32>(to, load<u32>(from));
  }
}

/**
 * Copies a plane of `rows` x `cols` numbers to `to`, whose rows are `stride` numbers long. Spread
 * by 2, the numbers go to every other column. What lies between stays as it was.
 */
export function placePlane(
  from: usize,
  to: usize,
  rows: i32,
  cols: i32,
  spread: i32,
  stride: i32,
): void {
  for (let i = 0; i < rows; i++) {
    if (spread == 1) {
      Row.copy(from, to, cols);
    } else {
      for (let j = 0; j < cols; j++) {
        store<f32>(to + ((<usize>(j * spread)) << 2), load<f32>(from + ((<usize>j) << 2)));
      }
    }
    from += (<usize>cols) << 2;
    to += (<usize>stride) << 2;
  }
}

export function roundUp8(n: i32): i32 {
  return (n + 7) & ~7;
}
