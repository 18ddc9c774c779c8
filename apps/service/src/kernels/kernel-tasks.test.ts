import assert from "node:assert/strict";
import { test } from "node:test";
import { parseGrid, verifyCandidate } from "@daily-kernel/forge";
import { backendById } from "@daily-kernel/forge/node";
import { findTask, kernelTask, taskIds } from "./kernel-tasks.ts";

test("every task can be shown, with its bindings in the order of the ABI", () => {
  const groups = taskIds();
  assert.ok(groups.flatMap(({ ids }) => ids).length >= 285);
  for (const { ids } of groups)
    for (const id of ids) {
      const { bindings, starter, grid, assemblyStarter } = kernelTask(id);
      assert.match(bindings.at(-1)!.declaration, /^var<uniform> dims/);
      assert.match(starter, /fn main\(/);
      assert.match(assemblyStarter, /export function forge_kernel\(/);
      parseGrid(grid);
    }
  assert.throws(() => findTask("softmx"), { code: "ERR_NOT_FOUND", message: /softmax/ });
});

const backend = backendById("wgsl", {});
const probe = await backend.probe();

test("what a reader begins with in AssemblyScript is right", async () => {
  for (const id of ["relu", "softmax", "matmul", "rowmean", "frobnorm"]) {
    const task = findTask(id);
    const verdict = await verifyCandidate(
      task,
      { source: kernelTask(id).assemblyStarter },
      backendById("wasm"),
      { seed: 1, shapes: task.shapes.slice(1, 4), families: task.families.slice(0, 2) },
    );
    assert.deepEqual(verdict.findings, [], id);
    assert.equal(verdict.accepted, true, id);
  }
});

test("what a reader begins with is right", {
  skip: probe.available ? false : probe.reason,
}, async () => {
  for (const id of ["relu", "softmax", "matmul", "rowmean", "frobnorm"]) {
    const { starter, grid } = kernelTask(id);
    const task = findTask(id);
    const verdict = await verifyCandidate(
      task,
      { source: starter, grid: parseGrid(grid) },
      backend,
      { seed: 1, shapes: task.shapes.slice(0, 4), families: task.families.slice(0, 2) },
    );
    assert.deepEqual(verdict.findings, [], id);
    assert.equal(verdict.accepted, true, id);
  }
});
