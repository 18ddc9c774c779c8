import type { Rng } from "@daily-kernel/compute";
import type { Batch } from "./batch.ts";
import { type ConvolutionTrace, convolve, convolveBack } from "./convolution.ts";
import type { Encoder } from "./encoder.ts";
import { addTo, product, productTA, productTB } from "./linear.ts";
import { normalWeight, type Weights, zeroWeight } from "./parameters.ts";
import { poolRows, summarise, summariseBack } from "./pooling.ts";

/** Sizes of the network: embedding, channels, taps of the first convolution, rows pooled after it. */
export interface ConvShape {
  readonly vocabulary: number;
  readonly embedding: number;
  readonly channels: number;
  readonly taps: number;
}

export function convWeights(
  rng: Rng,
  { vocabulary, embedding, channels, taps }: ConvShape,
): Weights {
  const embed = normalWeight(rng, [vocabulary, embedding], 0.5);
  embed.data.fill(0, 0, embedding);
  return {
    embed,
    conv1: normalWeight(rng, [embedding, taps * channels], Math.sqrt(4 / (embedding * taps))),
    bias1: zeroWeight([channels]),
    conv2: normalWeight(rng, [3 * channels, channels]),
    bias2: zeroWeight([channels]),
    conv3: normalWeight(rng, [3 * channels, channels]),
    bias3: zeroWeight([channels]),
    conv4: normalWeight(rng, [3 * channels, channels]),
    bias4: zeroWeight([channels]),
  };
}

/** Marks rows that hold at least one token, at a resolution of `factor` rows. */
function liveRows({ begins, lengths }: Batch, factor: number): Uint8Array {
  const live = new Uint8Array(begins.at(-1)! / factor);
  for (const [s, length] of lengths.entries()) {
    live.fill(1, begins[s]! / factor, begins[s]! / factor + Math.ceil(length / factor));
  }
  return live;
}

/**
 * Convolutions over the embedded tokens. The first one needs no products: what each token adds at each
 * tap stands in a table (vocabulary x taps x channels) that is summed. Its rows are pooled by 4, then
 * by 2, with three more convolutions of width 3; the features are the maxima and the log-sums of the
 * first and the last layer's channels.
 */
export function convEncoder({ vocabulary, embedding, channels, taps }: ConvShape): Encoder {
  const width = 4 * channels;
  const stride = taps * channels;
  const half = taps >> 1;
  return {
    width,
    forward(weights, batch) {
      const { ids, begins, lengths } = batch;
      const rows = ids.length;
      const table = product(
        weights.embed!.data,
        weights.conv1!.data,
        vocabulary,
        embedding,
        stride,
      );
      const first = new Float32Array(rows * channels);
      const bias = weights.bias1!.data;
      for (const [s, length] of lengths.entries()) {
        const [from, to] = [begins[s]!, begins[s]! + length];
        for (let r = from; r < to; r++) {
          const row = first.subarray(r * channels, (r + 1) * channels);
          row.set(bias);
          for (let tap = Math.max(0, from - r + half); tap < taps && r + tap - half < to; tap++) {
            const at = ids[r + tap - half]! * stride + tap * channels;
            for (let c = 0; c < channels; c++) row[c]! += table[at + c]!;
          }
          for (let c = 0; c < channels; c++) if (row[c]! < 0) row[c] = 0;
        }
      }
      const features = new Float32Array(lengths.length * width);
      const firstPlaces = summarise(first, channels, begins, 1, features, width, 0);
      const pooled1 = poolRows(first, rows, channels, 4);
      const live4 = liveRows(batch, 4);
      const live8 = liveRows(batch, 8);
      const second = convolve(pooled1.out, weights.conv2!, weights.bias2!, live4);
      const pooled2 = poolRows(second.out, rows / 4, channels, 2);
      const third = convolve(pooled2.out, weights.conv3!, weights.bias3!, live8);
      const fourth = convolve(third.out, weights.conv4!, weights.bias4!, live8);
      const lastPlaces = summarise(fourth.out, channels, begins, 8, features, width, 2 * channels);
      return {
        features,
        back(d, into) {
          const step = (
            trace: ConvolutionTrace,
            name: string,
            dOut: Float32Array,
          ): Float32Array => {
            const { dx, dWeight, dBias } = convolveBack(trace, weights[`conv${name}`]!, dOut);
            addTo(into[`conv${name}`]!.data, dWeight);
            addTo(into[`bias${name}`]!.data, dBias);
            return dx;
          };
          const dFourth = new Float32Array(fourth.out.length);
          summariseBack(dFourth, lastPlaces, channels, begins, 8, features, d, width, 2 * channels);
          const dPooled2 = step(third, "3", step(fourth, "4", dFourth));
          const dSecond = new Float32Array(second.out.length);
          for (const [i, place] of pooled2.places.entries()) dSecond[place]! += dPooled2[i]!;
          const dPooled1 = step(second, "2", dSecond);
          const dFirst = new Float32Array(first.length);
          for (const [i, place] of pooled1.places.entries()) dFirst[place]! += dPooled1[i]!;
          summariseBack(dFirst, firstPlaces, channels, begins, 1, features, d, width, 0);
          const dTable = new Float32Array(table.length);
          const dBias = into.bias1!.data;
          for (const [s, length] of lengths.entries()) {
            const [from, to] = [begins[s]!, begins[s]! + length];
            for (let r = from; r < to; r++) {
              const row = dFirst.subarray(r * channels, (r + 1) * channels);
              for (let c = 0; c < channels; c++) {
                if (first[r * channels + c] === 0) row[c] = 0;
                dBias[c]! += row[c]!;
              }
              for (
                let tap = Math.max(0, from - r + half);
                tap < taps && r + tap - half < to;
                tap++
              ) {
                const at = ids[r + tap - half]! * stride + tap * channels;
                for (let c = 0; c < channels; c++) dTable[at + c]! += row[c]!;
              }
            }
          }
          addTo(
            into.embed!.data,
            productTB(dTable, weights.conv1!.data, vocabulary, stride, embedding),
          );
          addTo(
            into.conv1!.data,
            productTA(weights.embed!.data, dTable, vocabulary, embedding, stride),
          );
        },
      };
    },
  };
}
