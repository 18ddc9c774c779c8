import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mathSpans } from "./math-spans.ts";

const mathIn = (text: string) =>
  mathSpans(text)
    .filter(({ kind }) => kind !== "prose")
    .map(({ from, to }) => text.slice(from, to));

test("formulas are found, prices are not", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["with $x$ and $y_1$.", ["$x$", "$y_1$"]],
    ["$$x = y$$ is display", ["$$x = y$$"]],
    ["\\(a\\) and \\[b\\]", ["\\(a\\)", "\\[b\\]"]],
    ["$O(n \\log n)$-time", ["$O(n \\log n)$"]],
    ["$\\text{a \\$5 bill}$", ["$\\text{a \\$5 bill}$"]],
    ["$5$ papers", ["$5$"]],
    ["a $5 bill", []],
    ["$5 to $10", []],
    ["$5-$10, US$5 and A$6", []],
    ["$5 for one but 6$", []],
    ["$5 and then $x$", ["$x$"]],
    ["\\$5 and \\$x", []],
    ["$ x $", []],
    ["$$", []],
    ["\\(open", []],
    [`$${"x".repeat(3000)}$`, []],
    ["", []],
  ];
  for (const [text, found] of cases) assert.deepEqual(mathIn(text), found, text);
});

test("the spans make up the text, in order, and no two prose spans meet", () => {
  const piece = fc.constantFrom("$", "$$", "\\(", "\\)", "\\[", "\\]", "\\", "a", "5", " ", "é");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join("");
      const spans = mathSpans(text);
      assert.equal(spans.map(({ from, to }) => text.slice(from, to)).join(""), text);
      spans.forEach(({ kind, from, to, delimiter }, i) => {
        assert.ok(to - from > 2 * delimiter);
        assert.ok(kind !== "prose" || spans[i - 1]?.kind !== "prose");
      });
    }),
    { numRuns: 1000 },
  );
});
