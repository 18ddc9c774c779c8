import { padPlane, roundUp8 } from "./plane";
import { tile8, tile16, tile24 } from "./tiles";

/**
 * Depthwise correlation of planes first..last-1 with "same" padding, K odd:
 * out[y, x] = sum over (i, j) of in[y * step + i - K/2, x * step + j - K/2] * w[i, j].
 *
 * The input plane is inRows x inCols, spread over rows x cols (its number (i, j) stands at
 * (i * spread, j * spread), zeros between): spread 1 for the operation itself, spread 2 with
 * reversed taps for the input gradient at stride 2. Scratch: inRows * s + 2 * roundUp8(cols)
 * floats, s = roundUp8(cols) + roundUp8(K).
 */
export function depthwiseInput(
  input: usize,
  weights: usize,
  output: usize,
  scratch: usize,
  first: i32,
  last: i32,
  channels: i32,
  inRows: i32,
  inCols: i32,
  spread: i32,
  rows: i32,
  cols: i32,
  K: i32,
  step: i32,
): void {
  const width = roundUp8(cols);
  const stride = width + roundUp8(K);
  const half = K >> 1;
  const row = scratch + ((<usize>inRows * stride) << 2); // two finished rows
  const outRows = (rows + step - 1) / step;
  const outCols = (cols + step - 1) / step;
  for (let plane = first; plane < last; plane++) {
    padPlane(
      input + ((<usize>plane * inRows * inCols) << 2),
      scratch,
      inRows,
      inCols,
      half,
      spread,
      stride,
    );
    const w = weights + ((<usize>(plane % channels) * K * K) << 2);
    for (let y = 0; y < outRows; y += 2) {
      // Row y reads input rows top .. top + K - 1, row y + 1 the same moved by step.
      const top = y * step - half;
      let from = max(0, top);
      from += from % spread;
      const to = min(rows, top + step + K);
      let x = 0;
      const tail = width % 24;
      for (; x < width; ) {
        const left = width - x;
        const px = scratch + ((<usize>x) << 2);
        const at = row + ((<usize>x) << 2);
        // 8 columns keep too few sums in flight: 32 = 16 + 16 is faster than 24 + 8.
        if (left >= 24 && !(tail == 8 && left == 32)) {
          tile24(px, stride, w, K, from, to, spread, top, step, at, width);
          x += 24;
        } else if (left >= 16) {
          tile16(px, stride, w, K, from, to, spread, top, step, at, width);
          x += 16;
        } else {
          tile8(px, stride, w, K, from, to, spread, top, step, at, width);
          x += 8;
        }
      }
      const target = output + (((<usize>plane * outRows + y) * outCols) << 2);
      storeRow(row, target, outCols, step);
      if (y + 1 < outRows)
        storeRow(row + ((<usize>width) << 2), target + ((<usize>outCols) << 2), outCols, step);
    }
  }
}

/** Copies every step-th number of a finished row to the output. */
function storeRow(from: usize, to: usize, n: i32, step: i32): void {
  if (step == 1) {
    memory.copy(to, from, (<usize>n) << 2);
  } else {
    for (let i = 0; i < n; i++) {
      store<f32>(to + ((<usize>i) << 2), load<f32>(from + ((<usize>(i * step)) << 2)));
    }
  }
}
