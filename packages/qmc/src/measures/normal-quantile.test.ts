import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { inverseNormalCdf } from "@daily-kernel/special";
import { normalQuantile } from "./normal-quantile.ts";
import { normalQuantiles } from "./normal-quantiles.ts";

/** Uniform numbers, and numbers crowded at both ends, down to the smallest. */
function probabilities(): Float64Array {
  const rng = new Rng(9);
  const all = rng.fillUniform(new Float64Array(60_000));
  for (let k = 20_000; k < 40_000; k++) all[k] = 10 ** (-320 * all[k]!);
  for (let k = 40_000; k < 60_000; k++) all[k] = 1 - 2 ** (-53 * all[k]!);
  all.set([0, 1, 0.5, 0.075, 0.925, 5e-324, 2 ** -1022, 2 ** -1074, 2 ** -53, 1 - 2 ** -53]);
  return all;
}

test("quantiles are those of the special functions, to rounding", () => {
  for (const p of probabilities()) {
    const [got, expected] = [normalQuantile(p), inverseNormalCdf(p)];
    if (Number.isFinite(expected)) {
      assert.ok(Math.abs(got - expected) <= 1e-15 * Math.abs(expected), `${p}: ${got}`);
    } else assert.equal(got, expected);
  }
});

test("many at a time have the bits of one at a time", () => {
  const all = probabilities();
  for (const length of [0, 1, 15, 16, 17, 2047, 2048, 2049, 60_000]) {
    const u = all.subarray(0, length);
    const out = normalQuantiles(u, new Float64Array(length));
    for (const [k, x] of out.entries()) assert.ok(Object.is(x, normalQuantile(u[k]!)), `${u[k]}`);
  }
  const inPlace = all.slice(100, 400);
  assert.equal(normalQuantiles(inPlace, inPlace), inPlace);
  assert.equal(inPlace[299], normalQuantile(all[399]!));
});
