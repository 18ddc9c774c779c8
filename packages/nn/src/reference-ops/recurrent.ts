import { type Array64, array64 } from "./array64.ts";
import type { Primitives } from "./primitives.ts";

/** Weights of one direction of one layer in torch's layout; gates stacked along the first axis. */
export interface RecurrentWeights {
  /** [gates hidden, input] and [gates hidden, hidden] */
  readonly input: Array64;
  readonly hidden: Array64;
  /** [gates hidden] each */
  readonly inputBias?: Array64;
  readonly hiddenBias?: Array64;
}

export interface RecurrentOptions {
  /** Layer by layer; with two directions forward, backward, forward, .. */
  weights: readonly RecurrentWeights[];
  bidirectional?: boolean;
  /** First hidden states [layers directions, batch, hidden]; zeros where left out. */
  h0?: Array64;
  /** First cell states, of LSTM only. */
  c0?: Array64;
}

/** Recurrent layers over x [time, batch, input]. */
export function recurrent(
  p: Primitives,
  linear: (x: Array64, weight: Array64, bias?: Array64) => Array64,
) {
  type State = { h: Array64; c: Array64 };
  type Cell = (gates: Array64, state: State, w: RecurrentWeights) => State;

  function run(gates: number, cell: Cell, x: Array64, options: RecurrentOptions) {
    const { weights, bidirectional = false, h0, c0 } = options;
    const directions = bidirectional ? 2 : 1;
    const [time, batch] = x.shape as [number, number, number];
    const ends: State[] = [];
    let layerInput = x;
    for (let first = 0; first < weights.length; first += directions) {
      const outputs = weights.slice(first, first + directions).map((w, direction) => {
        const size = (w.hidden.shape[0] as number) / gates;
        const start = (all: Array64 | undefined) =>
          all === undefined
            ? array64([batch, size])
            : p.squeeze(p.slice(all, 0, first + direction, first + direction + 1), 0);
        let state: State = { h: start(h0), c: start(c0) };
        const projected = linear(layerInput, w.input, w.inputBias);
        const steps = Array.from({ length: time }, (_, t) => (direction === 0 ? t : time - 1 - t));
        const seen = new Array<Array64>(time);
        for (const t of steps) {
          state = cell(p.squeeze(p.slice(projected, 0, t, t + 1), 0), state, w);
          seen[t] = state.h;
        }
        ends.push(state);
        return p.stack(seen, 0);
      });
      layerInput = outputs.length === 1 ? (outputs[0] as Array64) : p.concat(outputs, -1);
    }
    const gather = (key: "h" | "c") => p.stack(ends.map((s) => s[key]));
    return { output: layerInput, h: gather("h"), c: gather("c") };
  }

  const lstmCell: Cell = (gates, { h, c }, w) => {
    const [i, f, g, o] = p.split(p.add(gates, linear(h, w.hidden, w.hiddenBias)), 4, -1) as [
      Array64,
      Array64,
      Array64,
      Array64,
    ];
    const cell = p.add(p.mul(p.sigmoid(f), c), p.mul(p.sigmoid(i), p.tanh(g)));
    return { h: p.mul(p.sigmoid(o), p.tanh(cell)), c: cell };
  };
  const gruCell: Cell = (gates, { h, c }, w) => {
    const [ri, zi, ni] = p.split(gates, 3, -1) as [Array64, Array64, Array64];
    const [rh, zh, nh] = p.split(linear(h, w.hidden, w.hiddenBias), 3, -1) as [
      Array64,
      Array64,
      Array64,
    ];
    const n = p.tanh(p.add(ni, p.mul(p.sigmoid(p.add(ri, rh)), nh)));
    const z = p.sigmoid(p.add(zi, zh));
    return { h: p.add(p.mul(p.sub(1, z), n), p.mul(z, h)), c };
  };
  const rnnCell: Cell = (gates, { h, c }, w) => ({
    h: p.tanh(p.add(gates, linear(h, w.hidden, w.hiddenBias))),
    c,
  });
  const withoutCell = ({ output, h }: { output: Array64; h: Array64 }) => ({ output, h });
  return {
    /** Gates i, f, g, o: outputs [time, batch, directions hidden] and last states [layers directions, ..]. */
    lstm: (x: Array64, options: RecurrentOptions) => run(4, lstmCell, x, options),
    /** Gates r, z, n. */
    gru: (x: Array64, options: Omit<RecurrentOptions, "c0">) =>
      withoutCell(run(3, gruCell, x, options)),
    /** h = tanh(W x + b + U h + c) */
    rnn: (x: Array64, options: Omit<RecurrentOptions, "c0">) =>
      withoutCell(run(1, rnnCell, x, options)),
  };
}
