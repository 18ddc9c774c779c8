import assert from "node:assert/strict";
import { test } from "node:test";
import { tensorsOf, tfjsModel, weightBytes } from "./tfjs-model.ts";

const modelJson = tfjsModel({
  modelTopology: {},
  weightsManifest: [
    {
      paths: ["shard1"],
      weights: [
        {
          name: "kernel",
          shape: [2, 2],
          dtype: "float32",
          quantization: { min: -1, scale: 0.1, dtype: "uint8" },
        },
        { name: "bias", shape: [1], dtype: "float32" },
      ],
    },
  ],
});

test("bytes are dequantised, floats are read, at any byte offset", () => {
  // Two bytes in front, so that the floats are not aligned.
  const weights = Uint8Array.of(9, 9, 0, 10, 20, 255, 0, 0, 0x80, 0x3f).subarray(2);
  assert.equal(weightBytes(modelJson), weights.length);
  const tensors = tensorsOf({ modelJson, weights });
  assert.deepEqual(tensors.get("kernel"), {
    shape: [2, 2],
    data: Float32Array.of(-1, -1 + 0.1 * 10, -1 + 0.1 * 20, -1 + 0.1 * 255),
  });
  assert.deepEqual(tensors.get("bias"), { shape: [1], data: Float32Array.of(1) });
});

test("what is no model is refused", () => {
  assert.throws(() => tfjsModel(null), { code: "ERR_DATA" });
  assert.throws(() => tfjsModel({ modelTopology: {}, weightsManifest: [] }), { code: "ERR_DATA" });
  const weights = [{ name: "ids", shape: [1], dtype: "int32" }];
  assert.throws(() => tfjsModel({ modelTopology: {}, weightsManifest: [{ paths: [], weights }] }), {
    code: "ERR_DATA",
    message: /ids is stored neither/,
  });
  // @ts-expect-error: nothing is not a model
  assert.throws(() => tensorsOf(null), {
    code: "ERR_TYPE",
    message: "tensorsOf: model must be a TfjsModel, got null",
  });
});
