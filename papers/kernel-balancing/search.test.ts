import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { coat, load } from "@daily-kernel/datasets";
import { nodeSource } from "@daily-kernel/datasets/node";
import { gap } from "./intervals.ts";
import { learners } from "./learners.ts";
import { coatRatings, likesTask } from "./likes-task.ts";
import { methods, spaces } from "./methods.ts";
import { search, TRIALS } from "./search.ts";
import { tuned } from "./tuned.ts";

test("the recorded settings are what the search finds", async (t) => {
  const data = await load(coat, nodeSource()).catch((error) => {
    if (error.code !== "ERR_DATA") throw error;
  });
  if (!data) return t.skip("needs the data");
  const task = likesTask(coatRatings(data), new Rng(1, "task of the search"));
  const breathe = () => Promise.resolve();
  const found = await search(task, ["MF", "IPS"], learners, new Rng(1, "search"), { breathe });
  for (const method of ["MF", "IPS"] as const) {
    assert.deepEqual(found[method]!.settings, tuned[method].settings);
    assert.ok(Math.abs(found[method]!.loss - tuned[method].loss) < 1e-6);
    assert.ok(found[method]!.worst > found[method]!.loss);
  }
});

test("every method has settings from its space, which holds as many as are tried", () => {
  for (const method of methods) {
    const space = spaces[method];
    const size = Object.values(space).reduce((all, values) => all * values.length, 1);
    assert.ok(size >= TRIALS, method);
    for (const [name, value] of Object.entries(tuned[method].settings)) {
      assert.ok(space[name]!.includes(value), `${method}: ${name} ${value}`);
    }
  }
});

test("the gap of a mean to a number, with its interval", () => {
  const near = gap([1, 2, 3], 2);
  assert.deepEqual([near.value, near.low], [0, 0]);
  const far = gap([1, 1.1, 0.9], 2);
  assert.ok(Math.abs(far.value - 1) < 1e-12);
  assert.ok(far.low > 0.7 && far.low < 1 && far.high > 1 && far.high < 1.3);
});
