import type { Net } from "../layers/net.ts";
import type { Value } from "../layers/value.ts";
import { architecture } from "./families.ts";

/** exp of the sums of x over (j, i] for j <= i of the last axis, 0 above: [..., i, j]. */
function decays(x: Value): Value {
  const sums = x.cumsum(x.shape.length - 1);
  const length = x.shape.at(-1) as number;
  const column = sums.reshape([...x.shape, 1]);
  const row = sums.reshape([...x.shape.slice(0, -1), 1, length]);
  const differences = column.sub(row);
  return x.net.apply(differences.shape, 2 * length, (o) => o.tril(o.exp(differences.array)));
}

type Six = [number, number, number, number, number, number];

/**
 * The state space scan in blocks: h_t = e^(a_t) h_(t-1) + b_t x_t, y_t = c_t h_t for each head, by
 * products inside the blocks and a scan over the states at their ends.
 */
function scan(net: Net, dims: readonly number[], wanted: "y" | "state"): Value {
  const [batch, blocks, length, heads, width, states] = dims as Six;
  const time = blocks * length;
  const x = net.input("x", [batch, time, heads, width]);
  const decay = net.weight("a", [batch, time, heads], { mean: -0.5, spread: 0.5 });
  const weights = { mean: 0, spread: 1 };
  const toState = net.weight("b", [batch, time, heads, states], weights);
  const fromState = net.weight("c", [batch, time, heads, states], weights);
  /** [batch, heads, blocks, length, n] */
  const blocked = (v: Value, n: number) =>
    v.reshape([batch, blocks, length, heads, n]).permute([0, 3, 1, 2, 4]);
  const [xs, b, c] = [blocked(x, width), blocked(toState, states), blocked(fromState, states)];
  const a = blocked(decay, 1).reshape([batch, heads, blocks, length]);
  const sums = a.cumsum(3);
  const total = sums.slice(3, length - 1);
  const left = total.sub(sums).exp().reshape([batch, heads, blocks, length, 1]);
  const turned = (v: Value) => v.permute([0, 1, 2, 4, 3]);
  // What each block adds to the state at its end: [batch, heads, blocks, width, states].
  const added = turned(xs).matmul(b.mul(left));
  const flat = added.reshape([batch, heads, blocks, width * states]);
  // The decay from the end of block j to the end of block i, with a block of nothing in front.
  const between = decays(total.reshape([batch, heads, blocks]).pad(2, 1, 0));
  const padded = flat.pad(2, 1, 0);
  const ends = between.matmul(padded);
  if (wanted === "state") {
    return ends.slice(2, blocks).reshape([batch, heads, width, states]);
  }
  const before = ends.slice(2, 0, blocks).reshape([batch, heads, blocks, width, states]);
  const inside = c.matmul(turned(b)).mul(decays(a)).matmul(xs);
  const carried = c
    .matmul(turned(before))
    .mul(sums.exp().reshape([batch, heads, blocks, length, 1]));
  const y = inside.add(carried);
  return y.permute([0, 2, 3, 1, 4]).reshape([batch, time, heads, width]);
}

const mamba = (name: string, title: string, wanted: "y" | "state") =>
  architecture(name, {
    title: `state space scan in blocks (Mamba 2) from a zero state: ${title}`,
    dimNames: ["batch", "blocks", "block", "heads", "width", "states"],
    published: [2048, 2, 64, 8, 64, 16],
    least: [1, 2, 2, 1, 1, 1],
    shapes: [
      [1, 1, 2, 1, 1, 1],
      [2, 3, 5, 3, 5, 7],
    ],
    net: (net, dims) => scan(net, dims, wanted),
  });

export const mambaTasks = [
  mamba("mamba_return_y", "all outputs", "y"),
  mamba("mamba_return_final_state", "the last state", "state"),
];
