import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { VonMisesFisher } from "./von-mises-fisher.ts";

test("many equal rows have no maximum, whatever the sum's rounding", () => {
  const numeric = { code: "ERR_NUMERIC", message: /all vectors are equal/ };
  const equal = (row: Float64Array, rows: number) => {
    const x = matrix(rows, row.length);
    for (let i = 0; i < rows; i++) x.data.set(row, i * row.length);
    return x;
  };
  assert.throws(() => VonMisesFisher.fit(equal(Float64Array.of(0.48, 0.64, 0.6), 10_000)), numeric);
  for (const [p, seed] of [
    [7, 1],
    [7, 2],
    [2, 3],
    [300, 4],
  ] as const) {
    const row = new VonMisesFisher({ mean: new Float64Array(p).with(0, 1), kappa: 0 });
    const x = equal(row.sample(1, new Rng(seed)).data, 777);
    assert.throws(() => VonMisesFisher.fit(x), numeric);
    assert.throws(() => VonMisesFisher.fit(x, { correctBias: true }), numeric);
  }
});

test("one row a little aside is seen among ten thousand", () => {
  const x = matrix(10_000, 2);
  for (let i = 0; i < x.rows; i++) x.data.set([0.6, 0.8], 2 * i);
  const angle = 1e-9;
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  x.data.set([0.6 * cosine - 0.8 * sine, 0.8 * cosine + 0.6 * sine]);
  // 1 - Rbar = angle^2 / 2 / n (1 - 1/n), and kappa = 1/2 / (1 - Rbar) in two dimensions
  const kappa = 1e4 / angle ** 2 / (1 - 1e-4);
  assert.ok(Math.abs(VonMisesFisher.fit(x).kappa / kappa - 1) < 1e-6);
});

test("weights of any size: only their ratios count", () => {
  const x = new VonMisesFisher({ mean: Float64Array.of(0.6, 0, 0.8), kappa: 4 }).sample(
    30,
    new Rng(2),
  );
  const plain = VonMisesFisher.fit(x);
  for (const weight of [5e-324, 1e-310, 1e-160, 1e160, 1.7e308]) {
    const weights = new Float64Array(30).fill(weight);
    for (const correctBias of [false, true]) {
      const fitted = VonMisesFisher.fit(x, { weights, correctBias });
      const expected = correctBias ? VonMisesFisher.fit(x, { correctBias }) : plain;
      assert.ok(Math.abs(fitted.kappa / expected.kappa - 1) < 1e-13, `${weight}`);
    }
  }
  const weights = Float64Array.from({ length: 30 }, (_, i) => (i < 15 ? 1.7e308 : 0));
  const half = VonMisesFisher.fit(matrix(15, 3, x.data.slice(0, 45)));
  assert.ok(Math.abs(VonMisesFisher.fit(x, { weights }).kappa / half.kappa - 1) < 1e-13);
});

test("the standard error of a huge kappa: kappa sqrt(2 / (n (p-1)))", () => {
  for (const kappa of [1e100, 1e161, 1e162, 1e200, 1e300]) {
    for (const p of [2, 3, 50]) {
      const vmf = new VonMisesFisher({ mean: new Float64Array(p).with(0, 1), kappa });
      const expected = kappa * Math.sqrt(2 / (100 * (p - 1)));
      assert.ok(Math.abs(vmf.standardError(100) / expected - 1) < 1e-14, `${kappa} ${p}`);
    }
  }
});
