import { wasm } from "@daily-kernel/compute";
import * as kernels from "../../kernels.generated.ts";
import type { NetworkInput } from "./input.ts";
import { LONGEST } from "./longest.ts";
import type { Weights } from "./parameters.ts";

/** Sequences whose features go through the head together. */
const TOGETHER = 64;

/**
 * The forward pass of the convolutional model in WebAssembly SIMD: what `ConvInference` computes, one
 * sequence after the other. A convolution of width 3 is a product whose rows overlap in memory. Sizes
 * of the hidden layers and channels are multiples of 16; the last layer is padded to one.
 */
export function runSimd(
  weights: Weights,
  table: Float32Array,
  inputs: readonly NetworkInput[],
): Float32Array {
  const { exports, heap } = wasm(kernels);
  const { conv2, dense1, dense2, dense3, shift3 } = weights as Record<string, Weights[string]>;
  const channels = conv2!.shape[1]!;
  const width = dense1!.shape[0]!;
  const [first, second] = [dense1!.shape[1]!, dense2!.shape[1]!];
  const outputs = dense3!.shape[1]!;
  const wide = 16 * Math.ceil(outputs / 16);
  const taps = table.length / channels / weights.embed!.shape[0]!;
  const longest = Math.min(LONGEST, Math.max(1, ...inputs.map(({ ids }) => ids.length)));
  const rows4 = Math.ceil(longest / 4) + 8;
  const out = new Float32Array(inputs.length * outputs);
  return heap.scope((arena) => {
    const at = Object.fromEntries(
      Object.entries(weights).map(([name, { data }]) => [
        name,
        name === "embed" || name === "conv1" ? 0 : arena.f32(data),
      ]),
    ) as Record<string, number>;
    const lookup = arena.f32(table);
    const lastWeights = arena.f32(padded(dense3!.data, second, outputs, wide));
    const lastBias = arena.f32(padded(shift3!.data, 1, outputs, wide));
    const ids = arena.i32(longest);
    // A row of zeros stands before the rows of a layer and some behind them: windows read these.
    const layer = () => arena.f32((rows4 + 2) * channels);
    const [pooled, seconds, halves, thirds, fourths] = [
      layer(),
      layer(),
      layer(),
      layer(),
      layer(),
    ];
    const features = arena.f32(TOGETHER * width);
    const hidden1 = arena.f32(TOGETHER * first);
    const hidden2 = arena.f32(TOGETHER * second);
    const last = arena.f32(TOGETHER * wide);
    const rowBytes = 4 * channels;
    const clear = (address: number, from: number, to: number) =>
      heap.f32(address + from * rowBytes, (to - from) * channels).fill(0);
    for (const [s, { ids: sequence, counts }] of inputs.entries()) {
      const slot = s % TOGETHER;
      const length = Math.min(longest, sequence.length);
      const n4 = Math.ceil(length / 4);
      const n8 = Math.ceil(length / 8);
      heap.i32(ids, length).set(sequence.subarray(0, length));
      const [max1, sum1, max4, sum4] = [0, 1, 2, 3].map(
        (k) => features + (slot * width + k * channels) * 4,
      ) as [number, number, number, number];
      heap.f32(max1, width).fill(0);
      heap.f32(max1 + 16 * channels, counts.length).set(counts);
      clear(pooled, 0, Math.min(rows4 + 2, n4 + 6));
      exports.firstConvolution!(
        ids,
        length,
        lookup,
        taps,
        at.bias1!,
        channels,
        max1,
        sum1,
        pooled + rowBytes,
      );
      const convolve = (from: number, rows: number, name: string, to: number) => {
        exports.denseRows!(
          from,
          channels,
          4 * Math.ceil(rows / 4),
          3 * channels,
          at[`conv${name}`]!,
          at[`bias${name}`]!,
          channels,
          to + rowBytes,
          1,
        );
        clear(to, 0, 1);
        clear(to, 1 + rows, 1 + 4 * Math.ceil(rows / 4) + 4);
      };
      convolve(pooled, n4, "2", seconds);
      clear(halves, 0, 1);
      exports.poolPairs!(seconds + rowBytes, n8, channels, halves + rowBytes);
      clear(halves, 1 + n8, n8 + 6);
      convolve(halves, n8, "3", thirds);
      convolve(thirds, n8, "4", fourths);
      exports.summarise!(fourths + rowBytes, n8, channels, max4, sum4);
      for (const address of [sum1, sum4]) {
        const sums = heap.f32(address, channels);
        for (let c = 0; c < channels; c++) sums[c] = Math.log1p(sums[c]!);
      }
      if (slot + 1 < TOGETHER && s + 1 < inputs.length) continue;
      const rows = 4 * Math.ceil((slot + 1) / 4);
      exports.denseRows!(features, width, rows, width, at.dense1!, at.shift1!, first, hidden1, 1);
      exports.denseRows!(hidden1, first, rows, first, at.dense2!, at.shift2!, second, hidden2, 1);
      exports.denseRows!(hidden2, second, rows, second, lastWeights, lastBias, wide, last, 0);
      const values = heap.f32(last, TOGETHER * wide);
      for (let k = 0; k <= slot; k++) {
        out.set(values.subarray(k * wide, k * wide + outputs), (s - slot + k) * outputs);
      }
    }
    return out;
  });
}

/** Rows of `width` numbers with zeros behind them up to `wide`. */
function padded(x: Float32Array, rows: number, width: number, wide: number): Float32Array {
  const out = new Float32Array(rows * wide);
  for (let r = 0; r < rows; r++) out.set(x.subarray(r * width, (r + 1) * width), r * wide);
  return out;
}
