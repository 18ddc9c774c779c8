import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng, ThreadPool } from "@daily-kernel/compute";
import type { TfjsModel } from "@daily-kernel/datasets";
import { network } from "./layers-model.ts";
import { enlarged, type Maps, pooled, stacked, type Window, windows } from "./maps.ts";

const draw = (n: number, height: number, width: number, channels: number, seed: number): Maps => ({
  data: new Rng(seed).fillNormal(new Float32Array(n * height * width * channels)),
  n,
  height,
  width,
  channels,
});

/** Element of image i, 0 outside. */
const at = (m: Maps, i: number, y: number, x: number, c: number): number =>
  y < 0 || x < 0 || y >= m.height || x >= m.width
    ? 0
    : m.data[((i * m.height + y) * m.width + x) * m.channels + c]!;

const cases: Window[] = [
  { height: 3, width: 3, stride: 2, padding: "valid" },
  { height: 1, width: 7, stride: 1, padding: "same" },
  { height: 3, width: 3, stride: 2, padding: "same" },
];

test("windows are the neighbourhoods, zero outside", () => {
  const maps = draw(2, 9, 8, 3, 1);
  for (const window of cases) {
    const out = windows(maps, window);
    const same = window.padding === "same";
    const size = (side: number, w: number) =>
      same ? Math.ceil(side / window.stride) : Math.floor((side - w) / window.stride) + 1;
    assert.equal(out.height, size(9, window.height));
    assert.equal(out.width, size(8, window.width));
    const before = (side: number, w: number, count: number) =>
      same ? Math.floor(Math.max(0, (count - 1) * window.stride + w - side) / 2) : 0;
    const top = before(9, window.height, out.height);
    const left = before(8, window.width, out.width);
    let j = 0;
    for (let i = 0; i < 2; i++)
      for (let y = 0; y < out.height; y++)
        for (let x = 0; x < out.width; x++)
          for (let dy = 0; dy < window.height; dy++)
            for (let dx = 0; dx < window.width; dx++)
              for (let c = 0; c < 3; c++) {
                const from = [y * window.stride + dy - top, x * window.stride + dx - left] as const;
                assert.equal(out.data[j++], at(maps, i, ...from, c));
              }
  }
});

test("pools leave out what lies outside, and stacks keep places", () => {
  const maps: Maps = { data: Float32Array.of(1, 2, 3, 6), n: 1, height: 2, width: 2, channels: 1 };
  const window: Window = { height: 3, width: 3, stride: 1, padding: "same" };
  assert.deepEqual([...pooled(maps, window, "mean").data], [3, 3, 3, 3]);
  assert.deepEqual([...pooled(maps, window, "maximum").data], [6, 6, 6, 6]);
  assert.deepEqual([...stacked([maps, maps]).data], [1, 1, 2, 2, 3, 3, 6, 6]);
  const big = enlarged([Uint8Array.of(0, 255, 255, 0)], 2, 3);
  const grey = [0, 0.5, 1, 0.5, 0.5, 0.5, 1, 0.5, 0];
  assert.deepEqual([...big.data.filter((_, i) => i % 3 === 0)], grey);
});

const kernel = [1, -1, 0.5, 2];
const layer = (name: string, class_name: string, config: object, inbound: string[]) => ({
  name,
  class_name,
  config,
  inbound_nodes: inbound.length > 0 ? [inbound.map((input) => [input, 0, 0, {}])] : [],
});

/** Two pointwise filters over two channels, normalised, rectified, joined with their input. */
const model: TfjsModel = {
  modelJson: {
    modelTopology: {
      model_config: {
        config: {
          layers: [
            layer("in", "InputLayer", {}, []),
            layer("c", "Conv2D", { kernel_size: [1, 1], strides: [1, 1], padding: "same" }, ["in"]),
            layer("b", "BatchNormalization", { epsilon: 0 }, ["c"]),
            layer("a", "Activation", { activation: "relu" }, ["b"]),
            layer("join", "Concatenate", {}, ["a", "in"]),
            layer("end", "Dense", {}, ["join"]),
          ],
        },
      },
    },
    weightsManifest: [
      {
        paths: [],
        weights: [
          { name: "b/beta", shape: [2], dtype: "float32" },
          { name: "b/moving_mean", shape: [2], dtype: "float32" },
          { name: "b/moving_variance", shape: [2], dtype: "float32" },
          { name: "c/kernel", shape: [1, 1, 2, 2], dtype: "float32" },
        ],
      },
    ],
  },
  weights: new Uint8Array(Float32Array.of(0.5, -1, 1, 0, 4, 1, ...kernel).buffer),
};

test("a small network by hand", async () => {
  await using pool = await ThreadPool.create({ threads: 1 });
  const input: Maps = { data: Float32Array.of(3, 2, 1, 1), n: 1, height: 1, width: 2, channels: 2 };
  let steps = 0;
  const out = await network(model, "join", async () => void steps++)(input, pool);
  // (3, 2): filters give 4 and 1, normalised (4-1)/2 + 0.5 = 2 and 1 - 1 = 0
  // (1, 1): 1.5 and 1, normalised 0.75 and 0
  assert.deepEqual([...out.data], [2, 0, 3, 2, 0.75, 0, 1, 1]);
  assert.equal(steps, 5);
  assert.deepEqual([...input.data], [3, 2, 1, 1]);
  const whole = network(model, "end", async () => {});
  await assert.rejects(whole(input, pool), { code: "ERR_UNSUPPORTED", message: /Dense/ });
});
