import { array64 } from "@daily-kernel/nn/reference";
import { joinHeads, splitHeads } from "../layers/attention.ts";
import { conv } from "../layers/convolution.ts";
import { linear } from "../layers/linear.ts";
import { layerNorm } from "../layers/normalization.ts";
import { concat, type Value } from "../layers/value.ts";

/** One block's place in the network: [batch, side, side, channels] cut into windows. */
export interface Place {
  readonly window: number;
  /** How far the windows are moved; 0 in every other block. */
  readonly shift: number;
  readonly heads: number;
}

type Four = [number, number, number, number];

/** [batch, side, side, channels] as [batch windows, window^2, channels]. */
function toWindows(x: Value, window: number): Value {
  const [batch, height, width, channels] = x.shape as Four;
  const [down, across] = [height / window, width / window];
  const cut = x.reshape([batch, down, window, across, window, channels]);
  const count = batch * down * across;
  return cut.permute([0, 1, 3, 2, 4, 5]).reshape([count, window * window, channels]);
}

/** The inverse of `toWindows`. */
function fromWindows(x: Value, window: number, [batch, height, width, channels]: Four): Value {
  const [down, across] = [height / window, width / window];
  const cut = x.reshape([batch, down, across, window, window, channels]);
  return cut.permute([0, 1, 3, 2, 4, 5]).reshape([batch, height, width, channels]);
}

/** Two layers with gelu between them, four times as wide inside. */
export function mlp(x: Value): Value {
  const width = x.shape.at(-1) as number;
  return linear(linear(x, 4 * width).gelu(), width);
}

/** Mixes the places of a window, each head by its own matrix; shifted windows are padded by zeros. */
export function windowMlp(x: Value, { window, shift, heads }: Place): Value {
  const before = shift > 0 ? window - shift : 0;
  const padded = x.pad(1, before, shift).pad(2, before, shift);
  const windows = toWindows(padded, window);
  const [count, places, channels] = windows.shape as [number, number, number];
  const rows = splitHeads(windows, heads).reshape([count, heads * places, channels / heads]);
  const mixed = conv(rows, heads * places, { kernel: 1, groups: heads });
  const joined = joinHeads(mixed.reshape([count, heads, places, channels / heads]));
  const whole = fromWindows(joined, window, padded.shape as Four);
  const [, height, width] = x.shape as Four;
  return whole.slice(1, before, before + height).slice(2, before, before + width);
}

/** log2(8 d / (window - 1) + 1) / 3 with d's sign, for all distances of two places of a window. */
function distances(window: number) {
  const side = 2 * window - 1;
  const table = array64([side * side, 2]);
  const scaled = (d: number) => {
    const x = (8 * d) / Math.max(window - 1, 1);
    return (Math.sign(x) * Math.log2(Math.abs(x) + 1)) / 3;
  };
  for (let i = 0; i < side * side; i++) {
    table.data[2 * i] = scaled(Math.floor(i / side) - window + 1);
    table.data[2 * i + 1] = scaled((i % side) - window + 1);
  }
  return table;
}

/** For each pair of places of a window the row of `distances` that holds theirs. */
function pairs(window: number) {
  const places = window * window;
  const index = array64([places * places]);
  for (let k = 0; k < places * places; k++) {
    const [i, j] = [Math.floor(k / places), k % places];
    const down = Math.floor(i / window) - Math.floor(j / window) + window - 1;
    index.data[k] = down * (2 * window - 1) + (i % window) - (j % window) + window - 1;
  }
  return index;
}

/** 16 sigmoid of a small network of the distances: [heads, window^2, window^2]. */
function positionBias(x: Value, window: number, heads: number): Value {
  const { net } = x;
  const hidden = 16 * ((x.shape.at(-1) as number) / heads);
  const name = net.next("position");
  const table = net.constant(distances(window));
  const inner = linear(table, hidden, { name: `${name}.in` }).relu();
  const outer = linear(inner, heads, { name: `${name}.out`, bias: false });
  const places = window * window;
  const index = pairs(window);
  const all = net.apply([places * places, heads], 0, (o) => o.indexSelect(outer.array, 0, index));
  return all.reshape([places, places, heads]).permute([2, 0, 1]).sigmoid().mul(16);
}

/** -100 where two places of a moved window come from different ends of the image: [windows, n, n]. */
function endsMask(side: number, window: number, shift: number) {
  const across = side / window;
  const places = window * window;
  const region = (i: number) => (i < side - window ? 0 : i < side - shift ? 1 : 2);
  const label = (w: number, place: number) => {
    const row = Math.floor(w / across) * window + Math.floor(place / window);
    return 3 * region(row) + region((w % across) * window + (place % window));
  };
  const mask = array64([across * across, 1, places, places]);
  for (let k = 0; k < mask.data.length; k++) {
    const w = Math.floor(k / (places * places));
    const [i, j] = [Math.floor(k / places) % places, k % places];
    if (label(w, i) !== label(w, j)) mask.data[k] = -100;
  }
  return mask;
}

/** Attention inside windows by the cosine of query and key; no bias on keys. */
export function windowAttention(x: Value, { window, shift, heads }: Place): Value {
  const { net } = x;
  const [batch, side, , channels] = x.shape as Four;
  const moved = shift > 0 ? x.roll(1, -shift).roll(2, -shift) : x;
  const windows = toWindows(moved, window);
  const name = net.next("attention");
  const draw = { mean: 0, spread: 1 / Math.sqrt(channels) };
  const all = linear(windows, 3 * channels, { name: `${name}.qkv`, bias: false });
  const part = (i: number) => all.slice(2, i * channels, (i + 1) * channels);
  const q = splitHeads(part(0).add(net.weight(`${name}.queryBias`, [channels], draw)), heads);
  const k = splitHeads(part(1), heads);
  const v = splitHeads(part(2).add(net.weight(`${name}.valueBias`, [channels], draw)), heads);
  const scale = net.weight(`${name}.scale`, [heads, 1, 1], { mean: Math.log(10), spread: 0.5 });
  const cosines = q.unit(3).matmul(k.unit(3).permute([0, 1, 3, 2]));
  const scored = cosines
    .mul(scale.minimum(Math.log(100)).exp())
    .add(positionBias(x, window, heads));
  const [count, , places] = scored.shape as Four;
  let seen = scored;
  if (shift > 0) {
    const apart = scored.reshape([batch, count / batch, heads, places, places]);
    const mask = net.constant(endsMask(side, window, shift));
    seen = apart.add(mask).reshape(scored.shape);
  }
  const mixed = joinHeads(seen.softmax(3).matmul(v));
  const projected = linear(mixed, channels, { name: `${name}.projection` });
  const whole = fromWindows(projected, window, x.shape as Four);
  return shift > 0 ? whole.roll(1, shift).roll(2, shift) : whole;
}

/** Four neighbours' channels side by side, in the order of columns: [batch, side/2, side/2, 4 channels]. */
function neighbours(x: Value): Value {
  const [, height, width] = x.shape as Four;
  const corner = (row: number, column: number) =>
    x.slice(1, row, height, 2).slice(2, column, width, 2);
  return concat([corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1)], 3);
}

/** A linear layer without bias to half the channels; the norm before or after it. */
export function merge(x: Value, normFirst: boolean): Value {
  const wide = neighbours(x);
  const half = (wide.shape[3] as number) / 2;
  if (normFirst) return linear(layerNorm(wide), half, { bias: false });
  return layerNorm(linear(wide, half, { bias: false }));
}
