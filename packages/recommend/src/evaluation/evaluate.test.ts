import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ratings } from "../ratings/ratings.ts";
import { evaluate } from "./evaluate.ts";

const one = (rating: number[]) =>
  ratings({
    users: 1,
    items: rating.length,
    user: rating.map(() => 0),
    item: rating.map((_, i) => i),
    rating,
  });

test("AUC is the share of pairs in the right order, ties as halves", () => {
  const level = fc.integer({ min: 0, max: 4 });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), level), { minLength: 2 }), (cells) => {
      const good = cells.filter(([like]) => like);
      const bad = cells.filter(([like]) => !like);
      fc.pre(good.length > 0 && bad.length > 0);
      let right = 0;
      for (const [, a] of good) for (const [, b] of bad) right += a > b ? 1 : a === b ? 0.5 : 0;
      const { auc } = evaluate(
        one(cells.map(([like]) => Number(like))),
        cells.map(([, s]) => s),
      );
      assert.ok(Math.abs(auc - right / good.length / bad.length) < 1e-12);
    }),
  );
});

test("a list by hand", () => {
  const { atK, mse } = evaluate(one([0, 1, 0, 1]), [0.9, 0.8, 0.2, 0.1], { k: [2] });
  assert.ok(Math.abs(atK[0]!.ndcg - 1 / Math.log2(3) / (1 + 1 / Math.log2(3))) < 1e-12);
  assert.deepEqual([atK[0]!.recall, atK[0]!.precision], [0.5, 0.5]);
  assert.ok(Math.abs(mse - (0.81 + 0.04 + 0.04 + 0.81) / 4) < 1e-12);
});

test("users without positives are left out, or count as one", () => {
  const table = ratings({
    users: 2,
    items: 2,
    user: [0, 0, 1, 1],
    item: [0, 1, 0, 1],
    rating: [0, 1, 0, 0],
  });
  const scores = [0.9, 0.1, 0.5, 0.4];
  const skip = evaluate(table, scores, { k: [1] });
  assert.equal(skip.usersWithoutPositives, 1);
  assert.equal(skip.atK[0]!.ndcg, 0);
  assert.equal(evaluate(table, scores, { k: [1], usersWithoutPositives: "one" }).atK[0]!.ndcg, 0.5);
});

test("a test set of one kind, or another number of predictions, is refused", () => {
  assert.throws(() => evaluate(one([0, 0]), [1, 2]), { code: "ERR_DOMAIN" });
  assert.throws(() => evaluate(one([0, 1]), [1]), { code: "ERR_SHAPE" });
});
