import assert from "node:assert/strict";
import { test } from "node:test";
import { duration, pieces, prettyExponents, prettyNumber } from "./format.ts";

test("numbers as people read them", () => {
  const cases: [number, string][] = [
    [0, "0"],
    [3, "3"],
    [20000, "20,000"],
    [0.66, "0.66"],
    [12.34567, "12.35"],
    [3.204e-15, "3.2 × 10^-15"],
    [1e-14, "10^-14"],
    [-2.5e9, "-2.5 × 10^9"],
  ];
  for (const [value, text] of cases) assert.equal(prettyNumber(value), text);
});

test("exponents in prose", () => {
  assert.equal(prettyExponents("≤ 5e-14 (n ≥ 500)"), "≤ 5 × 10^-14 (n ≥ 500)");
  assert.equal(prettyExponents("1e+6 to 2.5e7"), "10^6 to 2.5 × 10^7");
});

test("time", () => {
  assert.deepEqual([0.42, 12.3, 59.6, 65].map(duration), [
    "0.4 s",
    "12 s",
    "1 min 00 s",
    "1 min 05 s",
  ]);
});

test("exponents are raised and indices lowered, names with underscores are left alone", () => {
  const marked = (text: string) =>
    pieces(text)
      .map((piece) => (piece.at === "line" ? piece.text : `<${piece.at} ${piece.text}>`))
      .join("");
  assert.equal(marked("3 × 10^-15 and x^2"), "3 × 10<sup −15> and x<sup 2>");
  assert.equal(
    marked("log I_v(x), A_{p/2-1}, ||T_0||"),
    "log I<sub v>(x), A<sub p/2-1>, ||T<sub 0>||",
  );
  assert.equal(marked("read_file and npm_config_cache"), "read_file and npm_config_cache");
});
