import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Matrix, matrix, matrixF32 } from "@daily-kernel/compute";
import { defaultDevice, init, numpy as np } from "@jax-js/jax";
import { fromJax, matrixFromJax, toJax } from "./jax.ts";
import { tensor } from "./tensor.ts";

before(async () => {
  await init("wasm");
  defaultDevice("wasm");
});

test("tensors and matrices go to jax and come back", async () => {
  const t = tensor([2, 1, 3], [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(await fromJax(toJax(t)), t);
  assert.deepEqual(toJax(t).js(), [[[1, 2, 3]], [[4, 5, 6]]]);
  const m = matrix(2, 2, [0.5, -1, 3, 4]);
  assert.deepEqual(await matrixFromJax(toJax(m)), m);
  assert.deepEqual(await matrixFromJax(toJax(matrixF32(2, 2, m.data))), m);
  assert.equal((await fromJax(toJax(matrix(1, 1, [0.1])))).data[0], Math.fround(0.1));
});

test("neither side shares memory with the other", async () => {
  const t = tensor([2], [1, 2]);
  const array = toJax(t);
  t.data[0] = 9;
  const first = await fromJax(array.ref);
  first.data[1] = 9;
  assert.deepEqual([...(await fromJax(array)).data], [1, 2]);
});

test("fromJax takes the array over", async () => {
  const array = toJax(tensor([1], [1]));
  await fromJax(array.ref);
  assert.equal(array.refCount, 1);
  await fromJax(array);
  assert.equal(array.refCount, 0);
});

test("what does not fit is refused", async () => {
  assert.throws(() => toJax(matrix(1, 2, [1, 1e39])), {
    code: "ERR_DOMAIN",
    message: /too large for float32, 1e\+39 at index 1/,
  });
  assert.throws(() => toJax({ data: [1], rows: 1, cols: 1 } as unknown as Matrix), {
    code: "ERR_TYPE",
  });
  assert.throws(() => toJax({ data: new Float32Array(3), shape: [2, 2] }), { code: "ERR_SHAPE" });
  await assert.rejects(fromJax(np.array([1, 2], { dtype: np.int32 })), {
    code: "ERR_TYPE",
    message: /must be float32, got int32/,
  });
  await assert.rejects(matrixFromJax(toJax(tensor([2]))), { code: "ERR_SHAPE" });
});
