import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Array64, array64, createOps, ops, type Primitives, primitives } from "./index.ts";

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const arrays = shapes.chain((shape) => {
  const size = shape.reduce((a, b) => a * b, 1);
  return fc
    .array(fc.integer({ min: -8, max: 8 }), { minLength: size, maxLength: size })
    .map((data) => array64(shape, data));
});
const values = (x: Array64) => [...x.data];

test("layout: permuting back, flipping twice, rolling round, cutting what was padded give x again", () => {
  fc.assert(
    fc.property(arrays, fc.integer({ min: -9, max: 9 }), fc.nat(), (x, shift, salt) => {
      const rank = x.shape.length;
      const order = x.shape.map((_, i) => (i + (salt % rank)) % rank);
      const back = order.map((_, i) => order.indexOf(i));
      assert.deepEqual(ops.permute(ops.permute(x, order), back), x);
      const axis = salt % rank;
      assert.deepEqual(ops.flip(ops.flip(x, [axis]), [axis]), x);
      assert.deepEqual(ops.roll(ops.roll(x, shift, axis), -shift, axis), x);
      const padded = ops.pad(x, [[2, 1]], 5);
      assert.deepEqual(ops.slice(padded, -1, 2, -1), x);
      assert.equal(ops.slice(padded, -1, 0, 1).data[0], 5);
      assert.deepEqual(ops.concat(ops.split(x, x.shape[axis] ?? 1, axis), axis), x);
    }),
  );
});

test("broadcasting: as repeating both to the common shape first", () => {
  const a = array64([3, 1, 2], [1, 2, 3, 4, 5, 6]);
  const b = array64([4, 1], [10, 20, 30, 40]);
  const sum = ops.add(a, b);
  assert.deepEqual(sum.shape, [3, 4, 2]);
  assert.deepEqual(sum, ops.add(ops.expand(a, [3, 4, 2]), ops.tile(b, [3, 1, 2])));
  assert.deepEqual(values(ops.sub(10, array64([2], [1, 2]))), [9, 8]);
  assert.throws(() => ops.add(a, array64([3])), { code: "ERR_SHAPE" });
});

test("reductions: axes in any order, ties to the first, kept axes of length one", () => {
  const x = array64([2, 2, 3], [3, 1, 3, 0, 5, 5, 2, 2, 2, 7, -1, 7]);
  assert.deepEqual(ops.sum(x, [2, 0]), array64([2], [13, 23]));
  assert.deepEqual(ops.max(x, 1, true).shape, [2, 1, 3]);
  assert.deepEqual(values(ops.argmax(x, 2)), [0, 1, 0, 0]);
  assert.deepEqual(values(ops.argmin(x, -1)), [1, 0, 0, 1]);
  assert.deepEqual(ops.mean(x), array64([], [3]));
  assert.deepEqual(values(ops.prod(x, [1, 2])), [0, -392]);
});

test("scans: exclusive, reverse, and both; the sum of a scan's last elements is the sum", () => {
  const x = array64([2, 3], [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(values(ops.cumsum(x, 1)), [1, 3, 6, 4, 9, 15]);
  assert.deepEqual(values(ops.cumsum(x, 1, { exclusive: true })), [0, 1, 3, 0, 4, 9]);
  assert.deepEqual(values(ops.cumsum(x, 0, { reverse: true })), [5, 7, 9, 4, 5, 6]);
  assert.deepEqual(
    values(ops.cumprod(x, 1, { exclusive: true, reverse: true })),
    [6, 3, 1, 30, 6, 1],
  );
});

test("a convolution and its transposed one are adjoint: <conv x, y> = <x, conv' y>", () => {
  const dot = (a: Array64, b: Array64) => a.data.reduce((s, v, i) => s + v * (b.data[i] ?? 0), 0);
  const options = fc.record({
    stride: fc.integer({ min: 1, max: 3 }),
    padding: fc.integer({ min: 0, max: 2 }),
    dilation: fc.integer({ min: 1, max: 2 }),
  });
  fc.assert(
    fc.property(options, fc.integer({ min: 0, max: 5 }), (window, extra) => {
      const size = 2 * window.dilation + 1 + extra;
      const wave = (seed: number, ...shape: number[]) => {
        const out = array64(shape);
        return { shape, data: out.data.map((_, i) => Math.sin(1.7 * i + seed)) };
      };
      const x = wave(1, 1, 4, size, size);
      const weight = wave(2, 6, 2, 3, 3);
      const y = ops.conv(x, weight, { ...window, groups: 2 });
      const other = { data: y.data.map((_, i) => Math.cos(2.1 * i)), shape: y.shape };
      const rest = (size + 2 * window.padding - 2 * window.dilation - 1) % window.stride;
      const legal = rest < window.stride || rest < window.dilation;
      assert.ok(legal);
      const back = ops.convTranspose(other, weight, { ...window, groups: 2, outputPadding: rest });
      assert.deepEqual(back.shape, x.shape);
      assert.ok(Math.abs(dot(y, other) - dot(x, back)) < 1e-9);
    }),
  );
});

test("indexing: updates go where the index says, the last one stays; outside is refused", () => {
  const x = array64([3, 2], [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(
    values(ops.indexSelect(x, 1, array64([3], [1, 1, -2]))),
    [1, 1, 0, 3, 3, 2, 5, 5, 4],
  );
  const index = array64([1, 3], [1, 0, 1]);
  const once = ops.scatter(array64([1, 3]), 1, index, array64([1, 3], [7, 8, 9]));
  assert.deepEqual(values(once), [8, 9, 0]);
  assert.deepEqual(
    values(ops.indexCopy(x, 0, array64([1], [2]), array64([1, 2], [8, 9]))),
    [0, 1, 2, 3, 8, 9],
  );
  assert.deepEqual(ops.embedding(array64([1, 2], [2, 0]), x), array64([1, 2, 2], [4, 5, 0, 1]));
  assert.deepEqual(values(ops.takeAlongAxis(x, array64([1, 2], [2, 1]), 0)), [4, 3]);
  assert.deepEqual(values(ops.maskedFill(x, ops.greater(x, 3), -1)), [0, 1, 2, 3, -1, -1]);
  assert.throws(() => ops.indexSelect(x, 0, array64([1], [3])), { code: "ERR_DOMAIN" });
  assert.throws(() => ops.gather(x, 0, array64([1], [0])), { code: "ERR_SHAPE" });
});

test("triangles, masks and limits", () => {
  const ones = array64([2, 3], [1, 1, 1, 1, 1, 1]);
  assert.deepEqual(values(ops.tril(ones)), [1, 0, 0, 1, 1, 0]);
  assert.deepEqual(values(ops.triu(ones, 1, 9)), [9, 1, 1, 9, 9, 1]);
  const softmax = ops.softmax(array64([1, 3], [-Infinity, 800, 800]), 1);
  assert.deepEqual(values(softmax), [0, 0.5, 0.5]);
  assert.deepEqual(values(ops.erf(array64([3], [0, 7, -7]))), [0, 1, -1]);
  // Abramowitz and Stegun, table 7.1.
  assert.ok(Math.abs((ops.erf(0.5).data[0] ?? 0) - 0.5204998778) < 1e-10);
});

test("one optimiser step each, by hand for one parameter", () => {
  const one = (x: number) => array64([1], [x]);
  const near = (x: Array64, y: number) => assert.ok(Math.abs((x.data[0] ?? 0) - y) < 1e-12);
  near(ops.sgdStep(one(1), one(2), one(3)).param, 1 - 0.01 * (2.7 + 2));
  near(ops.adagradStep(one(1), one(3), one(16)).param, 1 - (0.01 * 3) / (5 + 1e-10));
  near(ops.rmspropStep(one(1), one(2), one(4)).param, 1 - 0.002 / (2 + 1e-8));
  // The first step of Adam is the rate towards the sign of the gradient.
  near(ops.adamStep(one(1), one(-2), one(0), one(0)).param, 1 + 0.002 / (2 + 1e-8));
  const lamb = ops.lambStep(one(3), one(2), one(4)).param;
  near(lamb, 3 - (0.001 * 3 * (2 / (2 + 1e-6))) / (2 / (2 + 1e-6) + 1e-6));
});

test("createOps: composed operations call the given primitives and nothing else", () => {
  const called: string[] = [];
  const watched = Object.fromEntries(
    Object.entries(primitives).map(([name, op]) => [
      name,
      (...args: unknown[]) => {
        called.push(name);
        return (op as (...args: unknown[]) => unknown)(...args);
      },
    ]),
  ) as unknown as Primitives;
  const x = array64([2, 3], [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(createOps(watched).softmax(x, 1), ops.softmax(x, 1));
  assert.deepEqual(called, ["max", "sub", "exp", "sum", "div"]);
});

test("bad shapes are refused with what came", () => {
  const x = array64([1, 2, 4]);
  const bad = { code: "ERR_SHAPE" };
  assert.throws(() => array64([2, 2], [1]), bad);
  assert.throws(() => ops.conv(x, array64([1, 3, 2])), bad);
  assert.throws(() => ops.conv(x, array64([1, 2, 9])), bad);
  assert.throws(() => ops.convTranspose(x, array64([2, 1, 2]), { outputPadding: 1 }), bad);
  assert.throws(() => ops.reshape(x, [3, -1]), bad);
  assert.throws(() => ops.permute(x, [0, 0, 1]), bad);
  assert.throws(() => ops.softmax(x, 3), bad);
  assert.throws(() => ops.groupNorm(x, 3), bad);
  assert.throws(() => ops.resize(x, [2, 2], { mode: "nearest" }), bad);
});
