import assert from "node:assert/strict";
import { test } from "node:test";
import { agree, type Measurement } from "./measurement.ts";

test("measurements agree as far as their kind promises, and no further", () => {
  const exact = (value: number, n = 10): Measurement => ({ kind: "exact", value, n });
  const rounding = (value: number): Measurement => ({
    kind: "rounding",
    tolerance: 1e-3,
    value,
    n: 10,
  });
  const timing = (value: number): Measurement => ({ kind: "timing", value, n: 10 });
  assert.equal(agree(exact(1), exact(1)), true);
  assert.equal(agree(exact(1), exact(1 + 2 ** -52)), false);
  assert.equal(agree(exact(1), exact(1, 11)), false);
  assert.equal(agree(rounding(1), rounding(1.0009)), true);
  assert.equal(agree(rounding(1), rounding(1.0011)), false);
  assert.equal(agree(rounding(1000), rounding(1000.9)), true);
  assert.equal(agree(timing(1), timing(100)), true);
  assert.equal(agree(exact(1), timing(1)), false);
});
