import assert from "node:assert/strict";
import { test } from "node:test";
import { mathSpans } from "@daily-kernel/feed";
import fc from "fast-check";
import { opening } from "./opening.ts";

test("a short text stays, a long one ends between words", () => {
  assert.equal(opening("Short.", 20), "Short.");
  assert.equal(opening("One word, another word", 12), "One word…");
});

test("a formula is kept whole or left out", () => {
  assert.equal(opening("Take $a + b + c$ and more of it", 11), "Take…");
  assert.equal(opening("Take $a + b + c$ and more of it", 18), "Take $a + b + c$…");
  const word = fc.constantFrom("word", "$a + b$", "$x$,", "5", "$5", "costs.");
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), fc.integer({ min: 8, max: 60 }), (words, n) => {
      const text = words.join(" ");
      const formulas = (of: string) =>
        mathSpans(of)
          .filter(({ kind }) => kind !== "prose")
          .map(({ from, to }) => of.slice(from, to));
      const kept = formulas(opening(text, n));
      assert.deepEqual(kept, formulas(text).slice(0, kept.length));
    }),
  );
});
