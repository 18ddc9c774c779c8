import { placePlane, Row, roundUp8 } from "./plane";
import { correlatePlane } from "./strips";

/**
 * Depthwise correlation of planes first..last-1 with "same" padding, K odd:
 * out[y, x] = sum over (i, j) of in[y * step + i - K/2, x * step + j - K/2] * w[i, j].
 *
 * The input plane is inRows x inCols, spread over rows x cols (its number (i, j) stands at
 * (i * spread, j * spread), zeros between): spread 1 for the operation itself, spread 2 with
 * reversed taps for the input gradient at stride 2. Scratch: inRows * s + rows *
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
  const finished = scratch + <usize>inRows * rowBytes; // an output plane, `width` wide
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
    const out = direct ? target : finished;
    const outBytes = (<usize>(direct ? cols : width)) << 2;
    const b = correlatePlane(scratch, rowBytes, w, out, outBytes, rows, cols, K, spread, step);
    bad = f32x4.add(bad, b);
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

/** Copies every step-th number of a finished row to the output. */
function storeRow(from: usize, to: usize, n: i32, step: i32): void {
  if (step == 1) {
    Row.copy(from, to, n);
  } else {
    for (let i = 0; i < n; i++) {
      store<f32>(to + ((<usize>i) << 2), load<f32>(from + ((<usize>(i * step)) << 2)));
    }
  }
}
