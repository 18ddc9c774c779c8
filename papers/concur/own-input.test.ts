import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "@daily-kernel/reproduction/fields";
import { ownResultOf } from "@daily-kernel/reproduction/testing";
import { ownInput } from "./own-input.ts";
import room from "./run.ts";

const result = async (changes: Record<string, unknown>) => {
  const { facts, figures } = await ownResultOf(room, settle(ownInput.fields, changes));
  return { figures, ...Object.fromEntries(facts.map(({ label, value }) => [label, value])) } as {
    figures: unknown[];
  } & Record<string, string>;
};

test("the example: one task agrees, one disagrees, one was solved once", async () => {
  const found = await result({});
  assert.equal(found.selected, "2: matmul-1 #0, matmul-2 #0");
  assert.equal(found["of these without a rival in their task"], "1");
  assert.equal(found.dropped, "incorrect 3, disagreement 2, notChosen 1");
  assert.match(found["within tasks"]!, /shorter in 1 tasks, longer in 1; log-odds/);
  assert.equal(found.figures.length, 1);
  assert.equal((await result({ perType: 1 })).selected, "1: matmul-1 #0");
  assert.match((await result({ rule: "fastest-per-task" })).selected!, /^3: /);
});

test("a line that is no sample is named", async () => {
  await assert.rejects(result({ pool: "{}" }), /line 1: taskId/);
  await assert.rejects(result({ pool: "x" }), /line 1: not JSON/);
});
