import { product, productTA, productTB } from "./linear.ts";
import type { Weight } from "./parameters.ts";

/**
 * A convolution of width 3 over rows [rows, channels] as one matrix product of shifted rows with the
 * weights [3 * channels, out], then ReLU; rows that `live` does not mark stay zero.
 */
export interface ConvolutionTrace {
  readonly shifted: Float32Array;
  readonly out: Float32Array;
}

/** Rows r - 1, r and r + 1 side by side; zeros beyond the ends. */
function shiftedRows(x: Float32Array, rows: number, channels: number): Float32Array {
  const shifted = new Float32Array(rows * 3 * channels);
  for (let r = 0; r < rows; r++) {
    const from = Math.max(0, r - 1);
    const to = Math.min(rows, r + 2);
    shifted.set(x.subarray(from * channels, to * channels), (r * 3 + (from - r + 1)) * channels);
  }
  return shifted;
}

export function convolve(
  x: Float32Array,
  weight: Weight,
  bias: Weight,
  live: Uint8Array,
): ConvolutionTrace {
  const rows = live.length;
  const [inner, channels] = weight.shape as [number, number];
  const shifted = shiftedRows(x, rows, inner / 3);
  const out = product(shifted, weight.data, rows, inner, channels);
  for (let r = 0; r < rows; r++) {
    for (let i = r * channels, c = 0; c < channels; i++, c++) {
      const value = out[i]! + bias.data[c]!;
      out[i] = live[r] === 1 && value > 0 ? value : 0;
    }
  }
  return { shifted, out };
}

/** Gradients for d, the gradient with respect to `out`; d is overwritten. */
export function convolveBack(
  { shifted, out }: ConvolutionTrace,
  weight: Weight,
  d: Float32Array,
): { dx: Float32Array; dWeight: Float32Array; dBias: Float32Array } {
  const [inner, channels] = weight.shape as [number, number];
  const rows = out.length / channels;
  const dBias = new Float32Array(channels);
  for (let i = 0; i < d.length; i++) {
    if (out[i] === 0) d[i] = 0;
    else dBias[i % channels]! += d[i]!;
  }
  const dWeight = productTA(shifted, d, rows, inner, channels);
  const dShifted = productTB(d, weight.data, rows, channels, inner);
  const width = inner / 3;
  const dx = new Float32Array(rows * width);
  for (let r = 0; r < rows; r++) {
    for (let tap = 0; tap < 3; tap++) {
      const to = r + tap - 1;
      if (to < 0 || to >= rows) continue;
      const from = (r * 3 + tap) * width;
      for (let c = 0; c < width; c++) dx[to * width + c]! += dShifted[from + c]!;
    }
  }
  return { dx, dWeight, dBias };
}
