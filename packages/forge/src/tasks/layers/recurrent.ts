import type { Value } from "./value.ts";

export interface RecurrentLayer {
  readonly hidden: number;
  readonly layers: number;
  readonly bidirectional?: boolean;
  /** First states [layers directions, batch, hidden]; the second of LSTM only. */
  readonly h0: Value;
  readonly c0?: Value;
}

/** What is asked of a recurrent network: all outputs, or the last hidden or cell states. */
export type Wanted = "output" | "h" | "c";

const GATES = { lstm: 4, gru: 3 };

/**
 * Stacked LSTM (gates i, f, g, o) or GRU (r, z, n) over x [time, batch, input]. Weights of each
 * layer and direction: input, hidden, and a bias for each, the gates along the first axis.
 */
export function recurrent(
  kind: keyof typeof GATES,
  x: Value,
  { hidden, layers, bidirectional = false, h0, c0 }: RecurrentLayer,
  wanted: Wanted,
): Value {
  const { net } = x;
  const [time, batch, input] = x.shape as [number, number, number];
  const directions = bidirectional ? 2 : 1;
  const rows = GATES[kind] * hidden;
  const draw = { mean: 0, spread: 1 / Math.sqrt(hidden) };
  let flops = 0;
  const weights = Array.from({ length: layers * directions }, (_, i) => {
    const inner = i < directions ? input : hidden * directions;
    const name = net.next(kind);
    flops += time * batch * (2 * rows * (inner + hidden) + 12 * hidden);
    return {
      input: net.weight(`${name}.input`, [rows, inner], draw),
      hidden: net.weight(`${name}.hidden`, [rows, hidden], draw),
      inputBias: net.weight(`${name}.inputBias`, [rows], draw),
      hiddenBias: net.weight(`${name}.hiddenBias`, [rows], draw),
    };
  });
  const shape = wanted === "output" ? [time, batch, hidden * directions] : h0.shape;
  return net.apply(shape, flops, (o) => {
    const options = {
      weights: weights.map((w) => ({
        input: w.input.array,
        hidden: w.hidden.array,
        inputBias: w.inputBias.array,
        hiddenBias: w.hiddenBias.array,
      })),
      bidirectional,
      h0: h0.array,
    };
    if (kind === "gru" || c0 === undefined) {
      const { output, h } = o.gru(x.array, options);
      return wanted === "output" ? output : h;
    }
    return o.lstm(x.array, { ...options, c0: c0.array })[wanted];
  });
}
