import assert from "node:assert/strict";
import { test } from "node:test";
import { duration, prettyExponents, prettyNumber } from "./format.ts";

test("numbers as people read them", () => {
  const cases: [number, string][] = [
    [0, "0"],
    [3, "3"],
    [20000, "20,000"],
    [0.66, "0.66"],
    [12.34567, "12.35"],
    [3.204e-15, "3.2 × 10⁻¹⁵"],
    [1e-14, "10⁻¹⁴"],
    [-2.5e9, "-2.5 × 10⁹"],
  ];
  for (const [value, text] of cases) assert.equal(prettyNumber(value), text);
});

test("exponents in prose", () => {
  assert.equal(prettyExponents("≤ 5e-14 (n ≥ 500)"), "≤ 5 × 10⁻¹⁴ (n ≥ 500)");
  assert.equal(prettyExponents("1e+6 to 2.5e7"), "10⁶ to 2.5 × 10⁷");
});

test("time", () => {
  assert.deepEqual([0.42, 12.3, 59.6, 65].map(duration), [
    "0.4 s",
    "12 s",
    "1 min 00 s",
    "1 min 05 s",
  ]);
});
