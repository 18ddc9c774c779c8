import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import { matmul } from "./matmul.ts";
import { type Matrix, matrix, matrixF32, transpose } from "./matrix.ts";
import { maxAbs, minus } from "./reference/linear-algebra.ts";
import { matmulReference } from "./reference/matmul.ts";
import { randomMatrix } from "./reference/random-matrix.ts";
import { syrk } from "./syrk.ts";
import { ThreadPool } from "./thread-pool.ts";

const pool = await ThreadPool.create({ threads: 2 });
after(() => pool.dispose());
const size = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constantFrom(127, 129, 257, 300));

test("both Gram matrices agree with the definition and are exactly symmetric", () => {
  fc.assert(
    fc.property(size, size, fc.boolean(), (m, k, transposed) => {
      const a = randomMatrix(m, k, 1);
      const c = syrk(transposed ? transpose(a) : a, { transpose: transposed });
      assert.ok(maxAbs(minus(c, matmulReference(a, transpose(a)).product)) <= 1e-15 * (k + 1) ** 2);
      assert.deepEqual(transpose(c), c);
    }),
    { numRuns: 40 },
  );
});

test("single precision agrees with the product", () => {
  for (const [m, k] of [
    [0, 3],
    [5, 0],
    [1, 1],
    [37, 300],
    [301, 20],
  ] as const) {
    const a = matrixF32(m, k, Float32Array.from(randomMatrix(m, k, 2).data));
    const want = matmul(a, a, { transposeB: true });
    const got = syrk(a);
    assert.ok(got.data instanceof Float32Array);
    for (const [i, x] of want.data.entries()) assert.ok(Math.abs(got.data[i]! - x) <= 1e-5 * k);
    assert.deepEqual(transpose(got), got);
  }
});

test("a pool gives the same bits", async () => {
  const a = randomMatrix(270, 515, 3);
  assert.deepEqual(await syrk(a, { pool }), syrk(a));
  assert.deepEqual(await syrk(a, { pool, transpose: true }), syrk(a, { transpose: true }));
});

test("bad input is named", () => {
  assert.throws(() => syrk({ data: new Float64Array(3), rows: 2, cols: 2 }), {
    code: "ERR_SHAPE",
    message: "syrk: a is 2x2, so a.data must hold 4 numbers, got 3",
  });
  assert.throws(() => syrk(matrix(1, 1).data as unknown as Matrix), { code: "ERR_TYPE" });
});
