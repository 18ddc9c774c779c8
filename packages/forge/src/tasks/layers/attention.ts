import { sizeOf } from "@daily-kernel/nn/reference";
import { linear } from "./linear.ts";
import { layerNorm } from "./normalization.ts";
import type { Value } from "./value.ts";

/** [batch, tokens, width] as [batch, heads, tokens, width / heads]. */
export function splitHeads(x: Value, heads: number): Value {
  const [batch, tokens, width] = x.shape as [number, number, number];
  return x.reshape([batch, tokens, heads, width / heads]).permute([0, 2, 1, 3]);
}

/** The inverse of `splitHeads`. */
export function joinHeads(x: Value): Value {
  const [batch, heads, tokens, width] = x.shape as [number, number, number, number];
  return x.permute([0, 2, 1, 3]).reshape([batch, tokens, heads * width]);
}

/** q, k, v of one linear layer of three times the width, stacked in that order; split into heads. */
export function queriesKeysValues(x: Value, heads: number): [Value, Value, Value] {
  const width = x.shape.at(-1) as number;
  const all = linear(x, 3 * width, { name: x.net.next("qkv") });
  const part = (i: number) => splitHeads(all.slice(2, i * width, (i + 1) * width), heads);
  return [part(0), part(1), part(2)];
}

/** q k^T / sqrt(width of a head). */
export function scores(q: Value, k: Value): Value {
  return q.matmul(k.permute([0, 1, 3, 2])).div(Math.sqrt(q.shape.at(-1) as number));
}

/** Scores with -infinity where the key comes after the query. */
export const causal = (scored: Value): Value =>
  scored.net.apply(scored.shape, 0, (o) => o.tril(scored.array, 0, Number.NEGATIVE_INFINITY));

/** Self-attention over the second axis of [batch, tokens, width], with an output layer. */
export function selfAttention(x: Value, heads: number, masked = false): Value {
  const [q, k, v] = queriesKeysValues(x, heads);
  const scored = scores(q, k);
  const weights = (masked ? causal(scored) : scored).softmax(3);
  const width = x.shape.at(-1) as number;
  return linear(joinHeads(weights.matmul(v)), width, { name: x.net.next("projection") });
}

/** A layer of a transformer's encoder with the norms after the sums: attention, then two layers with relu. */
export function encoderLayer(x: Value, heads: number, hidden: number): Value {
  const attended = layerNorm(x.add(selfAttention(x, heads)));
  const width = x.shape.at(-1) as number;
  return layerNorm(attended.add(linear(linear(attended, hidden).relu(), width)));
}

/** A weight [1, 1, width] repeated to [batch, 1, width]: the token that stands for the class. */
export function classToken(x: Value): Value {
  const [batch] = x.shape as [number];
  const width = x.shape.at(-1) as number;
  return x.net.weight("classToken", [1, 1, width]).expand([batch, 1, width]);
}

/**
 * The patches of an image as rows [batch, patches, patch^2 channels]. As published, all patches of
 * the first channel come first: a row holds pieces of several patches where there is more than one
 * channel.
 */
export function patchRows(image: Value, patch: number): Value {
  const [batch, channels, height, width] = image.shape as [number, number, number, number];
  const [down, across] = [height / patch, width / patch];
  const split = image.reshape([batch, channels, down, patch, across, patch]);
  const length = sizeOf([channels, patch, patch]);
  return split.permute([0, 1, 2, 4, 3, 5]).reshape([batch, down * across, length]);
}
