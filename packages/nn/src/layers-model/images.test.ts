import assert from "node:assert/strict";
import { test } from "node:test";
import { tensor } from "../tensor.ts";
import { averagePool2d } from "./pooling.ts";
import { resizeBilinear } from "./resize-bilinear.ts";

test("resizing keeps the corners and interpolates between", () => {
  const big = resizeBilinear(tensor([1, 2, 2, 1], [0, 1, 1, 0]), 3, 3);
  assert.deepEqual(big.shape, [1, 3, 3, 1]);
  assert.deepEqual([...big.data], [0, 0.5, 1, 0.5, 0.5, 0.5, 1, 0.5, 0]);
  const ramp = resizeBilinear(tensor([1, 2, 1, 2], [0, 10, 4, 20]), 5, 2);
  assert.deepEqual(
    [...ramp.data],
    [0, 10, 0, 10, 1, 12.5, 1, 12.5, 2, 15, 2, 15, 3, 17.5, 3, 17.5, 4, 20, 4, 20],
  );
  assert.deepEqual(
    [...resizeBilinear(tensor([2, 2, 2, 1], [1, 2, 3, 4, 5, 6, 7, 8]), 1, 1).data],
    [1, 5],
  );
});

test("cells are averaged channel by channel", () => {
  const x = tensor([1, 2, 4, 2], [1, 0, 3, 0, 5, 0, 7, 0, 1, 8, 3, 8, 5, 8, 7, 8]);
  const y = averagePool2d(x, 2);
  assert.deepEqual(y.shape, [1, 1, 2, 2]);
  assert.deepEqual([...y.data], [2, 4, 6, 4]);
  assert.deepEqual(averagePool2d(x, 1), x);
});

test("sizes that make no sense are refused", () => {
  const x = tensor([1, 2, 4, 2]);
  assert.throws(() => averagePool2d(x, 3), { code: "ERR_SHAPE", message: /got 3 for 2 x 4/ });
  assert.throws(() => averagePool2d(x, 0.5), { code: "ERR_DOMAIN" });
  assert.throws(() => averagePool2d(tensor([2, 4]), 2), { code: "ERR_SHAPE" });
  assert.throws(() => resizeBilinear(x, 0, 4), { code: "ERR_DOMAIN", message: /height/ });
  assert.throws(() => resizeBilinear(x, 4, Number.NaN), { code: "ERR_DOMAIN", message: /width/ });
  assert.throws(() => resizeBilinear(tensor([4]), 4, 4), { code: "ERR_SHAPE" });
});
