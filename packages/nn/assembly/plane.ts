/**
 * Copies a plane of `rows` x `cols` numbers to `to`, row by row of `stride` numbers, each with
 * `pad` zeros before it and zeros behind it. Spread by 2, numbers stand in every other column.
 */
export function padPlane(
  from: usize,
  to: usize,
  rows: i32,
  cols: i32,
  pad: i32,
  spread: i32,
  stride: i32,
): void {
  memory.fill(to, 0, (<usize>rows * stride) << 2);
  for (let i = 0; i < rows; i++) {
    const source = from + ((<usize>i * cols) << 2);
    const target = to + ((<usize>i * stride + pad) << 2);
    if (spread == 1) {
      memory.copy(target, source, (<usize>cols) << 2);
    } else {
      for (let j = 0; j < cols; j++) {
        store<f32>(target + ((<usize>(j * spread)) << 2), load<f32>(source + ((<usize>j) << 2)));
      }
    }
  }
}

export function roundUp8(n: i32): i32 {
  return (n + 7) & ~7;
}
