import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "@daily-kernel/reproduction/fields";
import { ownResultOf } from "@daily-kernel/reproduction/testing";
import { ownInput } from "./own-input.ts";
import room from "./run.ts";

const result = (changes: Record<string, unknown>) =>
  ownResultOf(room, settle(ownInput.fields, changes));

/** The numbers of a fact: exact, private, deviation. */
const numbersOf = (value: string) =>
  value
    .replaceAll(",", "")
    .split(/[\s±]+/)
    .map(Number) as [number, number, number];
const answersOf = (facts: readonly { label: string; value: string }[]) =>
  facts
    .filter(({ label }) => label.startsWith("Point"))
    .map(({ value }) => numbersOf(value.replace(", ", " ")));

// Noise is the platform's, so that bounds are of ten deviations: one run in a million fails.
test("the example: private sums of distances and similarities are the exact ones, but for noise", async () => {
  const distances = await result({});
  assert.equal(distances.facts[0]!.value, "400 of 2 numbers");
  const answers = answersOf(distances.facts);
  assert.equal(answers.length, 3);
  for (const [exact, value, std] of answers) {
    assert.ok(std > 1 && Math.abs(value - exact) < 10 * std + 0.1, `${exact}, ${value}, ${std}`);
  }
  assert.equal(distances.figures[0]!.series[0]!.x.length, 61);
  const similar = await result({ statistic: "similarity", epsilon: 1000 });
  for (const [exact, value, std] of answersOf(similar.facts)) {
    // Random features err by 400 / sqrt(512) at one deviation.
    assert.ok(Math.abs(value - exact) < 10 * std + 5 * 18, `${exact}, ${value}, ${std}`);
  }
});

test("the same records asked twice get other noise; ten times the epsilon a tenth of it", async () => {
  const [a, b, ten] = await Promise.all([result({}), result({}), result({ epsilon: 1000 })]);
  const [one, two, less] = [a, b, ten].map(({ facts }) => answersOf(facts)[0]!);
  assert.notEqual(one![1], two![1]);
  assert.ok(Math.abs(one![2] / less![2] - 10) < 0.01);
});

test("what cannot be read, or lies outside the bounds, is named", async () => {
  await assert.rejects(
    result({ records: "1, 2\n3" }),
    /records, line 2: expected 2 numbers, got 1/,
  );
  await assert.rejects(result({ records: "1, 2\n3, x" }), /records, line 2: number 2/);
  await assert.rejects(result({ records: "1, 2\n130, 2" }), /records, row 2: 130 is not within/);
  await assert.rejects(result({ bounds: "0, 1" }), /bounds: expected a line for each of 2/);
  await assert.rejects(result({ bounds: "0, 120\n300, 0" }), /bounds, line 2/);
  await assert.rejects(result({ points: "1" }), /points, line 1: expected 2 numbers/);
});
