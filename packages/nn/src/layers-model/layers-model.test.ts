import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Rng, ThreadPool } from "@daily-kernel/compute";
import { type Tensor, tensor } from "../tensor.ts";
import { type LayersModel, layersModel } from "./layers-model.ts";

const pool = await ThreadPool.create({ threads: 2 });
after(() => pool.dispose());

type Described = [name: string, kind: string, config: object, inbound: string[]];

const topology = (...layers: Described[]) => ({
  model_config: {
    config: {
      layers: layers.map(([name, class_name, config, inbound]) => ({
        name,
        class_name,
        config,
        inbound_nodes: inbound.length > 0 ? [inbound.map((input) => [input, 0, 0, {}])] : [],
      })),
    },
  },
});

const pointwise = { kernel_size: [1, 1], strides: [1, 1], padding: "same" };
const relu = { activation: "relu" };
const head: Described[] = [
  ["in", "InputLayer", { batch_input_shape: [null, 9, 9, 2] }, []],
  ["c", "Conv2D", pointwise, ["in"]],
];
const statistics: [string, Tensor][] = [
  ["b/beta", tensor([2], [0.5, -1])],
  ["b/moving_mean", tensor([2], [1, 0])],
  ["b/moving_variance", tensor([2], [4, 1])],
];
const kernel: [string, Tensor] = ["c/kernel", tensor([1, 1, 2, 2], [1, -1, 0.5, 2])];

/** Two pointwise filters over two channels, normalised, rectified, joined with their input. */
const model: LayersModel = {
  topology: topology(
    ...head,
    ["b", "BatchNormalization", { epsilon: 0 }, ["c"]],
    ["a", "Activation", relu, ["b"]],
    ["join", "Concatenate", { axis: 3 }, ["a", "in"]],
    ["end", "Dense", {}, ["join"]],
  ),
  tensors: new Map([kernel, ...statistics]),
};

test("a small network by hand", async () => {
  const images = tensor([1, 1, 2, 2], [3, 2, 1, 1]);
  const out = await layersModel(model, { output: "join" })(images, { pool });
  // (3, 2): filters give 4 and 1, normalised (4-1)/2 + 0.5 = 2 and 1 - 1 = 0
  // (1, 1): 1.5 and 1, normalised 0.75 and 0
  assert.deepEqual(out.shape, [1, 1, 2, 4]);
  assert.deepEqual([...out.data], [2, 0, 3, 2, 0.75, 0, 1, 1]);
  assert.deepEqual([...images.data], [3, 2, 1, 1]);
});

test("what others read as well is not folded away", async () => {
  const images = tensor([1, 1, 1, 2], [3, 2]);
  const all = topology(
    ...head,
    ["b", "BatchNormalization", { epsilon: 0 }, ["c"]],
    ["a", "Activation", relu, ["b"]],
    ["first", "Activation", relu, ["in"]],
    ["again", "BatchNormalization", { epsilon: 0 }, ["a"]],
    ["join", "Concatenate", {}, ["c", "b", "first", "again"]],
  );
  const tensors = new Map([...model.tensors]);
  for (const [name, value] of statistics) tensors.set(name.replace("b/", "again/"), value);
  const out = await layersModel({ topology: all, tensors }, { output: "join" })(images, { pool });
  assert.deepEqual([...out.data], [4, 1, 2, 0, 3, 2, 1, -1]);
});

/** Convolution straight from its definition, zeros outside. */
function direct(x: Tensor, k: Tensor, bias: Float32Array, stride: number, same: boolean): Tensor {
  const [n, height, width, channels] = x.shape as [number, number, number, number];
  const [kh, kw, , filters] = k.shape as [number, number, number, number];
  const side = (size: number, w: number) =>
    same ? Math.ceil(size / stride) : Math.floor((size - w) / stride) + 1;
  const [oh, ow] = [side(height, kh), side(width, kw)];
  const before = (size: number, w: number, count: number) =>
    same ? Math.floor(Math.max(0, (count - 1) * stride + w - size) / 2) : 0;
  const [top, left] = [before(height, kh, oh), before(width, kw, ow)];
  const out = tensor([n, oh, ow, filters]);
  for (let at = 0; at < out.data.length; at++) {
    const f = at % filters;
    const place = (at - f) / filters;
    const [i, y, x0] = [Math.floor(place / ow / oh), Math.floor(place / ow) % oh, place % ow];
    let sum = bias[f]!;
    for (let dy = 0; dy < kh; dy++) {
      for (let dx = 0; dx < kw; dx++) {
        const [yy, xx] = [y * stride + dy - top, x0 * stride + dx - left];
        if (yy < 0 || xx < 0 || yy >= height || xx >= width) continue;
        for (let c = 0; c < channels; c++) {
          sum +=
            x.data[((i * height + yy) * width + xx) * channels + c]! *
            k.data[((dy * kw + dx) * channels + c) * filters + f]!;
        }
      }
    }
    out.data[at] = sum;
  }
  return out;
}

const normal = (seed: number, ...shape: number[]): Tensor =>
  tensor(shape, new Rng(seed).fillNormal(new Float32Array(shape.reduce((a, b) => a * b))));

for (const [kernel_size, stride, padding] of [
  [[3, 3], 2, "valid"],
  [[1, 7], 1, "same"],
  [[3, 3], 2, "same"],
  [[1, 1], 2, "valid"],
] as const) {
  test(`convolution ${kernel_size} of stride ${stride}, ${padding}, from its definition`, async () => {
    const images = normal(1, 3, 9, 8, 2);
    const taps = normal(2, ...kernel_size, 2, 5);
    const bias = normal(3, 5);
    const config = { kernel_size, strides: [stride, stride], padding, use_bias: true };
    const conv = layersModel(
      {
        topology: topology(head[0]!, ["c", "Conv2D", config, ["in"]]),
        tensors: new Map([
          ["c/kernel", taps],
          ["c/bias", bias],
        ]),
      },
      { output: "c" },
    );
    const out = await conv(images, { pool });
    const expected = direct(images, taps, bias.data, stride, padding === "same");
    assert.deepEqual(out.shape, expected.shape);
    for (const [i, value] of out.data.entries()) {
      assert.ok(Math.abs(value - expected.data[i]!) < 1e-5, `${i}: ${value}`);
    }
    const alone = await conv(tensor([1, 9, 8, 2], images.data.slice(0, 144)), { pool });
    assert.deepEqual(alone.data, out.data.slice(0, alone.data.length));
  });
}

test("pools leave out what lies outside", async () => {
  const window = { pool_size: [3, 3], strides: [1, 1], padding: "same" };
  const pools: LayersModel = {
    topology: topology(
      ["in", "InputLayer", {}, []],
      ["mean", "AveragePooling2D", window, ["in"]],
      ["max", "MaxPooling2D", window, ["in"]],
      ["join", "Concatenate", {}, ["mean", "max"]],
    ),
    tensors: new Map(),
  };
  const out = await layersModel(pools, { output: "join" })(tensor([1, 2, 2, 1], [1, 2, -3, -6]), {
    pool,
  });
  assert.deepEqual([...out.data], [-1.5, 2, -1.5, 2, -1.5, 2, -1.5, 2]);
});

test("bad models are refused at the door", () => {
  const refused = (changed: Partial<LayersModel>, output: string, code: string, message: RegExp) =>
    assert.throws(() => layersModel({ ...model, ...changed }, { output }), { code, message });
  refused({ topology: {} }, "join", "ERR_TYPE", /topology must hold/);
  refused({}, "nowhere", "ERR_DOMAIN", /output must name a layer, got "nowhere"/);
  refused({}, "end", "ERR_UNSUPPORTED", /layer end of kind Dense/);
  refused({ tensors: new Map([kernel]) }, "join", "ERR_SHAPE", /tensors must hold b\/moving_mean/);
  const nan = new Map(model.tensors).set("b/beta", tensor([2], [Number.NaN, 0]));
  refused({ tensors: nan }, "join", "ERR_DOMAIN", /b\/beta must be finite, got NaN at index 0/);
  const short = new Map(model.tensors).set("b/beta", tensor([1], [0]));
  refused({ tensors: short }, "join", "ERR_SHAPE", /b\/beta must have shape \[2\], got \[1\]/);
  const wide = new Map(model.tensors).set("c/kernel", tensor([3, 1, 1, 2]));
  refused({ tensors: wide }, "join", "ERR_SHAPE", /c\/kernel must have shape \[1, 1, C, filters\]/);
  for (const [change, message] of [
    [{ dilation_rate: [2, 2] }, /is dilated/],
    [{ strides: [1, 2] }, /two different strides/],
    [{ data_format: "channels_first" }, /channels_first/],
    [{ activation: "tanh" }, /activation tanh/],
  ] as const) {
    const other = topology(head[0]!, ["c", "Conv2D", { ...pointwise, ...change }, ["in"]]);
    refused({ topology: other }, "c", "ERR_UNSUPPORTED", message);
  }
});

test("bad images are refused, overflow and cancellation reject", async () => {
  const forward = layersModel(model, { output: "join" });
  const images = tensor([2, 1, 1, 2], [1, 1, 3e38, 3e38]);
  await assert.rejects(forward(tensor([1, 1, 1, 3]), { pool }), { code: "ERR_SHAPE" });
  await assert.rejects(forward(tensor([1, 1, 2]), { pool }), { code: "ERR_SHAPE" });
  await assert.rejects(forward(tensor([1, 1, 1, 2], [0, Number.NaN]), { pool }), {
    code: "ERR_DOMAIN",
    message: /got NaN at index 1/,
  });
  const filters = layersModel(model, { output: "c" });
  await assert.rejects(filters(images, { pool }), { code: "ERR_NUMERIC" });
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(forward(tensor([1, 1, 1, 2]), { pool, signal }), /enough/);
});
