import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "@daily-kernel/reproduction/fields";
import { ownResultOf } from "@daily-kernel/reproduction/testing";
import { ownInput } from "./own-input.ts";
import room from "./run.ts";

const result = (changes: Record<string, unknown>) =>
  ownResultOf(room, settle(ownInput.fields, changes));

test("the example: two draws of six rows, whose leverages are the figure", async () => {
  const { facts, figures } = await result({});
  assert.equal(facts[0]!.value, "6");
  const rows = facts[1]!.value.split(", ").map(Number);
  assert.equal(rows.length, 12);
  assert.ok(rows.every((row) => row >= 1 && row <= 49));
  const leverages = figures[0]!.series[0]!.y;
  assert.ok(Math.abs(leverages.reduce((sum, value) => sum + value, 0) - 6) < 1e-9);
  assert.equal(figures[0]!.series[1]!.x.length, 12);
});

test("what cannot be read is named", async () => {
  await assert.rejects(result({ rows: "1, 2\n3, x\n5, 6" }), /row 2: value 2/);
  await assert.rejects(result({ rows: "1, 2\n3\n5, 6" }), /row 2: expected 2 numbers/);
  await assert.rejects(result({ rows: "1\n2" }), /3 to 5000 rows/);
  await assert.rejects(result({ rows: "1,2\n3,4\n5,7" }), /6 coefficients; expected at most 3/);
  await assert.rejects(
    result({ rows: "1\n1\n1\n1", model: "linear" }),
    /column 1 is a combination/,
  );
});
