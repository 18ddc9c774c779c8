import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { sizeOf } from "@daily-kernel/nn/reference";
import type { Category } from "../task/task.ts";
import { tasks } from "./registry.ts";

/** MultiKernelBench's counts. */
const counts: Readonly<Partial<Record<Category, number>>> = {
  activation: 15,
  architecture: 50,
  broadcast: 10,
  convolution: 34,
  fusion: 100,
  index: 12,
  loss: 7,
  math: 6,
  matmul: 17,
  normalization: 8,
  optimizer: 5,
  pooling: 6,
  reduce: 5,
  resize: 10,
};
const suite = tasks.list().filter(({ category }) => category !== "plain" && category !== "hpc");

test("tasks.list: 14 categories with 285 tasks, five plain ones and six of HPC", () => {
  for (const [category, count] of Object.entries(counts)) {
    assert.equal(tasks.list({ category: category as Category }).length, count, category);
  }
  assert.equal(suite.length, 285);
  assert.equal(new Set(tasks.list().map(({ id }) => id)).size, 296);
  assert.throws(() => tasks.list({ category: "nothing" as Category }), { code: "ERR_TYPE" });
});

test("tasks.get: by id; an unknown one is told with its neighbours", () => {
  assert.equal(tasks.get("activation/elu").category, "activation");
  assert.equal(tasks.get("relu").category, "plain");
  const unknown = { code: "ERR_UNKNOWN_TASK", message: /did you mean activation\/elu/ };
  assert.throws(() => tasks.get("activaton/elu"), unknown);
  assert.throws(() => tasks.get("averag_pooling_2d"), { message: /pooling\/average_pooling_2d/ });
  assert.throws(() => tasks.get("zzz"), { message: /^no task is called "zzz"$/ });
});

for (const [category] of Object.entries(counts)) {
  test(`${category}: references at scaled sizes are finite, of the declared shapes, and leave inputs alone`, () => {
    for (const task of tasks.list({ category: category as Category })) {
      const dims = task.scaled(4096);
      const family = task.families[0] ?? "uniform";
      const inputs = task.draw(dims, family, new Rng(5));
      const before = inputs.map(({ data }) => data.slice());
      const outputs = task.values(inputs, dims);
      inputs.forEach(({ data }, i) => {
        assert.deepEqual(data, before[i], task.id);
      });
      assert.deepEqual(
        inputs.map(({ shape, dtype }) => ({ shape, dtype })),
        task.inputs(dims).map(({ shape, dtype }) => ({ shape, dtype })),
      );
      assert.deepEqual(
        outputs.map(({ shape }) => shape),
        task.outputs(dims).map(({ shape }) => shape),
        task.id,
      );
      const infinite = task.id === "index/masked_fill";
      for (const { data, shape } of outputs) {
        assert.equal(data.length, sizeOf(shape));
        assert.ok(
          data.every((v) => Number.isFinite(v) || (infinite && v === -Infinity)),
          task.id,
        );
      }
      assert.ok(task.flops(task.published) > 0 && task.bytes(task.published) > 0, task.id);
      assert.ok(task.flops(dims) > 0 && task.flops(dims) <= task.flops(task.published), task.id);
    }
  });
}

const own = suite.filter(({ category }) => category !== "fusion" && category !== "architecture");

test("every size and every family for verification give finite values, and bounds of a thousandth at most", () => {
  for (const task of own) {
    // Each size with one family, each family with one size.
    for (let i = 0; i < Math.max(task.shapes.length, task.families.length); i++) {
      const dims = task.shapes[i % task.shapes.length] ?? [];
      const family = task.families[i % task.families.length] ?? "uniform";
      const inputs = task.draw(dims, family, new Rng(7));
      const what = `${task.id} ${family} [${dims}]`;
      for (const { value, bound } of task.reference(inputs, dims)) {
        assert.ok(
          value.every((v) => Number.isFinite(v) || v === -Infinity),
          what,
        );
        const finite = value.filter(Number.isFinite);
        const scale = finite.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
        const top = bound.reduce((m, b) => Math.max(m, b), 0);
        assert.ok(top >= 0 && top <= Math.max(1e-3 * scale, 1e-4), `${what}: ${top} of ${scale}`);
      }
    }
  }
});

test("the same generator draws the same inputs, another one draws others", () => {
  for (const task of own) {
    const dims = task.shapes.at(-1) ?? [];
    const family = task.families.at(-1) ?? "uniform";
    const draw = (seed: number) => task.draw(dims, family, new Rng(seed)).map(({ data }) => data);
    assert.deepEqual(draw(1), draw(1), task.id);
    assert.notDeepEqual(draw(1), draw(2), task.id);
  }
});

test("secret sizes are sizes that the task takes", () => {
  for (const task of own) {
    for (let seed = 0; seed < 4; seed++) {
      const dims = task.drawDims?.(new Rng(seed)) ?? [];
      const inputs = task.draw(dims, "uniform", new Rng(seed));
      const outputs = task.values(inputs, dims);
      assert.deepEqual(
        outputs.map(({ shape }) => shape),
        task.outputs(dims).map(({ shape }) => shape),
      );
    }
  }
});

test("scaled: sizes that belong together stay so, and published sizes stay where they fit", () => {
  const [batch, dim] = tasks.get("loss/hinge_loss").scaled(100_000);
  assert.equal(batch, dim);
  const [length = 0, count = 0] = tasks.get("index/index_copy").scaled(5000);
  assert.ok(count <= length);
  const groups = tasks.get("normalization/group_norm").scaled(2000);
  assert.equal((groups[1] ?? 0) % 8, 0);
  const small = tasks.get("broadcast/add_bias_broadcast");
  assert.deepEqual(small.scaled(1e9), small.published);
  assert.equal((tasks.get("normalization/l1_norm").scaled(1e6)[1] ?? 0) % 2, 1);
});
