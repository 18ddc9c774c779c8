import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { matrix, matrixF32, transpose } from "./matrix.ts";
import { randomMatrix } from "./reference/random-matrix.ts";

test("matrix keeps a Float64Array, copies anything else, starts with zeros", () => {
  const data = Float64Array.of(1, 2);
  assert.equal(matrix(1, 2, data).data, data);
  assert.deepEqual(matrix(1, 2, [1, 2]).data, data);
  assert.deepEqual(matrix(2, 1).data, new Float64Array(2));
  assert.deepEqual(matrixF32(1, 2, data).data, Float32Array.of(1, 2));
});

test("transpose moves element (i, j) to (j, i) and undoes itself", () => {
  fc.assert(
    fc.property(fc.nat(70), fc.nat(70), (rows, cols) => {
      const a = randomMatrix(rows, cols, 1);
      const t = transpose(a);
      assert.deepEqual([t.rows, t.cols], [cols, rows]);
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < cols; j++) assert.equal(t.data[j * rows + i], a.data[i * cols + j]);
      }
      assert.deepEqual(transpose(t), a);
    }),
    { numRuns: 30 },
  );
  assert.ok(transpose(matrixF32(2, 3)).data instanceof Float32Array);
  assert.deepEqual(transpose(matrix(2 ** 52, 0)), matrix(0, 2 ** 52));
});

test("bad sizes are named", () => {
  assert.throws(() => matrix(2, 2, [1, 2, 3]), {
    code: "ERR_SHAPE",
    message: "matrix: data must hold 2x2 = 4 numbers, got 3",
  });
  assert.throws(() => matrix(-1, 2), {
    code: "ERR_DOMAIN",
    message: "matrix: rows must be a whole number >= 0, got -1",
  });
  assert.throws(() => matrixF32(1, Number.NaN), {
    message: "matrixF32: cols must be a whole number >= 0, got NaN",
  });
});
