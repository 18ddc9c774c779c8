import assert from "node:assert/strict";
import { test } from "node:test";
import { paintOverview } from "./overview.ts";

test("every claim is a bar, papers stand apart, verdicts differ in height", () => {
  const { width, bars } = paintOverview([["holds", "not-measured"], ["holds"]]);
  assert.equal(width, 12);
  assert.deepEqual(bars, [
    { verdict: "holds", d: "M1 32v-32M11 32v-32" },
    { verdict: "not-measured", d: "M4 32v-9" },
  ]);
});
