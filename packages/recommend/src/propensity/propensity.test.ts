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

test("modes apart: the released code divides by highest indices, and does not smooth", () => {
  const triples = (rating: number[]) =>
    ratings({ users: 4, items: 5, user: [3, 0, 1, 2], item: [4, 0, 1, 2], rating });
  const [observed, sample] = [triples([1, 1, 1, 0]), triples([1, 0, 0, 0])];
  const chances = naiveBayesPropensity(observed, sample, { mode: "reference-code" });
  // P(1 | o) = 3/4, P(1) = 1/4, P(o) = 4 / (3 * 4)
  assert.ok(Math.abs(chances[0]! - ((3 / 4) * (4 / 12)) / (1 / 4)) < 1e-12);
  // one more of each value: P(1 | o) = 4/6, P(1) = 2/6, P(o) = 4 / 20
  assert.ok(Math.abs(naiveBayesPropensity(observed, sample)[0]! - (4 / 6 / (2 / 6)) * 0.2) < 1e-12);
  assert.throws(
    () => naiveBayesPropensity(observed, triples([0, 0, 0, 0]), { mode: "reference-code" }),
    { message: /must hold the rating 1/, code: "ERR_DOMAIN" },
  );
});

test("bad input is named", async () => {
  const { observed } = chosenRatings(5, 5, new Rng(1));
  const other = chosenRatings(6, 5, new Rng(1)).observed;
  assert.throws(() => naiveBayesPropensity(observed, other), { code: "ERR_DOMAIN" });
  await assert.rejects(logisticPropensity(observed, { userFeatures: matrix(4, 1) }), {
    message: /userFeatures must have 5 rows/,
  });
});
