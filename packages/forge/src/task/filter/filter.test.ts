import assert from "node:assert/strict";
import { test } from "node:test";
import type { Array64, Ops } from "@daily-kernel/nn/reference";
import { tasks } from "../../tasks/registry.ts";
import { data, weight } from "../argument.ts";
import { defineTask, type Inputs } from "../define-task.ts";
import { filterSuite } from "./filter-suite.ts";
import { acceptedAnswers, type Flaw, filterTask } from "./filter-task.ts";
import { publishedSizes } from "./published-sizes.ts";
import { weakAnswers } from "./weak-answers.ts";

const toy = (reference: (ops: Ops, inputs: Inputs) => Array64, weights = true, keep = true) =>
  defineTask({
    id: "fusion/toy",
    title: "for a test",
    dims: { rows: 6, cols: 9 },
    shapes: [[6, 9]],
    inputs: ({ rows, cols }) => ({
      x: data([rows, cols]),
      ...(weights && { w: weight([cols], { mean: 1, spread: 0.5, initial: 1 }) }),
    }),
    outputs: ({ rows, cols }) => ({ y: keep ? [rows, cols] : [rows] }),
    reference,
    flops: ({ rows, cols }) => rows * cols,
  });

const flaws = (task: ReturnType<typeof toy>): Flaw[] =>
  filterTask(task, { seeds: 5 }).flaws.flatMap(({ flaw, found }) => (found ? [flaw] : []));

test("filterTask: a plain product has no flaw and takes no empty answer", () => {
  const task = toy((ops, [x, w]) => ops.mul(x, w));
  assert.deepEqual(flaws(task), []);
  const [loose] = filterTask(task).accepts;
  assert.deepEqual(loose, { tolerance: 0.01, zeros: false, constant: false, replay: false });
});

test("filterTask: units do not matter, which an absolute threshold would judge by", () => {
  assert.deepEqual(flaws(toy((ops, [x, w]) => ops.mul(ops.mul(x, w), 1e-6))), []);
});

test("filterTask: the mean of what was centred is rounding, however small its scale", () => {
  const task = toy(
    (ops, [x, w]) => ops.mul(ops.mean(ops.layerNorm(x), 1), ops.max(w, 0)),
    true,
    false,
  );
  assert.ok(flaws(task).includes("inputs-do-not-matter"));
  assert.ok(flaws(task).includes("near-constant"));
  assert.ok(acceptedAnswers(task).every(({ zeros }) => zeros));
});

test("filterTask: each factor alone", () => {
  const noWeights = toy((ops, [x]) => ops.exp(x));
  assert.deepEqual(flaws(noWeights), ["weights-do-not-matter"]);
  const noInputs = toy((ops, [x, w]) => ops.add(ops.mul(ops.add(x, -x.data[0]!), 0), w));
  // As published, all weights are 1: nothing varies at all.
  assert.ok(flaws(noInputs).includes("inputs-do-not-matter"));
  assert.ok(!flaws(noInputs).includes("weights-do-not-matter"));
  const flat = toy((ops, [x]) => ops.expand(ops.mean(x, 1, true), x.shape), false);
  assert.deepEqual(flaws(flat), ["flat-along-an-axis"]);
});

test("filterTask: evidence is a number with its factor; fewer than two seeds are refused", () => {
  const task = toy((ops, [x, w]) => ops.mul(x, w));
  for (const { evidence, spread } of filterTask(task, { seeds: 2 }).flaws) {
    assert.match(evidence, /of the largest magnitude$/);
    assert.ok(spread > 0.01);
  }
  assert.throws(() => filterTask(task, { seeds: 1 }), { code: "ERR_DOMAIN" });
});

test("weakAnswers: one constant must fit all elements of all runs", () => {
  const runs = (...values: number[][]) => [
    { shape: [2], values: values.map((v) => Float64Array.from(v)), noise: 0 },
  ];
  const near = weakAnswers(runs([1, 1.01], [1.02, 1]), 1e-2);
  assert.deepEqual(near, { tolerance: 1e-2, zeros: false, constant: true, replay: false });
  assert.equal(weakAnswers(runs([1, 1.01], [1.01, 1]), 1e-2).replay, true);
  assert.equal(weakAnswers(runs([1, 1.05], [1, 1]), 1e-2).constant, false);
  assert.equal(weakAnswers(runs([0.001, -0.009]), 1e-2).zeros, true);
  assert.equal(weakAnswers(runs([0.001, -0.011]), 1e-2).zeros, false);
});

test("filterSuite: lists by flaw and answer, progress, and an end when it is asked for", async () => {
  const zero = toy((ops, [x]) => ops.relu(ops.neg(ops.abs(x))));
  const seen: number[] = [];
  const table = await filterSuite([zero, toy((ops, [x, w]) => ops.mul(x, w))], {
    seeds: 3,
    onProgress: ({ done, of }) => seen.push(done / of),
  });
  assert.deepEqual(seen, [0.5, 1]);
  assert.deepEqual(table.flaws["near-constant"], ["fusion/toy"]);
  assert.deepEqual(table.accepting[1]?.zeros, ["fusion/toy"]);
  const signal = AbortSignal.abort();
  await assert.rejects(filterSuite([zero], { signal }), { name: "AbortError" });
});

test("publishedSizes: a small batch, every other size as published, nothing beyond the reach", () => {
  const task = tasks.get("activation/softmax");
  assert.deepEqual(publishedSizes(task), [4, 393216]);
  assert.equal(publishedSizes(task, { elements: 1e6 }), undefined);
  assert.equal(publishedSizes(tasks.get("matmul/square_matrix_multiplication")), undefined);
  assert.equal(publishedSizes(tasks.get("loss/hinge_loss")), undefined);
});
