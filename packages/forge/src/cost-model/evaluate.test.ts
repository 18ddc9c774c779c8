import assert from "node:assert/strict";
import { test } from "node:test";
import type { Sample } from "./data/data-set.ts";
import { evaluate, type Predictor, regrets } from "./evaluate.ts";
import { rSquared, spearman } from "./statistics.ts";

const sample = (text: string, instructions: number, nanoseconds = 1): Sample => ({
  text,
  family: "affine",
  group: text,
  llvm: "15.0.6",
  cpu: "skylake",
  values: { instructions, nanoseconds },
});
const saying = (values: Record<string, number>): Predictor => ({
  targets: ["instructions", "nanoseconds"],
  estimate: (texts) => texts.map((text) => [values[text]!, values[text]!]),
});

test("scores by hand", () => {
  const samples = [sample("a", 0), sample("b", Math.E - 1), sample("c", Math.E ** 2 - 1)];
  const { scores } = evaluate(saying({ a: 0, b: 0, c: Math.E ** 2 - 1 }), samples);
  const score = scores.instructions!;
  assert.equal(score.n, 3);
  assert.ok(Math.abs(score.rmseLog - Math.sqrt(1 / 3)) < 1e-12);
  assert.ok(Math.abs(score.r2 - 0.5) < 1e-12);
  assert.ok(
    Math.abs(score.rmsePctRange - (100 * (Math.E - 1)) / Math.sqrt(3) / (Math.E ** 2 - 1)) < 1e-9,
  );
  assert.ok(Math.abs(score.spearman - Math.sqrt(3) / 2) < 1e-12);
  assert.equal(score.perDialect.affine!.n, 3);
});

test("rank correlation with ties and without variation; R2 of a constant truth", () => {
  assert.equal(spearman([1, 2, 3], [10, 20, 30]), 1);
  assert.equal(spearman([1, 2, 3], [3, 2, 1]), -1);
  assert.equal(spearman([1, 1, 1], [3, 2, 1]), 0);
  assert.equal(rSquared([1, 2], [5, 5]), 0);
});

test("regret: the time of what was chosen over the best, kernel by kernel", () => {
  const variants = [
    [sample("a", 1, 10), sample("b", 1, 15)],
    [sample("c", 1, 8), sample("d", 1, 2)],
  ];
  assert.deepEqual(regrets(saying({ a: 2, b: 1, c: 9, d: 3 }), variants), [0.5, 0]);
  const { top1Regret } = evaluate(saying({ a: 2, b: 1, c: 9, d: 3 }), variants[0]!, variants);
  assert.equal(top1Regret, 0.25);
});
