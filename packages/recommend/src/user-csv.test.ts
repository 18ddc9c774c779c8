import assert from "node:assert/strict";
import { test } from "node:test";
import {
  binarise,
  evaluate,
  fitAlternating,
  fitBalanced,
  fitDoublyRobust,
  fitMatrixFactorization,
  naiveBayesPropensity,
  parseRatings,
  Rng,
  ratings,
} from "./index.ts";

const lines = Array.from(
  { length: 200 },
  (_, k) => `u${k % 20},i${(k * 7 + Math.floor(k / 20)) % 15},${1 + (((k % 3) + (k % 5)) % 5)}`,
);
const unique = lines.filter(
  (line, k) => lines.findIndex((l) => l.split(",", 2).join() === line.split(",", 2).join()) === k,
);
const chosen = parseRatings(["user,item,stars", ...unique].join("\n"));
const train = binarise(chosen, 3);
const short = () => ({ rng: new Rng(1), epochs: 2, batch: 16 });

test("a user's CSV: what is malformed is refused with its line and a code", () => {
  const cases: [string, RegExp, string][] = [
    ["", /holds no ratings/, "ERR_SHAPE"],
    ["user,item,stars", /holds no ratings/, "ERR_SHAPE"],
    ["a,b,1\na;c;2", /line 2 must have 3 fields/, "ERR_SHAPE"],
    ['a,b,1\na,"c,2', /line 2/, "ERR_SHAPE"],
    ["a,b,1\na,c,", /line 2: the rating/, "ERR_DOMAIN"],
    ["a,b,1\na,c,NaN", /line 2: the rating/, "ERR_DOMAIN"],
    ["a,b,1\na,c,1e999", /line 2: the rating/, "ERR_DOMAIN"],
    ["a,b,1\n ,c,2", /line 2: user and item/, "ERR_DOMAIN"],
    ["a,b,1\na,,2", /line 2: user and item/, "ERR_DOMAIN"],
    ["a,b,1\na,b,1", /more than once/, "ERR_DOMAIN"],
  ];
  for (const [text, message, code] of cases) {
    assert.throws(() => parseRatings(text), { message, code }, JSON.stringify(text));
  }
});

test("ids that the training did not have are refused by name of the function, not guessed", async () => {
  const shown = parseRatings("u1,i2,4\nstranger,i3,1\nu2,novelty,2", { like: chosen });
  assert.deepEqual([shown.users, shown.items], [chosen.users + 1, chosen.items + 1]);
  const model = await fitMatrixFactorization(train, short());
  assert.throws(() => model.predictCells(shown.user, shown.item), {
    message: /whole numbers below 20 and 15, got 20/,
    code: "ERR_DOMAIN",
  });
  assert.throws(() => naiveBayesPropensity(chosen, shown), { code: "ERR_DOMAIN" });
});

test("an empty test set, and one of one class, have no AUC: an error, never NaN", async () => {
  assert.throws(() => parseRatings("user,item,stars\n", { like: chosen }), { code: "ERR_SHAPE" });
  const { users, items } = chosen;
  const none = { users, items, user: [], item: [], rating: [] };
  assert.throws(() => ratings(none), { code: "ERR_SHAPE" });
  const empty = { ...train, user: new Int32Array(), item: new Int32Array() };
  assert.throws(() => evaluate({ ...empty, rating: new Float64Array() }, []), {
    code: "ERR_DOMAIN",
  });
  const model = await fitMatrixFactorization(train, short());
  for (const threshold of [-1, 100]) {
    const one = binarise(chosen, threshold);
    assert.throws(() => evaluate(one, model.predictCells(one.user, one.item)), {
      message: /positives and negatives/,
      code: "ERR_DOMAIN",
    });
  }
  assert.throws(() => evaluate(train, new Float64Array(train.rating.length).fill(Number.NaN)), {
    code: "ERR_DOMAIN",
  });
});

test("a training set of one class, or of one rating, gives chances", async () => {
  const { user, item, users, items } = train;
  const single = ratings({ users: 2, items: 2, user: [1], item: [0], rating: [1] });
  const liked = ratings({ users, items, user, item, rating: user.map(() => 1) });
  for (const table of [liked, single]) {
    const fits = [
      await fitMatrixFactorization(table, short()),
      (await fitDoublyRobust(table, short())).model,
      (await fitBalanced(table, short())).model,
      (await fitAlternating(table, short())).model,
      (await fitAlternating(table, { ...short(), mode: "reference-code" })).model,
    ];
    for (const fit of fits) {
      const { data } = fit.predictAll();
      assert.ok(data.every((p) => p > 0 && p < 1));
      assert.ok(Number.isFinite(fit.trainingLoss));
    }
  }
});
