import { Rng } from "@daily-kernel/compute";
import { defaultDevice, init } from "@jax-js/jax";
import type { Vocabulary } from "../tokens/vocabulary.ts";
import { Adam } from "./adam.ts";
import { batchOf } from "./batch.ts";
import { foldStandardisation } from "./dense-head.ts";
import { HIDDEN, headStep, headWeights } from "./head.ts";
import type { NetworkInput } from "./input.ts";
import { beside } from "./join.ts";
import { LONGEST } from "./longest.ts";
import { encoderOf, freshWeights, type ModelKind } from "./network.ts";
import { type Weights, zerosLike } from "./parameters.ts";

/** How a network is trained. */
export interface Schedule {
  readonly epochs: number;
  readonly batch: number;
  readonly rate: number;
  readonly decay: number;
  /** Share of the tokens that a pass replaces by the unknown token. */
  readonly tokenDropout: number;
  /** Share of the features and of the first hidden layer that a pass leaves out. */
  readonly dropout: number;
}

export const defaultSchedule: Schedule = {
  epochs: 40,
  batch: 32,
  rate: 2e-3,
  decay: 0.05,
  tokenDropout: 0.05,
  dropout: 0.1,
};

/** Sequences with their targets, standardised; NaN where a sample has not the target. */
export interface TrainingSet {
  readonly inputs: readonly NetworkInput[];
  readonly targets: readonly Float32Array[];
}

/**
 * Trains an encoder and its head: Huber loss, Adam with a warm-up and a cosine to zero. The head and the
 * loss are differentiated by jax-js, the encoder by its own hand (jax-js's backward pass of the same
 * convolutions took forty times as long). Resolves to
 * the running mean of the weights, the standardisation of the features folded in.
 */
export async function fit(
  kind: ModelKind,
  vocabulary: Vocabulary,
  { inputs, targets }: TrainingSet,
  schedule: Schedule,
  seed: number,
  {
    signal,
    onProgress,
  }: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<Weights> {
  const { epochs, rate, decay, tokenDropout, dropout } = schedule;
  const n = inputs.length;
  const size = Math.min(n, schedule.batch);
  const outputs = targets[0]!.length;
  const rng = new Rng(seed, `cost model ${kind}`);
  const encoder = encoderOf(kind, vocabulary.tokens.length);
  const weights = freshWeights(kind, vocabulary, rng.spawn("encoder"));
  const own = encoder.width;
  const width = own + inputs[0]!.counts.length;
  const head = headWeights(rng.spawn("head"), width, outputs);
  const first = inputs.slice(0, 256);
  const { centre, scale } = standardise(
    beside(
      encoder.forward(
        weights,
        batchOf(
          first.map(({ ids }) => ids),
          LONGEST,
        ),
      ).features,
      first.map(({ counts }) => counts),
    ),
    width,
  );
  const averaged: Weights = Object.fromEntries(
    Object.entries({ ...weights, ...head }).map(([name, { shape, data }]) => [
      name,
      { shape, data: data.slice() },
    ]),
  );
  const adams = [new Adam(weights, decay), new Adam(head, decay)] as const;
  const keepOrDrop = (mask: Float32Array<ArrayBuffer>) => {
    for (let i = 0; i < mask.length; i++) mask[i] = rng.uniform() < dropout ? 0 : 1 / (1 - dropout);
    return mask;
  };
  const perEpoch = Math.floor(n / size);
  const total = perEpoch * epochs;
  const warmUp = Math.min(100, total / 10);
  let order = rng.permutation(n);
  const device = defaultDevice();
  await init("wasm");
  try {
    defaultDevice("wasm");
    for (let step = 0; step < total; step++) {
      signal?.throwIfAborted();
      if (step % perEpoch === 0) order = rng.permutation(n);
      const chosen = [...order.subarray((step % perEpoch) * size, (step % perEpoch) * size + size)];
      const batch = batchOf(
        chosen.map((i) => inputs[i]!.ids),
        LONGEST,
      );
      for (let r = 0; r < batch.ids.length; r++) {
        if (batch.ids[r] !== 0 && rng.uniform() < tokenDropout) batch.ids[r] = 1;
      }
      const { features: encoded, back } = encoder.forward(weights, batch);
      const features = beside(
        encoded,
        chosen.map((i) => inputs[i]!.counts),
      );
      const mask = keepOrDrop(new Float32Array(features.length));
      const standard = features.map(
        (v, i) => (mask[i]! * (v - centre[i % width]!)) / scale[i % width]!,
      );
      const wanted = new Float32Array(size * outputs);
      const known = new Float32Array(size * outputs);
      for (const [b, i] of chosen.entries()) {
        for (const [j, value] of targets[i]!.entries()) {
          if (Number.isNaN(value)) continue;
          wanted[b * outputs + j] = value;
          known[b * outputs + j] = 1;
        }
      }
      const { gradients, dFeatures } = await headStep(head, {
        features: { shape: [size, width], data: standard },
        targets: { shape: [size, outputs], data: wanted },
        known: { shape: [size, outputs], data: known },
        dropout: { shape: [size, HIDDEN[0]], data: keepOrDrop(new Float32Array(size * HIDDEN[0])) },
      });
      const dEncoder = zerosLike(weights);
      const dEncoded = encoded.map((_, i) => {
        const at = Math.floor(i / own) * width + (i % own);
        return (dFeatures[at]! * mask[at]!) / scale[i % own]!;
      });
      back(dEncoded, dEncoder);
      dEncoder.embed?.data.fill(0, 0, weights.embed!.shape[1]!); // the empty token stays zero
      const now =
        rate * Math.min(1, (step + 1) / warmUp) * 0.5 * (1 + Math.cos((Math.PI * step) / total));
      adams[0].update(weights, dEncoder, now);
      adams[1].update(head, gradients, now);
      const kept = Math.min(0.995, (step + 1) / (step + 10));
      for (const [name, { data }] of Object.entries({ ...weights, ...head })) {
        const mean = averaged[name]!.data;
        for (let i = 0; i < mean.length; i++) mean[i]! += (1 - kept) * (data[i]! - mean[i]!);
      }
      onProgress?.(step + 1, total);
    }
  } finally {
    defaultDevice(device);
  }
  return foldStandardisation(averaged, centre, scale);
}

/** Mean and spread of every feature over the rows. */
function standardise(
  features: Float32Array,
  width: number,
): { centre: Float32Array; scale: Float32Array } {
  const centre = new Float32Array(width);
  const scale = new Float32Array(width);
  const n = features.length / width;
  for (let j = 0; j < width; j++) {
    let sum = 0;
    let squares = 0;
    for (let i = j; i < features.length; i += width) sum += features[i]!;
    centre[j] = sum / n;
    for (let i = j; i < features.length; i += width) squares += (features[i]! - centre[j]!) ** 2;
    scale[j] = Math.sqrt(squares / n) + 0.1;
  }
  return { centre, scale };
}
