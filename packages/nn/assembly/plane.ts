/** Copies n numbers. Rows are short, and a call of `memory.copy` costs more than the copy. */
export function copyRow(from: usize, to: usize, n: i32): void {
  const end = from + ((<usize>n) << 2);
  for (; from + 16 <= end; from += 16, to += 16) v128.store(to, v128.load(from));
  for (; from < end; from += 4, to += 4) store<f32>(to, load<f32>(from));
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
      copyRow(from, to, cols);
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
