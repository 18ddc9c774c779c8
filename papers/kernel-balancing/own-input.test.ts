import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "@daily-kernel/reproduction/fields";
import { ownResultOf } from "@daily-kernel/reproduction/testing";
import { ownInput } from "./own-input.ts";
import room from "./run.ts";

const result = (changes: Record<string, unknown>) =>
  ownResultOf(room, settle(ownInput.fields, { seeds: 1, ...changes }));

test("the example: chosen ratings are higher, three methods rank, balancing balances", async () => {
  const { facts, figures } = await result({});
  assert.equal(facts[0]!.value, "30 and 20");
  const [chosen, shown] = facts[1]!.value.split(" and ").map(Number);
  assert.ok(chosen! > shown! + 0.3, facts[1]!.value);
  for (const fact of facts.slice(2, 5)) assert.ok(Number(fact.value) > 0.55, JSON.stringify(fact));
  assert.ok(Number(facts[5]!.value) < 1, facts[5]!.value);
  assert.equal(figures[0]!.series[0]!.x.length, 4);
});

test("what cannot be read is named", async () => {
  await assert.rejects(result({ chosen: "a, b, c, d\nx" }), /chosen ratings: .*line 2/);
  await assert.rejects(result({ shown: "stranger, book 1, 3" }), /shown at random: .*stranger/);
});

test("ratings that have no AUC are refused, not shown as NaN", async () => {
  const none = { code: "ERR_DOMAIN" };
  await assert.rejects(result({ like: 100 }), none);
  await assert.rejects(result({ shown: "reader 1, book 1, 3" }), none);
  await assert.rejects(result({ shown: "user, item, rating" }), none);
});
