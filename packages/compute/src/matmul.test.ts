import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import { matmul } from "./matmul.ts";
import { type Matrix, matrix, matrixF32, transpose } from "./matrix.ts";
import { matmulReference } from "./reference/matmul.ts";
import { randomMatrix } from "./reference/random-matrix.ts";
import { ThreadPool } from "./thread-pool.ts";

const pool = await ThreadPool.create({ threads: 2 });
after(() => pool.dispose());

// 0, 1, tile sizes and their neighbours; 256 is the depth of a block.
const size = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.constantFrom(63, 64, 65, 127, 129, 255, 256, 257, 300),
);

function assertClose(got: Matrix, a: Matrix, b: Matrix, epsilon: number): void {
  const { product, scale } = matmulReference(a, b);
  assert.deepEqual([got.rows, got.cols], [product.rows, product.cols]);
  for (const [i, want] of product.data.entries()) {
    const bound = (a.cols + 1) * epsilon * scale.data[i]!;
    assert.ok(Math.abs(got.data[i]! - want) <= bound, `element ${i}: ${got.data[i]} for ${want}`);
  }
}

test("f64 agrees with the definition on all shapes and transposes", () => {
  fc.assert(
    fc.property(size, size, size, fc.boolean(), fc.boolean(), (m, n, k, transposeA, transposeB) => {
      const a = randomMatrix(m, k, 1);
      const b = randomMatrix(k, n, 2);
      const options = { transposeA, transposeB };
      const got = matmul(transposeA ? transpose(a) : a, transposeB ? transpose(b) : b, options);
      assertClose(got, a, b, 2 ** -53);
    }),
    { numRuns: 60 },
  );
});

test("f32 agrees with the definition on all shapes and transposes", () => {
  fc.assert(
    fc.property(size, size, size, fc.boolean(), fc.boolean(), (m, n, k, transposeA, transposeB) => {
      const a = matrixF32(m, k, Float32Array.from(randomMatrix(m, k, 3).data));
      const b = matrixF32(k, n, Float32Array.from(randomMatrix(k, n, 4).data));
      const options = { transposeA, transposeB };
      const got = matmul(transposeA ? transpose(a) : a, transposeB ? transpose(b) : b, options);
      assert.ok(got.data instanceof Float32Array);
      const wide = (x: { rows: number; cols: number; data: Float32Array }) =>
        matrix(x.rows, x.cols, Float64Array.from(x.data));
      assertClose(wide(got), wide(a), wide(b), 2 ** -24);
    }),
    { numRuns: 60 },
  );
});

test("a pool gives the same bits as one thread", async () => {
  const a = randomMatrix(301, 517, 5);
  const b = randomMatrix(517, 263, 6);
  assert.deepEqual(await matmul(a, b, { pool }), matmul(a, b));
  const options = { transposeA: true };
  const c = matrixF32(301, 517, Float32Array.from(a.data));
  assert.deepEqual(await matmul(c, c, { ...options, pool }), matmul(c, c, options));
});

test("NaN and infinities propagate and stay in their rows and columns", () => {
  const a = matrix(
    5,
    5,
    Array.from({ length: 25 }, () => 1),
  );
  const b = matrix(
    5,
    5,
    Array.from({ length: 25 }, () => 1),
  );
  a.data[2 * 5 + 1] = Number.NaN;
  b.data[4] = Number.POSITIVE_INFINITY;
  const c = matmul(a, b);
  for (let i = 0; i < 5; i++) {
    for (let j = 0; j < 5; j++) {
      const want = i === 2 ? Number.NaN : j === 4 ? Number.POSITIVE_INFINITY : 5;
      assert.equal(c.data[i * 5 + j], want);
    }
  }
});

test("a product over no terms is zero", () => {
  assert.deepEqual(matmul(matrix(2, 0), matrix(0, 3)), matrix(2, 3));
});

test("the result is the caller's own: ordinary memory, inputs untouched", () => {
  const a = randomMatrix(7, 7, 7);
  const before = a.data.slice();
  const c = matmul(a, a);
  assert.ok(c.data.buffer instanceof ArrayBuffer);
  assert.equal(c.data.buffer.byteLength, 7 * 7 * 8);
  assert.deepEqual(a.data, before);
});

test("bad shapes and kinds are named", () => {
  assert.throws(() => matmul(matrix(2, 3), matrix(4, 5)), {
    name: "RangeError",
    code: "ERR_SHAPE",
    message: "matmul: a is 2x3 and b is 4x5; a.cols (3) must equal b.rows (4)",
  });
  assert.throws(() => matmul(matrix(2, 3), matrix(4, 5), { transposeA: true, transposeB: true }), {
    message: "matmul: a is 2x3 and b is 4x5; a.rows (2) must equal b.cols (5)",
  });
  assert.throws(() => matmul({ data: new Float64Array(5), rows: 2, cols: 3 }, matrix(3, 3)), {
    code: "ERR_SHAPE",
    message: "matmul: a is 2x3, so a.data must hold 6 numbers, got 5",
  });
  const mixed = matrixF32(3, 3) as unknown as Matrix;
  assert.throws(() => matmul(matrix(3, 3), mixed), { name: "TypeError", code: "ERR_TYPE" });
  const nothing = undefined as unknown as Matrix;
  assert.throws(() => matmul(nothing, nothing), {
    message: "matmul: a must be a matrix { data, rows, cols }, got undefined",
  });
});
