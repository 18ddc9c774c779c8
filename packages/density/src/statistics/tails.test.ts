import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { hillEstimator, ksNormal } from "../index.ts";

test("Hill's estimator finds the index of Pareto variables, also beyond the range of doubles", () => {
  const rng = new Rng(1);
  for (const index of [0.001, 0.5, 2]) {
    const logs = rng.fillExponential(new Float64Array(20_000)).map((e) => e / index);
    assert.ok(Math.abs(hillEstimator(logs, 2000) / index - 1) < 4 / Math.sqrt(2000));
  }
});

test("Kolmogorov's distance: small for normal, known for two values, the same from logarithms", () => {
  const rng = new Rng(2);
  const normal = rng.fillNormal(new Float64Array(5000)).map((x) => 7 + 3 * x);
  assert.ok(ksNormal(normal) < 0.02);
  // -1 and 1 over sqrt(2): P(Z <= -0.7071) = 0.23975
  assert.ok(Math.abs(ksNormal([-1, 1]) - (0.5 - 0.23975)) < 1e-5);
  const lognormal = normal.map((x) => x / 3);
  const logged = ksNormal(lognormal, { logValues: true });
  assert.ok(Math.abs(logged - ksNormal(lognormal.map(Math.exp))) < 1e-12);
  assert.ok(logged > 0.2);
  assert.equal(
    ksNormal(
      lognormal.map((x) => x + 1e5),
      { logValues: true },
    ).toFixed(9),
    logged.toFixed(9),
  );
});

test("bad input is named", () => {
  assert.throws(() => hillEstimator([1, 2], 2), { code: "ERR_DOMAIN" });
  assert.throws(() => hillEstimator([1, 1, 1], 2), { code: "ERR_NUMERIC" });
  assert.throws(() => hillEstimator([1, Number.NaN], 1), { code: "ERR_DOMAIN" });
  assert.throws(() => ksNormal([3, 3]), { code: "ERR_NUMERIC" });
  assert.throws(() => ksNormal([3]), { code: "ERR_SHAPE" });
});
