import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { GaussianKernel } from "@daily-kernel/kernels";
import { evaluate } from "../evaluation/evaluate.ts";
import { chosenRatings } from "../fixture.ts";
import { fitMatrixFactorization } from "../model/fit.ts";
import { JointTrainer } from "../model/joint-trainer.ts";
import { Batch, Cells, column, Deck, withMemory } from "../model/memory.ts";
import { InAll, InARow } from "../model/train-epochs.ts";
import { settingsOf } from "../model/training-options.ts";
import { naiveBayesPropensity } from "../propensity/naive-bayes.ts";
import { ratings } from "../ratings/ratings.ts";
import type { AlternatingOptions } from "./alternating-options.ts";
import { fitAlternating } from "./fit-alternating.ts";
import { fitBalanced } from "./fit-balanced.ts";
import { ReleasedFeatures } from "./released-functions.ts";
import { imbalanceSigns, WeightModel } from "./weight-model.ts";

const { observed, randomised } = chosenRatings(60, 50, new Rng(3));
const base = naiveBayesPropensity(observed, randomised).map((p) => 1 / p);
const options = (more: Omit<AlternatingOptions, "rng"> = {}): AlternatingOptions => ({
  rng: new Rng(8),
  epochs: 40,
  batch: 32,
  decay: 2e-3,
  base,
  ...more,
});
const aucOf = async (more: Omit<AlternatingOptions, "rng">) => {
  const { model } = await fitAlternating(observed, options(more));
  return evaluate(randomised, model.predictCells(randomised.user, randomised.item)).auc;
};

for (const mode of ["paper", "reference-code"] as const) {
  for (const estimator of ["ips", "dr"] as const) {
    for (const selection of ["random", "worst", "adaptive"] as const) {
      test(`alternating training learns: ${mode}, ${estimator}, ${selection}`, async () => {
        const auc = await aucOf({ mode, estimator, selection });
        assert.ok(auc > 0.7, String(auc));
      });
    }
  }
}

/** The weights of a table of one user after many steps with one constant function of mean 1. */
async function constantWeights(penalty: number): Promise<Float64Array> {
  const n = 8;
  const one = ratings({
    users: 1,
    items: n,
    user: new Float64Array(n),
    item: Float64Array.from({ length: n }, (_, k) => k),
    rating: new Float64Array(n).fill(1),
  });
  const settings = settingsOf("test", { rng: new Rng(1), batch: n });
  return withMemory(async (arena) => {
    const weight = { rate: 0.01, decay: 0, slack: 0.01, penalty, summed: false };
    const model = new WeightModel(
      ...([arena, one, new Float64Array(n).fill(2), settings, weight, new Rng(2)] as const),
    );
    const batch = new Batch(arena, n);
    const part = Uint32Array.from({ length: n }, (_, k) => k);
    const functions = { values: new Float64Array(n).fill(1), targets: Float64Array.of(1) };
    for (let step = 0; step < 3000; step++) {
      batch.fill(one, part, new Float64Array(n));
      model.step(batch, part, functions);
    }
    return model.all();
  });
}

test("a step of the weights: entropy alone ends at 1/e, a weak price at e^(gamma-1), a strong one within the slack", async () => {
  for (const [penalty, expected] of [
    [0, Math.exp(-1)],
    [0.5, Math.exp(-0.5)],
    [3, 0.99],
  ] as const) {
    for (const w of await constantWeights(penalty)) {
      assert.ok(Math.abs(w - expected) < 0.02, `${penalty}: ${w}`);
    }
  }
});

test("modes apart: imbalances of opposite signs cancel in the released code, not in the paper", () => {
  const weights = Float64Array.of(1, 1);
  const values = Float64Array.of(1, 0, 1, 0);
  const targets = Float64Array.of(0.5, 0.5);
  assert.deepEqual([...imbalanceSigns(weights, values, targets, 0.01, false)], [1, -1]);
  assert.deepEqual([...imbalanceSigns(weights, values, targets, 0.01, true)], [0, 0]);
  const more = Float64Array.of(0.2, 0.5);
  assert.deepEqual([...imbalanceSigns(weights, values, more, 0.01, true)], [1, 1]);
});

test("modes apart: the released code shifts features by min / (max - min)", async () => {
  const features = { userFeatures: matrix(2, 1, [2, 6]), itemFeatures: matrix(1, 1, [4]) };
  await withMemory(async (arena) => {
    const cells = new Cells(arena, 2);
    cells.user.set([0, 1]);
    cells.item.set([0, 0]);
    cells.size = 2;
    const out = column(arena, 4);
    new ReleasedFeatures(arena, features).of(cells, out);
    // less 2 / (6 - 2), over 2 features
    assert.deepEqual([...out.values], [0.75, 1.75, 2.75, 1.75]);
  });
});

for (const selection of ["random", "adaptive", "worst"] as const) {
  test(`the released code's kernel is exp(-0.1 |x - z|^2): ${selection}`, async () => {
    // an odd batch, and three features
    const features = {
      userFeatures: matrix(60, 2, new Rng(1).fillNormal(new Float64Array(120))),
      itemFeatures: matrix(50, 1, new Rng(2).fillNormal(new Float64Array(50))),
    };
    const kernel = new GaussianKernel({ dimension: 3, lengthscales: Math.sqrt(5) });
    const run = (more: object) =>
      fitAlternating(
        observed,
        options({ mode: "reference-code", selection, features, epochs: 2, batch: 33, ...more }),
      );
    const [ours, given] = [await run({}), await run({ kernel })];
    for (const [k, p] of ours.model.predictAll().data.entries()) {
      assert.ok(Math.abs(p - given.model.predictAll().data[k]!) < 1e-7);
    }
  });
}

test("a deck deals every cell once before any comes again", async () => {
  await withMemory(async (arena) => {
    const cells = new Cells(arena, 4);
    const deck = new Deck({ ...observed, users: 4, items: 3 }, new Rng(1));
    const first = new Set<number>();
    for (let k = 0; k < 3; k++) {
      deck.deal(cells, 4);
      for (let c = 0; c < 4; c++) first.add(cells.user[c]! * 3 + cells.item[c]!);
    }
    assert.equal(first.size, 12);
  });
});

test("modes apart: without weights the paper's correction is nothing, the released code's is not", async () => {
  const settings = settingsOf("test", { rng: new Rng(1) });
  await withMemory(async (arena) => {
    const loss = (unweighted: boolean) => {
      const joint = new JointTrainer(arena, observed, { ...settings, rng: new Rng(1) }, 1);
      const batch = new Batch(arena, 20);
      const part = Uint32Array.from({ length: 20 }, (_, k) => k);
      batch.fill(observed, part, new Float64Array(observed.rating.length));
      const cells = new Cells(arena, 20);
      cells.gather(observed, part);
      return joint.predictionStep(batch, cells, unweighted).loss;
    };
    assert.ok(loss(false) > 0.1);
    // the cells are those of the ratings, so that the parts without weights are equal
    assert.ok(Math.abs(loss(true)) < 1e-12);
  });
});

test("modes apart: patience in a row, and in all", () => {
  const losses = [9, 8, 8, 7, 7, 6, 6, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1];
  const ends = (patience: { spent(loss: number): boolean }) =>
    losses.findIndex((loss) => patience.spent(loss));
  assert.equal(ends(new InARow(1e-5)), -1);
  assert.equal(ends(new InAll(1e-5)), 14);
});

test("the modes give different models, and the same seed the same", async () => {
  const run = async (mode: "paper" | "reference-code") =>
    (await fitAlternating(observed, options({ mode, epochs: 3 }))).model.predictAll();
  assert.deepEqual(await run("paper"), await run("paper"));
  assert.deepEqual(await run("reference-code"), await run("reference-code"));
  assert.notDeepEqual(await run("paper"), await run("reference-code"));
});

test("all methods of a seed start from the same factors", async () => {
  const still = () => options({ rate: 1e-300, epochs: 1, initial: "uniform", biases: false });
  const plain = (await fitMatrixFactorization(observed, still())).predictAll();
  const features = {
    userFeatures: matrix(60, 1, new Rng(1).fillNormal(new Float64Array(60))),
    itemFeatures: matrix(50, 1, new Rng(2).fillNormal(new Float64Array(50))),
  };
  for (const mode of ["paper", "reference-code"] as const) {
    for (const estimator of ["ips", "dr"] as const) {
      const run = { ...still(), mode, estimator, features };
      assert.deepEqual((await fitAlternating(observed, run)).model.predictAll(), plain);
    }
  }
  const solved = await fitBalanced(observed, { ...still(), features });
  assert.deepEqual(solved.model.predictAll(), plain);
});

test("bad input is named", async () => {
  const bad = (more: object) => () => fitAlternating(observed, { ...options(), ...more });
  await assert.rejects(bad({ mode: "code" }), { message: /options.mode/, code: "ERR_DOMAIN" });
  await assert.rejects(bad({ slack: -1 }), { message: /options.slack/, code: "ERR_DOMAIN" });
  await assert.rejects(bad({ penalty: Number.NaN }), { message: /options.penalty/ });
  await assert.rejects(bad({ base: [1] }), { code: "ERR_SHAPE" });
  await assert.rejects(bad({ base: base.map(() => 0) }), { message: /base\[0\]/ });
  await assert.rejects(bad({ functions: 0 }), { code: "ERR_DOMAIN" });
});
