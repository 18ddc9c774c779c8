import { matmul } from "@daily-kernel/compute";
import { type Batch, batchOf } from "./batch.ts";
import { dense, denseHead } from "./dense-head.ts";
import type { NetworkInput } from "./input.ts";
import { beside } from "./join.ts";
import { LONGEST } from "./longest.ts";
import type { Weight, Weights } from "./parameters.ts";

/** Sequences that go through the products together. */
const TOGETHER = 64;

/** The rows of each sequence at a resolution of `factor` tokens: from, to, and the first empty one. */
function* spans({ begins, lengths }: Batch, factor: number): Generator<[number, number, number]> {
  for (let s = 0; s < lengths.length; s++) {
    const from = begins[s]! / factor;
    yield [from, from + Math.ceil(lengths[s]! / factor), s];
  }
}

/** A convolution of width 3 with ReLU, as one product of rows with their neighbours beside them. */
function convolution(
  x: Float32Array,
  w: Weight,
  b: Weight,
  batch: Batch,
  factor: number,
): Float32Array {
  const width = w.shape[0]! / 3;
  const rows = x.length / width;
  const beside = new Float32Array(rows * 3 * width);
  for (let r = 0; r < rows; r++) {
    const [from, to] = [Math.max(0, r - 1), Math.min(rows, r + 2)];
    beside.set(x.subarray(from * width, to * width), (r * 3 + from - r + 1) * width);
  }
  const y = dense(beside, w, b, true);
  const channels = w.shape[1]!;
  let end = 0;
  for (const [from, to] of spans(batch, factor)) {
    y.fill(0, end * channels, from * channels);
    end = to;
  }
  y.fill(0, end * channels);
  return y;
}

/**
 * The convolutional cost model's forward pass in plain typed arrays: what `convEncoder` and the head
 * compute in training, with the standardisation of the features folded into the first dense layer.
 * The first convolution is a sum of table rows (token x tap); its output is pooled as it is made.
 */
export class ConvInference {
  readonly #weights: Weights;
  readonly #table: Float32Array;
  readonly #channels: number;
  readonly #taps: number;

  constructor(weights: Weights) {
    const { embed, conv1, conv2 } = weights as Record<string, Weight>;
    const [vocabulary, embedding] = embed!.shape as [number, number];
    const stride = conv1!.shape[1]!;
    this.#weights = weights;
    this.#channels = conv2!.shape[1]!;
    this.#taps = stride / this.#channels;
    this.#table = matmul(
      { data: embed!.data, rows: vocabulary, cols: embedding },
      { data: conv1!.data, rows: embedding, cols: stride },
    ).data;
  }

  /** Standardised predictions [sequences, targets]. */
  run(inputs: readonly NetworkInput[]): Float32Array {
    const outputs = this.#weights.dense3!.shape[1]!;
    const out = new Float32Array(inputs.length * outputs);
    for (let i = 0; i < inputs.length; i += TOGETHER) {
      out.set(this.#batch(inputs.slice(i, i + TOGETHER)), i * outputs);
    }
    return out;
  }

  #batch(inputs: readonly NetworkInput[]): Float32Array {
    const batch = batchOf(
      inputs.map(({ ids }) => ids),
      LONGEST,
    );
    const w = this.#weights;
    const channels = this.#channels;
    const features = new Float32Array(batch.lengths.length * 4 * channels);
    const first = this.#first(batch, features);
    const second = convolution(first, w.conv2!, w.bias2!, batch, 4);
    const pooled = new Float32Array(second.length / 2);
    for (let i = 0; i < pooled.length; i++) {
      const at = i + Math.floor(i / channels) * channels;
      pooled[i] = Math.max(second[at]!, second[at + channels]!);
    }
    const third = convolution(pooled, w.conv3!, w.bias3!, batch, 8);
    const fourth = convolution(third, w.conv4!, w.bias4!, batch, 8);
    for (const [from, to, s] of spans(batch, 8)) {
      const at = (s * 4 + 2) * channels;
      for (let i = from * channels; i < to * channels; i += channels) {
        for (let c = 0; c < channels; c++) {
          const value = fourth[i + c]!;
          if (value > features[at + c]!) features[at + c] = value;
          features[at + channels + c]! += value;
        }
      }
      for (let c = channels; c < 2 * channels; c++)
        features[at + c] = Math.log1p(features[at + c]!);
    }
    return denseHead(
      w,
      beside(
        features,
        inputs.map(({ counts }) => counts),
      ),
    );
  }

  /** The first convolution: writes its maxima and log-sums to `features`, returns it pooled by 4. */
  #first({ ids, begins, lengths }: Batch, features: Float32Array): Float32Array {
    const channels = this.#channels;
    const taps = this.#taps;
    const table = this.#table;
    const bias = this.#weights.bias1!.data;
    const half = taps >> 1;
    const pooled = new Float32Array((ids.length / 4) * channels);
    const row = new Float32Array(channels);
    for (let s = 0; s < lengths.length; s++) {
      const from = begins[s]!;
      const to = from + lengths[s]!;
      const at = s * 4 * channels;
      for (let r = from; r < to; r++) {
        row.set(bias);
        const last = Math.min(taps, to - r + half);
        for (let tap = Math.max(0, from - r + half); tap < last; tap++) {
          const entry = (ids[r + tap - half]! * taps + tap) * channels;
          for (let c = 0; c < channels; c++) row[c]! += table[entry + c]!;
        }
        const pool = (r >> 2) * channels;
        for (let c = 0; c < channels; c++) {
          const value = row[c]!;
          if (value <= 0) continue;
          features[at + channels + c]! += value;
          if (value > features[at + c]!) features[at + c] = value;
          if (value > pooled[pool + c]!) pooled[pool + c] = value;
        }
      }
      for (let c = channels; c < 2 * channels; c++)
        features[at + c] = Math.log1p(features[at + c]!);
    }
    return pooled;
  }
}
