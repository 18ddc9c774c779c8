import { copyRow, placePlane, roundUp8 } from "./plane";
import { correlateStrips } from "./strips";
import { Tiles } from "./tiles";

/**
 * Depthwise correlation of planes first..last-1 with "same" padding, K odd:
 * out[y, x] = sum over (i, j) of in[y * step + i - K/2, x * step + j - K/2] * w[i, j].
 *
 * The input plane is inRows x inCols, spread over rows x cols (its number (i, j) stands at
 * (i * spread, j * spread), zeros between): spread 1 for the operation itself, spread 2 with
 * reversed taps for the input gradient at stride 2. Scratch: (inRows + 1) * s + rows *
 * roundUp8(cols) floats, s = roundUp8(cols) + roundUp8(K).
 *
 * Returns 1 if the results are known to be finite, 0 if they must be looked through.
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
): i32 {
  const width = roundUp8(cols);
  const stride = width + roundUp8(K);
  const rowBytes = (<usize>stride) << 2;
  const zeros = scratch + <usize>inRows * rowBytes;
  const finished = zeros + rowBytes; // an output plane, `width` wide
  const outRows = (rows + step - 1) / step;
  const outCols = (cols + step - 1) / step;
  const plain = step == 1 && spread == 1;
  let bad = f32x4.splat(plain ? 0 : NaN);
  memory.fill(scratch, 0, finished - scratch); // the margins are the same for all planes
  for (let plane = first; plane < last; plane++) {
    const source = input + ((<usize>plane * inRows * inCols) << 2);
    const target = output + ((<usize>plane * outRows * outCols) << 2);
    placePlane(source, scratch + ((<usize>(K >> 1)) << 2), inRows, inCols, spread, stride);
    const w = weights + ((<usize>(plane % channels) * K * K) << 2);
    // Strips run over into the next plane, so what follows the last one is not theirs.
    const direct = plain && ((cols & 3) == 0 || plane + 1 < last);
    if (plain) {
      const out = direct ? target : finished;
      const outBytes = (<usize>(direct ? cols : width)) << 2;
      const b = correlateStrips(scratch, zeros, rowBytes, w, out, outBytes, rows, cols, K);
      bad = f32x4.add(bad, b);
    } else {
      tiles(scratch, rowBytes, w, finished, rows, width, K, spread, step);
    }
    if (!direct) {
      for (let y = 0; y < outRows; y++) {
        const row = (<usize>(y * width)) << 2;
        storeRow(finished + row, target + ((<usize>(y * outCols)) << 2), outCols, step);
      }
    }
  }
  const rest = f32x4.extract_lane(bad, 0) + f32x4.extract_lane(bad, 1);
  return rest + f32x4.extract_lane(bad, 2) + f32x4.extract_lane(bad, 3) == 0 ? 1 : 0;
}

/** A plane in tiles of 24 columns, and 16 or 8 for the rest. */
function tiles(
  x: usize,
  rowBytes: usize,
  w: usize,
  out: usize,
  rows: i32,
  width: i32,
  K: i32,
  spread: i32,
  step: i32,
): void {
  // 8 columns keep too few sums in flight: 16 + 16 is faster than 24 + 8.
  const wide = width % 24 == 8 && width > 8 ? width - 32 : width - (width % 24);
  const medium = wide + ((width - wide) & ~15);
  Tiles.correlate(6, x, rowBytes, w, out, 0, wide, rows, width, K, spread, step);
  Tiles.correlate(4, x, rowBytes, w, out, wide, medium, rows, width, K, spread, step);
  Tiles.correlate(2, x, rowBytes, w, out, medium, width, rows, width, K, spread, step);
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
