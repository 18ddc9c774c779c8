import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { evaluate, mean } from "./evaluate.ts";
import { averagePrecision, normalizedGain, recall, reciprocalRank } from "./measures.ts";
import { pairedBootstrap } from "./paired-bootstrap.ts";

const gains = new Map([
  ["a", 3],
  ["b", 2],
  ["c", 1],
]);
const close = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);

test("the measures of a list worked out by hand", () => {
  const ranked = ["x", "b", "a", "y", "c"];
  const best = 3 + 2 / Math.log2(3) + 1 / 2;
  close(normalizedGain(ranked, gains, 10), (2 / Math.log2(3) + 3 / 2 + 1 / Math.log2(6)) / best);
  close(normalizedGain(ranked, gains, 1), 0);
  close(averagePrecision(ranked, gains), (1 / 2 + 2 / 3 + 3 / 5) / 3);
  close(averagePrecision(["c"], gains), 1 / 3);
  close(reciprocalRank(ranked, gains, 10), 1 / 2);
  close(reciprocalRank(ranked, gains, 1), 0);
  close(recall(ranked, gains, 3), 2 / 3);
});

test("nothing relevant, nothing found", () => {
  const none = new Map<string, number>();
  for (const list of [[], ["a"]]) {
    close(normalizedGain(list, none, 10), 0);
    close(averagePrecision(list, none), 0);
    close(reciprocalRank(list, none, 10), 0);
    close(recall(list, none, 10), 0);
  }
});

test("moving a relevant paper up never lowers a measure, and the ideal list has 1", () => {
  const list = fc.shuffledSubarray(["a", "b", "c", "u", "v", "w"], { minLength: 6 });
  fc.assert(
    fc.property(list, fc.nat(4), (ranked, i) => {
      const swapped = [...ranked];
      [swapped[i], swapped[i + 1]] = [swapped[i + 1]!, swapped[i]!];
      const better = (gains.get(swapped[i]!) ?? 0) >= (gains.get(ranked[i]!) ?? 0);
      const [up, down] = better ? [swapped, ranked] : [ranked, swapped];
      assert.ok(normalizedGain(up, gains, 10) >= normalizedGain(down, gains, 10) - 1e-12);
    }),
  );
  const queries = [{ text: "q", gains }];
  const ideal = evaluate(queries, () => ["a", "b", "c"]);
  for (const values of Object.values(ideal)) close(mean(values), 1);
});

test("the interval holds the mean difference and narrows to it", () => {
  const a = Array.from({ length: 50 }, (_, i) => (i % 7) / 7);
  const constant = a.map((value) => value - 0.25);
  const exact = pairedBootstrap(a, constant);
  for (const value of [exact.mean, exact.low, exact.high]) close(value, 0.25);
  const noisy = pairedBootstrap(a, a.toReversed());
  assert.ok(noisy.low < noisy.mean && noisy.mean < noisy.high);
  assert.deepEqual(pairedBootstrap(a, a.toReversed()), noisy);
  assert.throws(() => pairedBootstrap([1], []), { code: "ERR_INPUT" });
});

test("the interval covers the true difference about as often as it says", () => {
  // 200 experiments of 40 queries whose differences are +-1 with mean 0.
  let covered = 0;
  for (let experiment = 0; experiment < 200; experiment++) {
    const sign = (i: number) => (Math.imul(experiment * 40 + i + 1, 2654435761) >>> 31 ? 1 : -1);
    const a = Array.from({ length: 40 }, (_, i) => sign(i));
    const { low, high } = pairedBootstrap(
      a,
      a.map(() => 0),
      { samples: 400, seed: experiment },
    );
    if (low <= 0 && 0 <= high) covered++;
  }
  assert.ok(covered >= 170, `${covered} of 200`);
});
