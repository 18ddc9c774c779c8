import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { type Array64, array64, type Ops } from "@daily-kernel/nn/reference";
import { bounded, exactOps } from "./bounded.ts";
import { orders, roundingOps, worst } from "./fixture.ts";

const rng = new Rng(11);
const normal = (...shape: number[]): Array64 => {
  const out = array64(shape);
  return { data: out.data.map(() => Math.fround(rng.normal())), shape };
};

const x = normal(9, 40);
const w = normal(17, 40);
const image = normal(2, 4, 7, 6);
const filters = normal(5, 4, 3, 3);
const computations: Record<string, (ops: Ops) => Array64> = {
  matmul: (ops) => ops.linear(x, w),
  add: (ops) => ops.add(x, 0.3),
  gelu: (ops) => ops.gelu(x),
  mish: (ops) => ops.mish(x),
  softmax: (ops) => ops.softmax(x, 1),
  logSoftmax: (ops) => ops.logSoftmax(x, 0),
  layerNorm: (ops) => ops.layerNorm(x),
  l2Norm: (ops) => ops.l2Norm(x, 1),
  "linear, relu, linear, log sum exp": (ops) =>
    ops.logSumExp(ops.matmul(ops.relu(ops.linear(x, w)), w), 1),
  "convolution, clamp, group norm": (ops) =>
    ops.groupNorm(ops.conv(ops.clamp(image, -0.3, 0.7), filters, { padding: 1 }), 1),
  attention: (ops) => ops.scaledDotProductAttention(x, w, w),
  "bilinear resize": (ops) => ops.resize(image, [11, 9], { mode: "linear" }),
  adam: (ops) => ops.adamStep(x, ops.square(x), ops.mul(x, 0.1), ops.square(x), { count: 3 }).param,
};

for (const [name, compute] of Object.entries(computations)) {
  test(`bounded: ${name}: float32 stays inside in every order of adding, half precision does not`, () => {
    const expected = bounded((ops) => [compute(ops)]);
    const exact = compute(exactOps);
    assert.deepEqual(expected[0]?.value, exact.data);
    for (const order of orders) {
      const error = worst([compute(roundingOps(order))], expected);
      assert.ok(error < 0.5, `${order}: ${error}`);
    }
    const half = worst([compute(roundingOps("tree", Math.f16round))], expected);
    assert.ok(half > 2, `half precision: ${half}`);
    const middle = exact.data.reduce((s, v) => s + v, 0) / exact.data.length;
    const constant = { data: exact.data.map(() => middle), shape: exact.shape };
    assert.ok(worst([constant], expected) > 100);
  });
}

test("bounded: what only chooses or moves elements is exact, with float32 constants", () => {
  const [clamped] = bounded((ops) => [ops.clamp(x, -0.1, 0.1)]);
  assert.ok(clamped?.bound.every((b) => b === 0));
  assert.ok(clamped?.value.includes(Math.fround(0.1)));
  const [moved] = bounded((ops) => [ops.maxPool(ops.flip(image, [2]), 2)]);
  assert.ok(moved?.bound.every((b) => b === 0));
  const [index] = bounded((ops) => [ops.argmax(x, 1)]);
  assert.ok(index?.bound.every((b) => b === 0));
});

test("bounded: a masked score is minus infinity exactly", () => {
  const [masked] = bounded((ops) => [ops.tril(ops.matmul(x, ops.transpose(x)), 0, -Infinity)]);
  assert.equal(masked?.value[1], -Infinity);
  assert.equal(masked?.bound[1], 0);
  assert.ok((masked?.bound[0] as number) > 0);
});

test("bounded: every run adds the same errors, and none with another sign leaves the domain", () => {
  const compute = (ops: Ops) => [ops.sqrt(ops.variance(array64([2, 3], [1, 1, 1, 2, 2, 2]), 1))];
  const [first] = bounded(compute);
  assert.deepEqual(bounded(compute)[0], first);
  assert.deepEqual([...(first?.value ?? [])], [0, 0]);
  assert.ok(first?.bound.every((b) => b > 0 && b < 1e-2));
});

test("bounded: a computation that depends on the numbers is refused", () => {
  let calls = 0;
  assert.throws(() => bounded((ops) => [calls++ === 0 ? ops.exp(x) : ops.sigmoid(x)]), TypeError);
});
