import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fold } from "../text/fold.ts";
import { words } from "../text/words.ts";
import { inverseDocumentFrequency } from "./bm25.ts";
import { editDistance } from "./edit-distance.ts";
import { InvertedIndex } from "./inverted-index.ts";
import { trigramSimilarity } from "./trigrams.ts";

test("words are runs of letters and digits, folded", () => {
  assert.deepEqual(words("Éclair-naïve GPT-4: O(n²) søren’s Straße"), [
    ...["eclair", "naive", "gpt", "4", "o", "n2", "soren", "s", "strasse"],
  ]);
  assert.equal(words("a".repeat(1000))[0]!.length, 64);
  fc.assert(
    fc.property(fc.string(), (text) => assert.equal(fold(fold(text)), fold(text))),
    {
      examples: [["İstanbul"], ["ﬁne"], ["Å"]],
    },
  );
});

test("similarities are those of pg_trgm", () => {
  // select similarity('word', 'two words'), ... in PostgreSQL for single words:
  for (const [a, b, expected] of [
    ["word", "words", 4 / 7],
    ["kernel", "kernal", 4 / 10],
    ["same", "same", 1],
    ["abc", "xyz", 0],
  ] as const) {
    assert.ok(Math.abs(trigramSimilarity(a, b) - expected) < 1e-12, `${a} ${b}`);
  }
});

test("edit distances known by heart, and their symmetry", () => {
  assert.equal(editDistance("kitten", "sitting"), 3);
  assert.equal(editDistance("attnetion", "attention"), 1);
  assert.equal(editDistance("", "abc"), 3);
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      const distance = editDistance(a, b);
      assert.equal(distance, editDistance(b, a));
      assert.equal(distance === 0, a === b);
      assert.ok(distance <= Math.max(a.length, b.length));
      assert.ok(distance >= Math.abs(a.length - b.length));
    }),
  );
});

test("scores are the formula's, field weights as if words were repeated", () => {
  const texts = ["graph graph kernel", "kernel walk the", "flow", ""];
  const index = new InvertedIndex([1], { k1: 1.2, b: 0.75 });
  for (const text of texts) index.add([text]);
  const scores = new Float64Array(index.slots);
  index.score(
    [index.numberOf("graph")!, index.numberOf("kernel")!, index.numberOf("the")!],
    scores,
  );
  const lengths = [3, 2, 1, 0];
  const term = (tf: number, length: number, n: number) =>
    (inverseDocumentFrequency(4, n) * tf * 2.2) / (tf + 1.2 * (0.25 + (0.75 * length) / 1.5));
  const expected = [term(2, 3, 1) + term(1, 3, 2), term(1, 2, 2), 0, 0];
  lengths.forEach((_, i) => {
    assert.ok(Math.abs(scores[i]! - expected[i]!) < 1e-12, `text ${i}`);
  });

  const weighted = new InvertedIndex([2, 1], { k1: 1.2, b: 0.75 });
  const repeated = new InvertedIndex([1], { k1: 1.2, b: 0.75 });
  for (const [title, body] of [
    ["graph", "kernel flow"],
    ["flow", "graph graph walk"],
    ["", "kernel"],
  ] as const) {
    weighted.add([title, body]);
    repeated.add([`${title} ${title} ${body}`]);
  }
  for (const word of ["graph", "flow", "kernel"]) {
    const [a, b] = [weighted, repeated].map((one) => {
      const out = new Float64Array(3);
      one.score([one.numberOf(word)!], out);
      return out;
    });
    a!.forEach((value, i) => {
      assert.ok(Math.abs(value - b![i]!) < 1e-12);
    });
  }
});
