import type { Array64 } from "./array64.ts";
import type { Primitives } from "./primitives.ts";

export interface AttentionOptions {
  /** A query sees no later key: key j <= query i. */
  causal?: boolean;
  /** Added to the scores; broadcasts to [.., queries, keys]. */
  mask?: Array64;
  /** Default 1 / sqrt(width). */
  scale?: number;
}

/** Products with weights, and attention. */
export function products(p: Primitives, softmax: (x: Array64, axis: number) => Array64) {
  return {
    /** x weight^T + bias, for weight [out, in]. */
    linear: (x: Array64, weight: Array64, bias?: Array64) => {
      const y = p.matmul(x, p.transpose(weight));
      return bias === undefined ? y : p.add(y, bias);
    },
    /** softmax(scale q k^T + mask) v over the last two axes [tokens, width]; the others broadcast. */
    scaledDotProductAttention: (
      q: Array64,
      k: Array64,
      v: Array64,
      { causal = false, mask, scale }: AttentionOptions = {},
    ) => {
      const width = q.shape.at(-1) as number;
      let scores = p.mul(p.matmul(q, p.transpose(k)), scale ?? 1 / Math.sqrt(width));
      if (causal) scores = p.tril(scores, 0, -Infinity);
      if (mask !== undefined) scores = p.add(scores, mask);
      return p.matmul(softmax(scores, -1), v);
    },
  };
}
