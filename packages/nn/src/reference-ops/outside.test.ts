import assert from "node:assert/strict";
import { test } from "node:test";
import { array64, ops } from "./index.ts";

const { NaN: none, POSITIVE_INFINITY: infinity } = Number;
const list = (...data: number[]) => array64([data.length], data);
const values = (x: { data: Float64Array }) => Array.from(x.data);

test("NaN and infinities go where torch lets them go", () => {
  assert.deepEqual(values(ops.relu(list(none, -1, 2))), [none, 0, 2]);
  assert.deepEqual(
    values(ops.pow(list(1, 1, -1, -1, 2), list(none, infinity, infinity, -infinity, 3))),
    [1, 1, 1, 1, 8],
  );
  const masked = array64([2, 2], [-infinity, -infinity, infinity, 0]);
  assert.deepEqual(values(ops.logSumExp(masked, 1)), [-infinity, infinity]);
  assert.deepEqual(ops.logSumExp(masked, 1, true).shape, [2, 1]);
  assert.deepEqual(values(ops.argmax(list(1, none, 2, none), 0)), [1]);
  assert.deepEqual(values(ops.argmin(list(1, none, 0), 0)), [1]);
});

test("a variance divides by one less than the count, as torch's does", () => {
  assert.deepEqual(values(ops.variance(list(0, 1, 5))), [7]);
  assert.deepEqual(values(ops.variance(list(0, 1, 5), 0, false, 0)), [14 / 3]);
});

test("an antialiased cubic is Keys' with -1/2, widened", () => {
  const x = array64([1, 1, 4], [0, 0, 1, 0]);
  // torch's upsample of 4 to 2 with its antialias: taps at distances 0.25, 0.75, 1.25, .. times 2
  const cubic = (t: number) =>
    t <= 1 ? 1.5 * t ** 3 - 2.5 * t ** 2 + 1 : t < 2 ? -0.5 * t ** 3 + 2.5 * t ** 2 - 4 * t + 2 : 0;
  const y = ops.resize(x, [2], { mode: "cubic", antialias: true });
  for (const [i, centre] of [1, 3].entries()) {
    const weights = [0.5, 1.5, 2.5, 3.5].map((at) => cubic(Math.abs(at - centre) / 2));
    const expected = weights[2]! / weights.reduce((s, w) => s + w, 0);
    assert.ok(Math.abs(y.data[i]! - expected) < 1e-15);
  }
});

test("shapes that have no answer are refused", () => {
  const shape = { code: "ERR_SHAPE" };
  assert.throws(() => array64([-1]), shape);
  assert.throws(() => array64([1.5]), shape);
  assert.throws(() => ops.slice(list(1, 2), 0, 0, 2, 0), shape);
  assert.throws(() => ops.max(array64([0])), shape);
  assert.throws(() => ops.min(array64([2, 0]), 1), shape);
  assert.throws(() => ops.gridSample(array64([1, 1, 2, 2]), array64([2, 2, 2, 2])), shape);
  assert.throws(() => ops.layerNorm(array64([2, 2]), [1] as never), shape);
  const nearest = { mode: "nearest", antialias: true } as const;
  assert.throws(() => ops.resize(array64([1, 1, 4]), [2], nearest), shape);
});
