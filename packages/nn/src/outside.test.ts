import assert from "node:assert/strict";
import { test } from "node:test";
import { adam, averagePool2d, layersModel, resizeBilinear, tensor } from "./index.ts";

test("images with NaN or an infinity are refused, wherever it stands", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const images = tensor([1, 2, 2, 1], [0, 0, 0, value]);
    const told = { code: "ERR_DOMAIN", message: /must be finite, got .* at index 3/ };
    assert.throws(() => resizeBilinear(images, 1, 1), told);
    assert.throws(() => averagePool2d(images, 2), told);
  }
});

test("what is no model and no loss is refused by name", () => {
  const none = null as never;
  assert.throws(() => layersModel(none, { output: "x" }), { code: "ERR_TYPE", message: /model/ });
  const model = { topology: {}, tensors: new Map() } as never;
  assert.throws(() => layersModel(model, none), { code: "ERR_TYPE", message: /options/ });
  assert.throws(() => adam(3 as never), { code: "ERR_TYPE", message: /^adam: loss/ });
});
