import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { reciprocalRankFusion } from "./reciprocal-rank-fusion.ts";
import { top } from "./top.ts";

test("the top are the first of the sorted, whatever the scores", () => {
  const score = fc.oneof(fc.constantFrom(0, -1, Number.NaN, 1, 2), fc.double());
  fc.assert(
    fc.property(fc.array(score, { maxLength: 60 }), fc.nat(20), (list, k) => {
      const odd = (i: number) => i % 2 === 1;
      const scores = Float64Array.from(list);
      const sorted = [...scores.keys()]
        .filter((i) => scores[i]! > 0)
        .sort((a, b) => scores[b]! - scores[a]! || a - b);
      // Equal infinities have no difference.
      if (sorted.filter((i) => scores[i] === Number.POSITIVE_INFINITY).length > 1) return;
      assert.deepEqual(
        top(scores, k, (a, b) => a < b),
        sorted.slice(0, k),
      );
      assert.deepEqual(
        top(scores, k, (a, b) => a < b, odd),
        sorted.filter(odd).slice(0, k),
      );
    }),
  );
});

test("fusion adds one over 60 and the rank", () => {
  const sums = reciprocalRankFusion([
    ["a", "b"],
    ["b", "c"],
  ]);
  assert.deepEqual(
    [...sums],
    [
      ["a", 1 / 61],
      ["b", 1 / 62 + 1 / 61],
      ["c", 1 / 62],
    ],
  );
});
