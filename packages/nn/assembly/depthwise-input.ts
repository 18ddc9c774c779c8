import { copyRow, placePlane, roundUp8 } from "./plane";
import { tiles8, tiles16, tiles24 } from "./tiles";

/**
 * Depthwise correlation of planes first..last-1 with "same" padding, K odd:
 * out[y, x] = sum over (i, j) of in[y * step + i - K/2, x * step + j - K/2] * w[i, j].
 *
 * The input plane is inRows x inCols, spread over rows x cols (its number (i, j) stands at
 * (i * spread, j * spread), zeros between): spread 1 for the operation itself, spread 2 with
 * reversed taps for the input gradient at stride 2. Scratch: inRows * s + outRows * roundUp8(cols)
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
  const rowBytes = (<usize>stride) << 2;
  const finished = scratch + <usize>inRows * rowBytes; // an output plane, `width` wide
  const outRows = (rows + step - 1) / step;
  const outCols = (cols + step - 1) / step;
  const fits = step == 1 && width == cols; // then it is the output itself
  // 8 columns keep too few sums in flight: 16 + 16 is faster than 24 + 8.
  const wide = width % 24 == 8 && width > 8 ? width - 32 : width - (width % 24);
  const medium = wide + ((width - wide) & ~15);
  memory.fill(scratch, 0, <usize>inRows * rowBytes); // the margins are the same for all planes
  for (let plane = first; plane < last; plane++) {
    const source = input + ((<usize>plane * inRows * inCols) << 2);
    const target = output + ((<usize>plane * outRows * outCols) << 2);
    placePlane(source, scratch + ((<usize>(K >> 1)) << 2), inRows, inCols, spread, stride);
    const w = weights + ((<usize>(plane % channels) * K * K) << 2);
    const out = fits ? target : finished;
    tiles24(scratch, rowBytes, w, out, 0, wide, rows, width, K, spread, step);
    tiles16(scratch, rowBytes, w, out, wide, medium, rows, width, K, spread, step);
    tiles8(scratch, rowBytes, w, out, medium, width, rows, width, K, spread, step);
    if (!fits) {
      for (let y = 0; y < outRows; y++) {
        const row = (<usize>(y * width)) << 2;
        storeRow(finished + row, target + ((<usize>(y * outCols)) << 2), outCols, step);
      }
    }
  }
}

/** Copies every step-th number of a finished row to the output. */
function storeRow(from: usize, to: usize, n: i32, step: i32): void {
  if (step == 1) {
    copyRow(from, to, n);
  } else {
    for (let i = 0; i < n; i++) {
      store<f32>(to + ((<usize>i) << 2), load<f32>(from + ((<usize>(i * step)) << 2)));
    }
  }
}
