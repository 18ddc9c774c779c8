import assert from "node:assert/strict";
import { test } from "node:test";
import { tasks } from "../tasks/registry.ts";
import { rankedDims } from "./ranked-dims.ts";

test("every task has sizes at which it can be ranked, large where that is cheap", () => {
  for (const task of tasks.list()) {
    const dims = rankedDims(task, "some GPU");
    assert.equal(dims.length, task.dimNames.length, task.id);
    assert.ok(task.flops(dims) <= 3e8, `${task.id}: ${task.flops(dims)} operations`);
  }
  assert.deepEqual(rankedDims(tasks.get("matmul"), "some GPU"), [512, 512, 512]);
  assert.deepEqual(rankedDims(tasks.get("relu"), "some GPU"), [1 << 20]);
  assert.deepEqual(rankedDims(tasks.get("matmul"), "Google SwiftShader"), [64, 64, 64]);
});
