import type { Rng } from "@daily-kernel/compute";
import { logarithmOf } from "../tokens/numbers.ts";
import type { Vocabulary } from "../tokens/vocabulary.ts";
import { bowEncoder } from "./bow-encoder.ts";
import { convEncoder, convWeights } from "./conv-encoder.ts";
import type { Encoder } from "./encoder.ts";
import { lstmEncoder, lstmWeights } from "./lstm-encoder.ts";
import type { Weights } from "./parameters.ts";

/** Bag of tokens, convolutions, or a recurrent network, each with the same dense head. */
export const modelKinds = ["bow", "conv1d", "lstm"] as const;
export type ModelKind = (typeof modelKinds)[number];

/** Sizes of the encoders. */
const sizes = { embedding: 24, channels: 32, taps: 5, hidden: 48 } as const;

/** The encoder of a kind for a vocabulary of so many tokens. */
export function encoderOf(kind: ModelKind, vocabulary: number): Encoder {
  const shape = { vocabulary, ...sizes };
  if (kind === "bow") return bowEncoder(vocabulary);
  return kind === "lstm" ? lstmEncoder(shape) : convEncoder(shape);
}

/**
 * Fresh weights of an encoder; a bag of tokens has none. The embeddings of numbers begin on a line in
 * the order of their logarithms, one line for each role.
 */
export function freshWeights(kind: ModelKind, { tokens }: Vocabulary, rng: Rng): Weights {
  const shape = { vocabulary: tokens.length, ...sizes };
  if (kind === "bow") return {};
  const weights = kind === "lstm" ? lstmWeights(rng, shape) : convWeights(rng, shape);
  const { data } = weights.embed!;
  const lines = new Map<string, Float32Array>();
  for (const [id, token] of tokens.entries()) {
    const number = logarithmOf(token);
    if (number === null) continue;
    const { role, log2 } = number;
    const line = lines.get(role) ?? rng.fillNormal(new Float32Array(2 * sizes.embedding));
    lines.set(role, line);
    for (let c = 0; c < sizes.embedding; c++) {
      const own = 0.2 * data[id * sizes.embedding + c]!;
      data[id * sizes.embedding + c] =
        own + 0.5 * line[c]! + 0.15 * log2 * line[sizes.embedding + c]!;
    }
  }
  return weights;
}
