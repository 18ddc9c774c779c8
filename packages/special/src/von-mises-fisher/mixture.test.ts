import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { VonMisesFisherMixture } from "./mixture.ts";
import { VonMisesFisher } from "./von-mises-fisher.ts";

const truth = new VonMisesFisherMixture({
  weights: Float64Array.of(0.2, 0.3, 0.5),
  components: [
    new VonMisesFisher({ mean: Float64Array.of(1, 0, 0, 0), kappa: 12 }),
    new VonMisesFisher({ mean: Float64Array.of(0, 0.6, 0.8, 0), kappa: 25 }),
    new VonMisesFisher({ mean: Float64Array.of(0, 0, -0.6, 0.8), kappa: 8 }),
  ],
});

for (const seed of [1, 7, 42]) {
  test(`EM finds three components, the likelihood never falling (seed ${seed})`, async () => {
    const { x, labels } = truth.sample(3000, new Rng(seed));
    const fitted = await VonMisesFisherMixture.fit(x, 3, { seed });
    assert.ok(fitted.converged);
    assert.ok(fitted.logLikelihoods.length > 2);
    fitted.logLikelihoods.forEach((value, i, all) => {
      if (i > 0) assert.ok(value >= all[i - 1]! - 1e-9 * Math.abs(value), `iteration ${i}`);
    });
    assert.ok(Math.abs(fitted.logLikelihood(x) - fitted.logLikelihoods.at(-1)!) < 1e-6);
    assert.ok(fitted.logLikelihood(x) > truth.logLikelihood(x));
    const order = truth.components.map(({ mean }) => {
      const cosines = fitted.components.map((c) => c.mean.reduce((s, v, j) => s + v * mean[j]!, 0));
      return cosines.indexOf(Math.max(...cosines));
    });
    order.forEach((found, j) => {
      const { kappa, mean } = truth.components[j]!;
      const component = fitted.components[found]!;
      const rows = 3000 * truth.weights[j]!;
      // overlap costs information, so six standard errors of a labelled fit
      const error = truth.components[j]!.standardError(rows);
      assert.ok(Math.abs(component.kappa - kappa) < 6 * error, `kappa ${component.kappa}`);
      assert.ok(Math.abs(fitted.weights[found]! - truth.weights[j]!) < 0.04);
      assert.ok(component.mean.reduce((s, v, i) => s + v * mean[i]!, 0) > 0.995);
    });
    const shares = fitted.responsibilities(x);
    let agree = 0;
    labels.forEach((label, i) => {
      const row = shares.data.subarray(i * 3, i * 3 + 3);
      assert.ok(Math.abs(row.reduce((sum, v) => sum + v, 0) - 1) < 1e-12);
      if (row.indexOf(Math.max(...row)) === order[label]) agree++;
    });
    assert.ok(agree > 0.93 * 3000, `${agree}`);
  });
}

test("BIC prefers the number of components that the data came from", async () => {
  const { x } = truth.sample(3000, new Rng(5));
  const bic: number[] = [];
  for (const k of [1, 2, 3, 4]) {
    bic.push((await VonMisesFisherMixture.fit(x, k, { seed: 2 })).bic(x));
  }
  assert.equal(bic.indexOf(Math.min(...bic)), 2);
});

test("one component is the plain fit", async () => {
  const { x } = truth.sample(400, new Rng(3));
  const one = await VonMisesFisherMixture.fit(x, 1, { seed: 1 });
  const plain = VonMisesFisher.fit(x);
  assert.ok(Math.abs(one.components[0]!.kappa / plain.kappa - 1) < 1e-12);
  const values = plain.logPdf(x);
  one.logPdf(x).forEach((value, i) => {
    assert.ok(Math.abs(value - values[i]!) < 1e-12);
  });
});

test("as many components as distinct rows: kappa stops at its bound, nothing is NaN", async () => {
  const x = matrix(4, 2, [1, 0, 0, 1, -1, 0, 0.6, 0.8]);
  const fitted = await VonMisesFisherMixture.fit(x, 4, { seed: 3, maxKappa: 1e5 });
  for (const { kappa } of fitted.components) assert.ok(kappa > 0 && kappa <= 1e5);
  assert.ok(fitted.logPdf(x).every(Number.isFinite));
  assert.ok(fitted.logPdf(matrix(1, 2, [0, -1])).every(Number.isFinite));
});

test("the same seed gives the same mixture, and a signal stops it", async () => {
  const { x } = truth.sample(500, new Rng(9));
  const [a, b] = [
    await VonMisesFisherMixture.fit(x, 3, { seed: 6 }),
    await VonMisesFisherMixture.fit(x, 3, { seed: 6 }),
  ];
  assert.deepEqual(a, b);
  const stop = new AbortController();
  const calls: number[] = [];
  const run = VonMisesFisherMixture.fit(x, 3, {
    seed: 6,
    tolerance: 0,
    signal: stop.signal,
    onProgress(done, total) {
      assert.equal(total, 200);
      calls.push(done);
      if (done === 2) stop.abort(new Error("enough"));
    },
  });
  await assert.rejects(run, /enough/);
  assert.deepEqual(calls, [1, 2]);
});

test("a component without weight is kept as it is", () => {
  const components = truth.components;
  const two = new VonMisesFisherMixture({ weights: Float64Array.of(0.5, 0.5, 0), components });
  const { x, labels } = two.sample(200, new Rng(1));
  assert.ok(labels.every((label) => label < 2));
  assert.ok(two.logPdf(x).every(Number.isFinite));
  const shares = two.responsibilities(x);
  for (let i = 0; i < 200; i++) assert.equal(shares.data[3 * i + 2], 0);
});

test("bad input is refused by name", async () => {
  const x = matrix(3, 2, [1, 0, 1, 0, 0, 1]);
  const { components } = truth;
  const domain = { name: "RangeError", code: "ERR_DOMAIN" };
  await assert.rejects(VonMisesFisherMixture.fit(x, 0, { seed: 1 }), domain);
  await assert.rejects(VonMisesFisherMixture.fit(x, 4, { seed: 1 }), domain);
  await assert.rejects(VonMisesFisherMixture.fit(x, 3, { seed: 1 }), /number of distinct rows/);
  await assert.rejects(VonMisesFisherMixture.fit(x, 1, { seed: -1 }), domain);
  await assert.rejects(VonMisesFisherMixture.fit(matrix(1, 2, [1, 1]), 1, { seed: 1 }), /row 0/);
  const weights = Float64Array.of(0.5, 0.4, 0);
  assert.throws(() => new VonMisesFisherMixture({ weights, components }), domain);
  const short = Float64Array.of(1);
  assert.throws(() => new VonMisesFisherMixture({ weights: short, components }), {
    code: "ERR_SHAPE",
  });
});
