import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { fusion } from "./index.ts";

const byName = (name: string) => fusion.find(({ id }) => id === `fusion/${name}`)!;

test("a hundred chains, each with its convolution's or linear layer's weights after the data", () => {
  assert.equal(new Set(fusion.map(({ id }) => id)).size, 100);
  for (const task of fusion) {
    const names = task.inputs(task.published).map(({ name }) => name);
    assert.equal(names[0], "x", task.id);
    const first = names.findIndex((name) => name.endsWith("1.weight"));
    assert.deepEqual(task.weights(task.published), names.map((_, i) => i).slice(first), task.id);
  }
});

test("published sizes give the published inputs and outputs", () => {
  const task = byName("conv_transpose3d_add_hard_swish");
  assert.deepEqual(task.published, [128, 32, 64, 16, 16, 16]);
  const shapes = task.inputs(task.published).map(({ shape }) => shape);
  assert.deepEqual(shapes.slice(0, 2), [
    [128, 32, 16, 16, 16],
    [128, 64, 32, 32, 32],
  ]);
  assert.deepEqual(task.outputs(task.published)[0]!.shape, [128, 64, 32, 32, 32]);
});

test("scaled sizes stay within what is asked for, or at the least that a task has", () => {
  for (const task of fusion) {
    const dims = task.scaled(1 << 16);
    const elements = task
      .inputs(dims)
      .reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    assert.ok(elements <= 1 << 16, `${task.id} at [${dims}]: ${elements}`);
    assert.ok(task.flops(dims) <= 2 ** 23, task.id);
  }
});

test("a chain is what its title says", () => {
  // "linear: * 2, leaky relu (0.1)", by hand.
  const task = byName("gemm_multiply_leakyrelu");
  const dims = [2, 3, 4];
  const tensors = task.draw(dims, "normal", new Rng(1));
  const [x, w, b] = tensors.map(({ data }) => Array.from(data)) as [number[], number[], number[]];
  const { value, bound } = task.reference(tensors, dims)[0]!;
  for (let i = 0; i < 2; i++) {
    for (let j = 0; j < 4; j++) {
      let sum = b[j]!;
      for (let k = 0; k < 3; k++) sum += x[3 * i + k]! * w[3 * j + k]!;
      const doubled = 2 * sum;
      const expected = doubled > 0 ? doubled : Math.fround(0.1) * doubled;
      assert.ok(Math.abs(value[4 * i + j]! - expected) <= bound[4 * i + j]!, `${i}, ${j}`);
    }
  }
});

test("at every size to verify at, outputs have the promised shape and tight finite bounds", () => {
  for (const task of fusion) {
    const dims = task.shapes[0]!;
    const [y] = task.reference(task.draw(dims, "normal", new Rng(2)), dims);
    assert.deepEqual(y!.shape, task.outputs(dims)[0]!.shape, task.id);
    const largest = Math.max(...y!.value.map(Math.abs));
    for (const [i, bound] of y!.bound.entries()) {
      assert.ok(Number.isFinite(y!.value[i]!) && bound >= 0, `${task.id} ${i}`);
      assert.ok(bound <= Math.max(2e-2 * largest, 1e-4), `${task.id} ${i}: ${bound}`);
    }
  }
});

test("two tasks are constant by their definition", () => {
  for (const name of ["gemm_max_subtract_gelu", "conv3d_group_norm_min_clamp_dropout"]) {
    const task = byName(name);
    const dims = task.shapes[1]!;
    const [y] = task.values(task.draw(dims, "normal", new Rng(3)), dims);
    assert.ok(
      y!.data.every((v) => v === 0),
      name,
    );
  }
});
