import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { chosenRatings } from "../fixture.ts";
import { ratings } from "../ratings/ratings.ts";
import { logisticPropensity } from "./logistic.ts";
import { naiveBayesPropensity } from "./naive-bayes.ts";

test("naive Bayes finds the chances that depend on the rating", () => {
  const { observed, randomised } = chosenRatings(200, 100, new Rng(6));
  const chances = naiveBayesPropensity(observed, randomised);
  for (const [k, r] of observed.rating.entries()) {
    assert.ok(Math.abs(chances[k]! / (r ? 0.4 : 0.1) - 1) < 0.1, `${r}: ${chances[k]}`);
  }
});

test("logistic regression finds the chances that depend on features", async () => {
  const rng = new Rng(12);
  const [users, items] = [300, 80];
  const a = rng.fillNormal(new Float64Array(users));
  const b = rng.fillNormal(new Float64Array(items));
  const chance = (u: number, i: number) => 1 / (1 + Math.exp(1 - a[u]! + 0.5 * b[i]!));
  const cells = Array.from({ length: users * items }, (_, c) => c).filter(
    (c) => rng.uniform() < chance(Math.floor(c / items), c % items),
  );
  const observed = ratings({
    users,
    items,
    user: cells.map((c) => Math.floor(c / items)),
    item: cells.map((c) => c % items),
    rating: cells.map(() => 1),
  });
  const features = { userFeatures: matrix(users, 1, a), itemFeatures: matrix(items, 1, b) };
  const fitted = await logisticPropensity(observed, features);
  const effects = await logisticPropensity(observed);
  let [worst, mean] = [0, 0];
  for (let c = 0; c < users * items; c++) {
    const truth = chance(Math.floor(c / items), c % items);
    worst = Math.max(worst, Math.abs(fitted.data[c]! - truth));
    mean += Math.abs(effects.data[c]! - truth) / (users * items);
  }
  assert.ok(worst < 0.04, String(worst));
  assert.ok(mean < 0.05, String(mean));
});

test("bad input is named", async () => {
  const { observed } = chosenRatings(5, 5, new Rng(1));
  const other = chosenRatings(6, 5, new Rng(1)).observed;
  assert.throws(() => naiveBayesPropensity(observed, other), { code: "ERR_DOMAIN" });
  await assert.rejects(logisticPropensity(observed, { userFeatures: matrix(4, 1) }), {
    message: /userFeatures must have 5 rows/,
  });
});
