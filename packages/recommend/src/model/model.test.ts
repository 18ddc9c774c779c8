import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { fitBalanced } from "../balance/fit-balanced.ts";
import { evaluate } from "../evaluation/evaluate.ts";
import { chosenRatings } from "../fixture.ts";
import { naiveBayesPropensity } from "../propensity/naive-bayes.ts";
import { ratings } from "../ratings/ratings.ts";
import { fitDoublyRobust } from "./doubly-robust.ts";
import { addGradient, scoreOf } from "./factors.ts";
import { fitMatrixFactorization } from "./fit.ts";
import type { MatrixFactorization } from "./matrix-factorization.ts";

const { observed, randomised, share } = chosenRatings(60, 50, new Rng(3));
const inverse = naiveBayesPropensity(observed, randomised).map((p) => 1 / p);
const options = () => ({ rng: new Rng(8), epochs: 60, batch: 32, decay: 2e-3 });
const meanOf = (model: MatrixFactorization) =>
  model.predictAll().data.reduce((a, v) => a + v, 0) / (60 * 50);
const aucOf = (model: MatrixFactorization) =>
  evaluate(randomised, model.predictCells(randomised.user, randomised.item)).auc;

test("the gradient is that of the score", () => {
  const layout = { users: 3, items: 2, rank: 2, biases: true };
  const theta = new Rng(1).fillNormal(new Float64Array(16));
  const gradient = new Float64Array(16);
  addGradient(gradient, theta, layout, 1, 0, 2);
  for (let k = 0; k < 16; k++) {
    const [up, down] = [theta.slice(), theta.slice()];
    up[k]! += 1e-5;
    down[k]! -= 1e-5;
    const slope = (scoreOf(up, layout, 1, 0) - scoreOf(down, layout, 1, 0)) / 2e-5;
    assert.ok(Math.abs(gradient[k]! - 2 * slope) < 1e-8);
  }
});

test("a table of rank one is recovered from a part of its cells by squared error", async () => {
  const cells = Array.from({ length: 400 }, (_, c) => c).filter((c) => c % 3 !== 0);
  const truth = (c: number) => 3 + Math.sin(Math.floor(c / 20)) * Math.cos(c % 20);
  const known = ratings({
    users: 20,
    items: 20,
    user: cells.map((c) => Math.floor(c / 20)),
    item: cells.map((c) => c % 20),
    rating: cells.map(truth),
  });
  const model = await fitMatrixFactorization(known, {
    rng: new Rng(2),
    loss: "squared",
    epochs: 400,
    batch: 32,
    rate: 0.02,
    decay: 1e-5,
  });
  let [found, constant] = [0, 0];
  for (let c = 0; c < 400; c += 3) {
    found += (model.predict(Math.floor(c / 20), c % 20) - truth(c)) ** 2;
    constant += (truth(c) - 3) ** 2;
  }
  assert.ok(found < 0.25 * constant, `${found} of ${constant}`);
});

test("what was chosen makes likes look too frequent; weights and imputation repair it", async () => {
  const plain = await fitMatrixFactorization(observed, options());
  const ips = await fitMatrixFactorization(observed, { ...options(), weights: inverse });
  const dr = await fitDoublyRobust(observed, { ...options(), weights: inverse });
  const error = (model: MatrixFactorization) => Math.abs(meanOf(model) - share);
  assert.ok(error(plain) > 0.1, String(error(plain)));
  assert.ok(error(ips) < error(plain) * 0.6, String(error(ips)));
  assert.ok(error(dr.model) < error(plain) * 0.6, String(error(dr.model)));
});

for (const estimator of ["ips", "dr"] as const) {
  for (const selection of ["random", "worst", "adaptive"] as const) {
    test(`balanced training learns: ${estimator}, ${selection}`, async () => {
      const fit = await fitBalanced(observed, {
        ...options(),
        estimator,
        selection,
        base: inverse,
      });
      assert.ok(aucOf(fit.model) > 0.7, String(aucOf(fit.model)));
      const mean = fit.weights.reduce((a, w) => a + w, 0) / fit.weights.length;
      assert.ok(Math.abs(mean - 1) < 1e-9);
    });
  }
}

test("the same seed gives the same model", async () => {
  const [a, b] = [await fitBalanced(observed, options()), await fitBalanced(observed, options())];
  assert.deepEqual(a.model.predictAll(), b.model.predictAll());
});

test("training ends when it is cancelled", async () => {
  const abort = new AbortController();
  const onProgress = (done: number) => {
    if (done === 3) abort.abort(new Error("enough"));
  };
  const run = { ...options(), signal: abort.signal, onProgress };
  await assert.rejects(fitMatrixFactorization(observed, run), { message: "enough" });
});

test("bad input is named", async () => {
  const stars = { ...observed, rating: observed.rating.map(() => 4) };
  await assert.rejects(fitMatrixFactorization(stars, options()), { message: /0 and 1.*got 4/ });
  await assert.rejects(fitMatrixFactorization(observed, { ...options(), rank: 0 }), {
    message: /options.rank/,
    code: "ERR_DOMAIN",
  });
  await assert.rejects(fitMatrixFactorization(observed, { ...options(), weights: [1] }), {
    code: "ERR_SHAPE",
  });
  const model = await fitMatrixFactorization(observed, { ...options(), epochs: 1 });
  assert.throws(() => model.predict(60, 0), { code: "ERR_DOMAIN" });
});
