import { linear } from "../layers/linear.ts";
import type { Net } from "../layers/net.ts";
import { recurrent, type Wanted } from "../layers/recurrent.ts";
import { concat, type Value } from "../layers/value.ts";
import { architecture } from "./families.ts";

const LAYERS = 6;

/** Linear layers with relu between them. */
const mlp = (name: string, depth: number, published: readonly number[]) =>
  architecture(name, {
    title: `${depth} hidden linear layers with relu, and a linear layer`,
    dimNames: ["batch", "input", "hidden", "output"],
    published,
    least: [1, 1, 1, 1],
    shapes: [
      [1, 3, 5, 2],
      [7, 31, 17, 13],
    ],
    net: (net, [batch, input, hidden, output]) => {
      let x: Value = net.input("x", [batch!, input!]);
      for (let i = 0; i < depth; i++) x = linear(x, hidden!).relu();
      return linear(x, output!);
    },
  });

const state = (net: Net, name: string, directions: number, batch: number, hidden: number) =>
  net.input(name, [LAYERS * directions, batch, hidden]);

const gru = (name: string, title: string, bidirectional: boolean, wanted: Wanted) =>
  architecture(name, {
    title: `six GRU layers over x [time, batch, input] from h0: ${title}`,
    dimNames: ["time", "batch", "input", "hidden"],
    published: [512, 10, 128, 256],
    least: [2, 1, 1, 1],
    shapes: [
      [1, 1, 3, 2],
      [5, 3, 7, 11],
    ],
    net: (net, [time, batch, input, hidden]) => {
      const x = net.input("x", [time!, batch!, input!]);
      const h0 = state(net, "h0", bidirectional ? 2 : 1, batch!, hidden!);
      const layer = { hidden: hidden!, layers: LAYERS, bidirectional, h0 };
      return recurrent("gru", x, layer, wanted);
    },
  });

interface Lstm {
  readonly title: string;
  readonly bidirectional?: boolean;
  readonly wanted?: Wanted;
}

/** x [batch, time, input]; the output of the last step, of both directions, goes through a linear layer. */
const lstm = (name: string, { title, bidirectional = false, wanted = "output" }: Lstm) =>
  architecture(name, {
    title: `six LSTM layers over x [batch, time, input] from h0 and c0: ${title}`,
    dimNames: ["batch", "time", "input", "hidden", ...(wanted === "output" ? ["output"] : [])],
    published: [10, 512, 128, 256, ...(wanted === "output" ? [10] : [])],
    least: [1, 2, 1, 1, 1].slice(0, wanted === "output" ? 5 : 4),
    shapes: [
      [1, 1, 3, 2, 1],
      [3, 5, 7, 11, 5],
    ].map((shape) => shape.slice(0, wanted === "output" ? 5 : 4)),
    net: (net, [batch, time, input, hidden, output]) => {
      const directions = bidirectional ? 2 : 1;
      const x = net.input("x", [batch!, time!, input!]).permute([1, 0, 2]);
      const h0 = state(net, "h0", directions, batch!, hidden!);
      const c0 = state(net, "c0", directions, batch!, hidden!);
      const layer = { hidden: hidden!, layers: LAYERS, bidirectional, h0, c0 };
      const y = recurrent("lstm", x, layer, wanted);
      if (wanted !== "output") return y;
      return linear(y.slice(0, time! - 1).reshape([batch!, directions * hidden!]), output!);
    },
  });

/** h' = tanh(W [x, h] + b). */
const step = (x: Value, h: Value, layer: (joined: Value) => Value) =>
  layer(concat([x, h], 1)).tanh();

export const sequentialTasks = [
  mlp("mlp", 2, [128, 16384, 16384, 8192]),
  mlp("shallow_wide_mlp", 2, [128, 16384, 32768, 16384]),
  mlp("deep_narrow_mlp", 16, [1024, 8192, 1024, 8192]),
  gru("gru", "all outputs", false, "output"),
  gru("gru_hidden", "the last states of all layers", false, "h"),
  gru("gru_birectional", "all outputs, two directions", true, "output"),
  gru("gru_bidirectional_hidden", "the last states of all layers, two directions", true, "h"),
  lstm("lstm", { title: "the last output through a linear layer" }),
  lstm("lstm_bidirectional", {
    title: "the outputs of both directions at the last step through a linear layer",
    bidirectional: true,
  }),
  lstm("lstm_hn", { title: "the last hidden states of all layers", wanted: "h" }),
  lstm("lstm_cn", { title: "the last cell states of all layers", wanted: "c" }),
  architecture("vanilla_rnn", {
    title: "one step h = tanh(W [x, h0] + b), and a linear layer of h",
    dimNames: ["batch", "input", "hidden", "output"],
    published: [256, 16384, 16384, 8192],
    least: [1, 1, 1, 1],
    shapes: [
      [1, 3, 2, 5],
      [7, 19, 13, 11],
    ],
    net: (net, [batch, input, hidden, output]) => {
      const x = net.input("x", [batch!, input!]);
      const h0 = net.input("h0", [batch!, hidden!]);
      return linear(
        step(x, h0, (joined) => linear(joined, hidden!)),
        output!,
      );
    },
  }),
  architecture("vanilla_rnn_hidden", {
    title: "steps h = tanh(W [x, h] + b) over x [time, batch, input], a linear layer of each h",
    dimNames: ["time", "batch", "input", "hidden", "output"],
    published: [256, 8, 1024, 256, 128],
    least: [2, 1, 1, 1, 1],
    shapes: [
      [1, 1, 3, 2, 5],
      [5, 3, 7, 11, 2],
    ],
    net: (net, [time, batch, input, hidden, output]) => {
      const x = net.input("x", [time!, batch!, input!]);
      let h: Value = net.input("h0", [batch!, hidden!]);
      const draw = (inner: number) => ({ mean: 0, spread: 1 / Math.sqrt(inner) });
      const inner = input! + hidden!;
      const weight = net.weight("hidden.weight", [hidden!, inner], draw(inner));
      const bias = net.weight("hidden.bias", [hidden!], draw(inner));
      const states: Value[] = [];
      for (let t = 0; t < time!; t++) {
        const now = x.slice(0, t, t + 1).reshape([batch!, input!]);
        h = step(now, h, (joined) => joined.matmul(weight.permute([1, 0])).add(bias));
        states.push(h.reshape([1, batch!, hidden!]));
      }
      return linear(concat(states, 0), output!);
    },
  }),
];
