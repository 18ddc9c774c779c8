import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { kinds, neighbours, parsePeriod, periodOf, within } from "./period.ts";

const day = fc
  .date({ min: new Date("1991-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test("a day lies within its period, and the period's address reads back", () => {
  fc.assert(
    fc.property(day, fc.constantFrom(...kinds), (at, kind) => {
      const period = periodOf(kind, at);
      assert.ok(within(period, at));
      assert.deepEqual(parsePeriod(period.id), period);
    }),
  );
});

test("weeks follow ISO 8601 across the turn of the year", () => {
  assert.equal(parsePeriod("9999-12")?.to, "9999-12-31");
  assert.equal(periodOf("week", "2024-12-30").id, "2025-W01");
  assert.equal(periodOf("week", "2021-01-03").id, "2020-W53");
  assert.equal(periodOf("week", "2024-09-13").id, "2024-W37");
  assert.deepEqual(
    [periodOf("week", "2024-09-13").from, periodOf("week", "2024-09-13").to],
    ["2024-09-09", "2024-09-15"],
  );
});

test("what is no period is refused", () => {
  for (const id of [
    "2024-13",
    "2024-02-30",
    "2023-W53",
    "2024-W00",
    "tomorrow",
    "",
    "2024-9",
    "0000-01-01",
  ])
    assert.equal(parsePeriod(id), null, id);
});

test("neighbours skip empty months", () => {
  const days = ["2023-01-05", "2024-09-13", "2024-11-01"];
  const { earlier, later } = neighbours(periodOf("month", "2024-09-13"), days);
  assert.equal(earlier?.id, "2023-01");
  assert.equal(later?.id, "2024-11");
  assert.equal(neighbours(periodOf("month", "2023-01-05"), days).earlier, null);
});
