import { fma32 } from "../../compute/assembly/fma";
import { placePlane, roundUp8 } from "./plane";

/** Output rows summed in single precision before they go to the double-precision totals. */
const ROWS = 16;

/**
 * Weight gradient of the depthwise correlation for channels first..last-1:
 * grad[c, i, j] = sum over (n, y, x) of dy[n, c, y, x] * in[n, c, y * step + i - K/2, x * step + j - K/2],
 * always summed in the same order. Scratch: K * roundUp8(K) doubles, then rows * s +
 * outRows * roundUp8(cols) floats, s = roundUp8(cols) + roundUp8(K).
 */
export function depthwiseWeight(
  input: usize,
  dy: usize,
  grad: usize,
  scratch: usize,
  first: i32,
  last: i32,
  batch: i32,
  channels: i32,
  rows: i32,
  cols: i32,
  K: i32,
  step: i32,
): void {
  const width = roundUp8(cols);
  const taps = roundUp8(K);
  const stride = width + taps;
  const half = K >> 1;
  const outRows = (rows + step - 1) / step;
  const outCols = (cols + step - 1) / step;
  const padded = scratch + ((<usize>K * taps) << 3);
  const spreadDy = padded + ((<usize>rows * stride) << 2);
  // The zeros around the numbers are the same for all planes.
  memory.fill(padded, 0, (<usize>(rows * stride) + outRows * width) << 2);
  for (let c = first; c < last; c++) {
    memory.fill(scratch, 0, (<usize>K * taps) << 3);
    for (let n = 0; n < batch; n++) {
      const plane = <usize>n * channels + c;
      const x = input + ((plane * rows * cols) << 2);
      placePlane(x, padded + ((<usize>half) << 2), rows, cols, 1, stride);
      const d = dy + ((plane * outRows * outCols) << 2);
      placePlane(d, spreadDy, outRows, outCols, step, width);
      for (let i = 0; i < K; i++) {
        // Rows y with 0 <= y * step + i - half < rows.
        const from = max(0, (half - i + step - 1) / step);
        const below = rows + half - i; // division rounds to 0, so a negative one is taken out first
        const to = below > 0 ? min(outRows, (below - 1) / step + 1) : 0;
        for (let j = 0; j < taps; j += 8) {
          const total = scratch + ((<usize>i * taps + j) << 3);
          for (let y = from; y < to; y += ROWS) {
            const x = padded + ((<usize>(y * step + i - half) * stride + j) << 2);
            const d = spreadDy + ((<usize>y * width) << 2);
            addTaps8(x, d, total, min(ROWS, to - y), width, stride * step);
          }
        }
      }
    }
    const target = grad + ((<usize>c * K * K) << 2);
    for (let i = 0; i < K; i++) {
      for (let j = 0; j < K; j++) {
        const sum = load<f64>(scratch + ((<usize>i * taps + j) << 3));
        store<f32>(target + ((<usize>i * K + j) << 2), <f32>sum);
      }
    }
  }
}

/** Adds to eight doubles the sums of d[y, x] * in[y, x + 0..7] over rows x width numbers. */
function addTaps8(x: usize, d: usize, total: usize, rows: i32, width: i32, stride: i32): void {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let s4 = f32x4.splat(0);
  let s5 = f32x4.splat(0);
  let s6 = f32x4.splat(0);
  let s7 = f32x4.splat(0);
  for (let y = 0; y < rows; y++) {
    let p = x;
    const end = d + ((<usize>width) << 2);
    for (; d < end; d += 16, p += 16) {
      const v = v128.load(d);
      s0 = fma32(v, v128.load(p), s0);
      s1 = fma32(v, v128.load(p, 4), s1);
      s2 = fma32(v, v128.load(p, 8), s2);
      s3 = fma32(v, v128.load(p, 12), s3);
      s4 = fma32(v, v128.load(p, 16), s4);
      s5 = fma32(v, v128.load(p, 20), s5);
      s6 = fma32(v, v128.load(p, 24), s6);
      s7 = fma32(v, v128.load(p, 28), s7);
    }
    x += (<usize>stride) << 2;
  }
  add(total, s0);
  add(total + 8, s1);
  add(total + 16, s2);
  add(total + 24, s3);
  add(total + 32, s4);
  add(total + 40, s5);
  add(total + 48, s6);
  add(total + 56, s7);
}

function add(total: usize, s: v128): void {
  const even = f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 2);
  const odd = f32x4.extract_lane(s, 1) + f32x4.extract_lane(s, 3);
  store<f64>(total, load<f64>(total) + (<f64>even + <f64>odd));
}
