import assert from "node:assert/strict";
import { test } from "node:test";
import { drLoss, effectiveSampleSize, ipsLoss, naiveLoss, snipsLoss } from "./losses.ts";

const errors = [0.2, 1, 0.5, 0.9];
const chances = [0.9, 0.2, 0.5, 0.3];
const ideal = naiveLoss(errors);

/** The mean of an estimator over every pattern of observation, each with its probability. */
function expectation(estimate: (seen: number[]) => number): number {
  let sum = 0;
  for (let pattern = 0; pattern < 16; pattern++) {
    const seen = chances.map((_, c) => c).filter((c) => pattern & (1 << c));
    const probability = chances.reduce((p, q, c) => p * (pattern & (1 << c) ? q : 1 - q), 1);
    if (seen.length > 0) sum += probability * estimate(seen);
    else sum += probability * estimate([]);
  }
  return sum;
}
const at = (values: number[], seen: number[]) => seen.map((c) => values[c]!);
const inverse = (p: number[]) => p.map((v) => 1 / v);

test("inverse propensity is unbiased with the true chances, the naive mean is not", () => {
  const ips = expectation((seen) =>
    seen.length ? ipsLoss(at(errors, seen), at(inverse(chances), seen), 4) : 0,
  );
  assert.ok(Math.abs(ips - ideal) < 1e-12);
  const naive = expectation((seen) => (seen.length ? naiveLoss(at(errors, seen)) : ideal));
  assert.ok(Math.abs(naive - ideal) > 0.05);
});

test("doubly robust: unbiased if the chances are right, or if the imputed errors are", () => {
  const dr = (imputed: number[], weights: number[]) =>
    expectation((seen) => {
      const mean = naiveLoss(imputed);
      if (seen.length === 0) return mean;
      return drLoss(at(errors, seen), at(weights, seen), at(imputed, seen), mean, 4);
    });
  const wrong = [1, 0, 2, 0.1];
  assert.ok(Math.abs(dr(wrong, inverse(chances)) - ideal) < 1e-12);
  assert.ok(Math.abs(dr(errors, [1, 7, 3, 2]) - ideal) < 1e-12);
  assert.ok(Math.abs(dr(wrong, [1, 7, 3, 2]) - ideal) > 0.05);
});

test("self-normalised: a weighted mean that the scale of the weights leaves alone", () => {
  assert.ok(Math.abs(snipsLoss([1, 3], [1, 3]) - 2.5) < 1e-12);
  assert.equal(snipsLoss([1, 3], [10, 30]), snipsLoss([1, 3], [1, 3]));
});

test("the effective sample size", () => {
  assert.equal(effectiveSampleSize([2, 2, 2]), 3);
  assert.equal(effectiveSampleSize([1, 0, 0]), 1);
});

test("bad input is named", () => {
  assert.throws(() => naiveLoss([]), { code: "ERR_DOMAIN" });
  assert.throws(() => ipsLoss([1], [-1], 4), { message: /weights\[0\]/, code: "ERR_DOMAIN" });
  assert.throws(() => snipsLoss([1], [0]), { code: "ERR_DOMAIN" });
  assert.throws(() => drLoss([1], [1], [], 0, 4), { code: "ERR_SHAPE" });
});
