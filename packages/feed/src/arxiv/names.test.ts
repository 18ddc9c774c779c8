import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { anyText } from "./fixture/any-text.ts";
import { foldName, parseAuthors } from "./names.ts";

test("names between commas and 'and', affiliations left out", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["Lingcheng Kong, Jiateng Wei and Huan Wang", ["Lingcheng Kong", "Jiateng Wei", "Huan Wang"]],
    ["A. One, B. Two, and C. Three", ["A. One", "B. Two", "C. Three"]],
    ["A. One (1), B. Two (1 and 2) ((1) Paris (France), (2) Rome)", ["A. One", "B. Two"]],
    ["John Smith, Jr., Jane Doe III", ["John Smith Jr.", "Jane Doe III"]],
    ["Jos\\'e Garc{\\'\\i}a, Ludwig van der Berg", ["José García", "Ludwig van der Berg"]],
    ["The ATLAS Collaboration: G. Aad, B. Abbott", ["ATLAS Collaboration", "G. Aad", "B. Abbott"]],
    ["X. Y. Zed (for the CMS Collaboration)", ["X. Y. Zed"]],
    ["毛泽东, 山田 太郎", ["毛泽东", "山田 太郎"]],
    ["Sandy Anderson", ["Sandy Anderson"]],
    ["A. One, et al. (200 additional authors not shown)", ["A. One"]],
    ["A. One\n  and B.\n  Two", ["A. One", "B. Two"]],
    ["", []],
  ];
  for (const [line, names] of cases) assert.deepEqual(parseAuthors(line), names, line);
});

test("folding compares, whatever the accents, case and points", () => {
  assert.equal(foldName("J.-P. Müller"), "j p muller");
  assert.equal(foldName("J. P. MULLER"), foldName("j p müller"));
  assert.equal(foldName("Łukasz Ørsted-Straße"), "lukasz orsted strasse");
  assert.equal(foldName("Conan O'Brien"), foldName("Conan O’Brien"));
  assert.equal(foldName("山田 太郎"), "山田 太郎");
  assert.notEqual(foldName("Anna Lee"), foldName("Anne Lee"));
});

test("folding is a fixed point and blind to composition", () => {
  fc.assert(
    fc.property(anyText(30), (name) => {
      const folded = foldName(name);
      assert.equal(foldName(folded), folded);
      assert.equal(foldName(name.toWellFormed().normalize("NFD")), folded);
    }),
    { numRuns: 1000 },
  );
});

test("any line gives names on one line without separators at their ends", () => {
  const pieces = fc.constantFrom(
    ",",
    ";",
    " and ",
    " & ",
    "(",
    ")",
    "Jr.",
    "A",
    "é",
    "\\'e",
    "\n",
    ":",
    "et al",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      for (const name of parseAuthors(parts.join(""))) {
        assert.notEqual(name, "");
        assert.ok(!/[\r\n,;]/.test(name));
      }
    }),
    { numRuns: 500 },
  );
});

test("a hundred thousand characters of any piece are read", () => {
  for (const piece of [
    " ",
    ",",
    " and ",
    "(",
    "a)",
    "the ",
    "Jr.,",
    "\\(",
    "Collaboration:",
    "\u00a0",
  ]) {
    const line = piece.repeat(100_000 / piece.length);
    assert.ok(parseAuthors(line).every((name) => name !== ""));
    assert.ok(foldName(line).length <= line.length);
  }
});
