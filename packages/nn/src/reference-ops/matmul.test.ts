import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { array64, ops } from "./index.ts";

const numbers = (n: number) =>
  fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n, maxLength: n });

test("matmul: known product of a row of matrices with one matrix", () => {
  const a = array64([2, 1, 2], [1, 2, 3, 4]);
  const b = array64([2, 3], [1, 0, 2, 0, 1, 3]);
  const c = ops.matmul(a, b);
  assert.deepEqual(c.shape, [2, 1, 3]);
  assert.deepEqual([...c.data], [1, 2, 8, 3, 4, 18]);
});

test("matmul: every element is the sum of its products, for sizes beside the blocks of four", () => {
  const sizes = fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 1, max: 9 })));
  const drawn = sizes.chain((s) => {
    const [m, k, n] = s as [number, number, number];
    return fc.tuple(fc.constant([m, k, n] as const), numbers(m * k), numbers(k * n));
  });
  fc.assert(
    fc.property(drawn, ([[m, k, n], a, b]) => {
      const c = ops.matmul(array64([m, k], a), array64([k, n], b));
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let sum = 0;
          for (let p = 0; p < k; p++) sum += (a[i * k + p] ?? 0) * (b[p * n + j] ?? 0);
          assert.equal(c.data[i * n + j], sum);
        }
      }
    }),
  );
});

test("matmul: arrays of one axis are a row or a column; batches broadcast; sizes must fit", () => {
  const x = array64([2], [1, 2]);
  const w = array64([3, 2], [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(ops.matmul(w, x), array64([3], [5, 11, 17]));
  assert.deepEqual(ops.matmul(x, ops.transpose(w)), array64([3], [5, 11, 17]));
  assert.deepEqual(ops.linear(x, w, array64([3], [1, 1, 1])), array64([3], [6, 12, 18]));
  const batch = ops.matmul(
    array64([2, 1, 1, 2], [1, 2, 3, 4]),
    array64([1, 2, 2, 1], [1, 1, 2, 2]),
  );
  assert.deepEqual(batch, array64([2, 2, 1, 1], [3, 6, 7, 14]));
  assert.throws(() => ops.matmul(w, array64([3, 1])), { code: "ERR_SHAPE" });
});
