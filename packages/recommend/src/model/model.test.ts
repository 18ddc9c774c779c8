import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng, wasm } from "@daily-kernel/compute";
import { fitBalanced } from "../balance/fit-balanced.ts";
import { sigmoid } from "../check.ts";
import { evaluate } from "../evaluation/evaluate.ts";
import { chosenRatings } from "../fixture.ts";
import * as kernels from "../kernels.generated.ts";
import { naiveBayesPropensity } from "../propensity/naive-bayes.ts";
import { ratings } from "../ratings/ratings.ts";
import { Adam } from "./adam.ts";
import { fitDoublyRobust } from "./doubly-robust.ts";
import { scoreOf } from "./factors.ts";
import { fitMatrixFactorization } from "./fit.ts";
import type { MatrixFactorization } from "./matrix-factorization.ts";
import { Cells, column, withMemory } from "./memory.ts";
import { Trainer } from "./trainer.ts";
import { settingsOf } from "./training-options.ts";

const { observed, randomised, share } = chosenRatings(60, 50, new Rng(3));
const inverse = naiveBayesPropensity(observed, randomised).map((p) => 1 / p);
const options = () => ({ rng: new Rng(8), epochs: 60, batch: 32, decay: 2e-3 });
const meanOf = (model: MatrixFactorization) =>
  model.predictAll().data.reduce((a, v) => a + v, 0) / (60 * 50);
const aucOf = (model: MatrixFactorization) =>
  evaluate(randomised, model.predictCells(randomised.user, randomised.item)).auc;

for (const [rank, biases] of [
  [2, true],
  [3, false],
  [5, true],
] as const) {
  test(`kernels: the scores, and their gradient, rank ${rank}, biases ${biases}`, async () => {
    const layout = { users: 3, items: 2, rank, biases };
    const tiny = ratings({
      users: 3,
      items: 2,
      user: [1, 1, 2],
      item: [0, 1, 1],
      rating: [0, 1, 1],
    });
    const settings = settingsOf("test", { rng: new Rng(1), rank, biases });
    await withMemory(async (arena) => {
      const trainer = new Trainer(arena, tiny, settings);
      const theta = trainer.theta.values;
      new Rng(4).fillNormal(theta);
      const cells = new Cells(arena, 3);
      cells.gather(tiny, Uint32Array.of(0, 1, 2));
      const [scores, slope] = [column(arena, 3), column(arena, 3)];
      slope.values.set([2, -1, 0.5]);
      trainer.score(cells, scores);
      const weighted = (at: Float64Array) =>
        [2, -1, 0.5].reduce(
          (sum, w, c) => sum + w * scoreOf(at, layout, tiny.user[c]!, tiny.item[c]!),
          0,
        );
      for (let c = 0; c < 3; c++) {
        const expected = scoreOf(theta, layout, tiny.user[c]!, tiny.item[c]!);
        assert.ok(Math.abs(scores.values[c]! - expected) < 1e-14);
      }
      trainer.push(cells, slope);
      for (let k = 0; k < theta.length; k++) {
        const [up, down] = [theta.slice(), theta.slice()];
        up[k]! += 1e-5;
        down[k]! -= 1e-5;
        const expected = (weighted(up) - weighted(down)) / 2e-5;
        assert.ok(Math.abs(trainer.adam.gradient.values[k]! - expected) < 1e-8);
      }
    });
  });
}

test("kernels: three steps of Adam are those of its equations, sigmoids to the last digits", async () => {
  await withMemory(async (arena) => {
    const theta = column(arena, 5);
    theta.values.set([1, -2, 0.5, 0, 3]);
    const adam = new Adam(arena, theta, 0.1, 0.01);
    const [x, m, v] = [Array.from(theta.values), [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]];
    for (let t = 1; t <= 3; t++) {
      for (let k = 0; k < 5; k++) {
        const slope = Math.sin(k + t);
        adam.gradient.values[k] = slope;
        const g = slope + 0.01 * x[k]!;
        m[k] = 0.9 * m[k]! + 0.1 * g;
        v[k] = 0.999 * v[k]! + 0.001 * g * g;
        const [first, second] = [m[k]! / (1 - 0.9 ** t), v[k]! / (1 - 0.999 ** t)];
        x[k]! -= (0.1 * first) / (Math.sqrt(second) + 1e-8);
      }
      adam.step();
      for (let k = 0; k < 5; k++) assert.ok(Math.abs(theta.values[k]! - x[k]!) < 1e-13);
      assert.ok(adam.gradient.values.every((g) => g === 0));
    }
    const given = [-800, -40, -1, 0, 1, 36, 800];
    const [scores, out] = [column(arena, 7), column(arena, 7)];
    scores.values.set(given);
    wasm(kernels).exports.sigmoids!(scores.at, out.at, 7);
    for (const [k, s] of given.entries()) {
      const expected = sigmoid(s);
      assert.ok(Math.abs(out.values[k]! - expected) <= 1e-15 * expected + 1e-300, `${s}`);
    }
  });
});

test("memory is given back when a training ends, and when it fails", async () => {
  const { heap } = wasm(kernels);
  const before = heap.used;
  await fitMatrixFactorization(observed, { ...options(), epochs: 2 });
  const fail = () => {
    throw new Error("enough");
  };
  await assert.rejects(fitMatrixFactorization(observed, { ...options(), onProgress: fail }));
  assert.equal(heap.used, before);
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
