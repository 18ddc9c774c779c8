import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { atLeast, atMost, between, decide, describeCriterion } from "./criterion.ts";
import type { Measurement } from "./measurement.ts";

const exact = (value: number, interval?: [number, number], n = 1): Measurement =>
  interval ? { kind: "exact", value, n, interval } : { kind: "exact", value, n };

test("a bare value is on one side of a bound, the bound itself included", () => {
  assert.equal(decide(atMost(2), exact(2)), "holds");
  assert.equal(decide(atMost(2), exact(2.0001)), "fails");
  assert.equal(decide(atLeast(2), exact(2)), "holds");
  assert.equal(decide(atLeast(2), exact(1.9999)), "fails");
  assert.equal(decide(between(1, 2), exact(0.9)), "fails");
  assert.equal(decide(between(1, 2), exact(2.1)), "fails");
});

test("an interval that straddles a bound decides nothing", () => {
  assert.equal(decide(atMost(2), exact(1, [0.5, 1.9])), "holds");
  assert.equal(decide(atMost(2), exact(1.9, [1.7, 2.1])), "inconclusive");
  assert.equal(decide(atMost(2), exact(3, [2.1, 4])), "fails");
  assert.equal(decide(between(1, 2), exact(1.5, [0, 3])), "inconclusive");
});

test("a sample that is too small decides nothing", () => {
  assert.equal(decide(atMost(2, 100), exact(1, undefined, 99)), "inconclusive");
  assert.equal(decide(atMost(2, 100), exact(1, undefined, 100)), "holds");
});

test("widening an interval never turns one verdict into its opposite", () => {
  const number = fc.double({ min: -10, max: 10, noNaN: true });
  fc.assert(
    fc.property(number, number, number, number, number, (bound, value, a, b, c) => {
      const [narrow, wide] = [Math.abs(a), Math.abs(a) + Math.abs(b) + Math.abs(c)];
      const small = decide(atMost(bound), exact(value, [value - narrow, value + narrow]));
      const large = decide(atMost(bound), exact(value, [value - wide, value + wide]));
      assert.ok(large === small || large === "inconclusive");
    }),
  );
});

test("a criterion reads as a person would write it", () => {
  assert.equal(describeCriterion(atMost(5e-14)), "≤ 5e-14");
  assert.equal(describeCriterion(atLeast(0.66, 1000)), "≥ 0.66 (n ≥ 1000)");
  assert.equal(describeCriterion(between(0.9, 1.1)), "0.9 to 1.1");
  assert.equal(describeCriterion(between(0, 0)), "= 0");
});
