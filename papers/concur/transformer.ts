import { matrix, type Rng } from "@daily-kernel/compute";
import { type Parameters, toJax } from "@daily-kernel/nn";
import { nn, numpy as np } from "@jax-js/jax";
import { CONTEXT, vocabulary } from "./tokens.ts";

type JaxArray = np.Array;

/** Width, layers and heads of the decoder. */
export const shape = { width: 96, layers: 3, heads: 4, hidden: 384 } as const;
const V = vocabulary.length;
const { width: D, layers, heads, hidden } = shape;

/** Parameters of a decoder with normal weights of variance 1 / inputs, smaller where a layer ends. */
export function initialParameters(rng: Rng): Parameters {
  const normal = (rows: number, cols: number, scale: number) => {
    const data = rng.fillNormal(new Float64Array(rows * cols));
    return toJax(
      matrix(
        rows,
        cols,
        data.map((v) => scale * v),
      ),
    );
  };
  const ends = 1 / Math.sqrt(2 * layers);
  const parameters: Parameters = {
    embed: normal(V, D, 0.5),
    place: normal(CONTEXT, D, 0.1),
    head: normal(D, V, 1 / Math.sqrt(D)),
    gain: np.ones([D]),
  };
  for (let k = 0; k < layers; k++) {
    parameters[`gain${k}`] = np.ones([D]);
    parameters[`qkv${k}`] = normal(D, 3 * D, 1 / Math.sqrt(D));
    parameters[`mix${k}`] = normal(D, D, ends / Math.sqrt(D));
    parameters[`between${k}`] = np.ones([D]);
    parameters[`up${k}`] = normal(D, hidden, Math.sqrt(2 / D));
    parameters[`down${k}`] = normal(hidden, D, ends / Math.sqrt(hidden));
  }
  return parameters;
}

/** Rows scaled to a root-mean-square of 1 and multiplied by a gain (Zhang and Sennrich 2019). */
const normalise = (x: JaxArray, gain: JaxArray): JaxArray => {
  const square = np.mean(x.ref.mul(x.ref), 1, { keepdims: true });
  return x.div(np.sqrt(square.add(1e-5))).mul(gain);
};

/** Logits [B * L, V] of the next token from one-hot tokens [B, L, V]; takes all over. */
export function logits(p: Parameters, tokens: JaxArray): JaxArray {
  const [B, length] = tokens.shape as [number, number, number];
  const rows = B * length;
  const place = p.place!.slice([0, length]).reshape([1, length, D]);
  let x = np
    .matmul(tokens.reshape([rows, V]), p.embed!)
    .reshape([B, length, D])
    .add(place)
    .reshape([rows, D]);
  for (let k = 0; k < layers; k++) {
    const qkv = np.matmul(normalise(x.ref, p[`gain${k}`]!), p[`qkv${k}`]!);
    const [query, key, value] = np
      .split(qkv, 3, 1)
      .map((part) => part.reshape([B, length, heads, D / heads]));
    const mixed = nn
      .dotProductAttention(query!, key!, value!, { isCausal: true })
      .reshape([rows, D]);
    x = x.add(np.matmul(mixed, p[`mix${k}`]!));
    const inner = nn.relu(np.matmul(normalise(x.ref, p[`between${k}`]!), p[`up${k}`]!));
    x = x.add(np.matmul(inner, p[`down${k}`]!));
  }
  return np.matmul(normalise(x, p.gain!), p.head!);
}

/** Mean cross-entropy over the tokens that `targets` [B * L, V] names, rows of zeros elsewhere. */
export function loss(p: Parameters, tokens: JaxArray, targets: JaxArray): JaxArray {
  const named = targets.ref.sum();
  return nn.logSoftmax(logits(p, tokens)).mul(targets).sum().mul(-1).div(named);
}
