import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { architectures } from "./index.ts";

const byName = (name: string) => architectures.find(({ id }) => id === `architecture/${name}`)!;

test("fifty networks with as many weights as they are known to have", () => {
  assert.equal(new Set(architectures.map(({ id }) => id)).size, 50);
  const count = (name: string) => {
    const task = byName(name);
    const weights = new Set(task.weights(task.published));
    return task
      .inputs(task.published)
      .filter((_, i) => weights.has(i))
      .reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  };
  // The published parameter counts of VGG 16 and 19.
  assert.equal(count("vgg16"), 138_357_544);
  assert.equal(count("vgg19"), 143_667_240);
  // ResNet 18 and 101: 11 689 512 and 44 549 160 parameters, and the statistics of each batch norm.
  assert.equal(count("resnet18"), 11_689_512 + 2 * 4800);
  assert.equal(count("resnet101"), 44_549_160 + 2 * 52_672);
});

test("published sizes give the published inputs and outputs", () => {
  const shapes = (name: string) => {
    const task = byName(name);
    return [task.inputs(task.published)[0]!.shape, task.outputs(task.published)[0]!.shape];
  };
  assert.deepEqual(shapes("swintransformer_v2"), [
    [10, 3, 224, 224],
    [10, 1000],
  ]);
  assert.deepEqual(shapes("mamba_return_y"), [
    [2048, 128, 8, 64],
    [2048, 128, 8, 64],
  ]);
  assert.deepEqual(shapes("lstm_cn"), [
    [10, 512, 128],
    [6, 10, 256],
  ]);
  assert.deepEqual(shapes("unet_softmax"), [
    [8, 8, 64, 512],
    [8, 4, 64, 512],
  ]);
});

type Four = [Float64Array, Float64Array, Float64Array, Float64Array];

test("the scan in blocks is the recurrence", () => {
  const task = byName("mamba_return_y");
  const dims = [2, 3, 2, 2, 3, 4];
  const [batch, time, heads, width, states] = [2, 6, 2, 3, 4];
  const tensors = task.draw(dims, "normal", new Rng(1));
  const [x, a, b, c] = tensors.map(({ data }) => Float64Array.from(data)) as Four;
  const [y] = task.values(tensors, dims);
  for (let n = 0; n < batch; n++) {
    for (let h = 0; h < heads; h++) {
      for (let p = 0; p < width; p++) {
        const state = new Float64Array(states);
        for (let t = 0; t < time; t++) {
          const at = (n * time + t) * heads + h;
          let out = 0;
          for (let s = 0; s < states; s++) {
            const added = b[at * states + s]! * x[at * width + p]!;
            state[s] = Math.exp(a[at]!) * state[s]! + added;
            out += c[at * states + s]! * state[s]!;
          }
          const got = y!.data[at * width + p]!;
          assert.ok(Math.abs(got - out) < 1e-12 * (1 + Math.abs(out)), `${n} ${t} ${h} ${p}`);
        }
      }
    }
  }
});

test("causal attention does not look ahead", () => {
  const task = byName("min_gpt_causal_attention");
  const dims = [1, 5, 16];
  const tensors = task.draw(dims, "normal", new Rng(4));
  const before = task.values(tensors, dims)[0]!.data.slice();
  tensors[0]!.data.fill(3, 4 * 16);
  const after = task.values(tensors, dims)[0]!.data;
  assert.deepEqual(after.slice(0, 64), before.slice(0, 64));
  assert.notDeepEqual(after.slice(64), before.slice(64));
});

test("at the least sizes to verify at, outputs have the promised shape and finite bounds", () => {
  for (const task of architectures) {
    const dims = task.shapes[0]!;
    const [y] = task.reference(task.draw(dims, "normal", new Rng(2)), dims);
    assert.deepEqual(y!.shape, task.outputs(dims)[0]!.shape, task.id);
    const largest = Math.max(...y!.value.map(Math.abs));
    for (const [i, bound] of y!.bound.entries()) {
      assert.ok(Number.isFinite(y!.value[i]!), `${task.id} ${i}`);
      assert.ok(bound <= 1e-2 * largest, `${task.id} ${i}: ${bound} of ${largest}`);
    }
  }
});
