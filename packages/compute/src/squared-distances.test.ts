import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import { type Matrix, matrix, transpose } from "./matrix.ts";
import { squaredDistancesReference } from "./reference/linear-algebra.ts";
import { randomMatrix } from "./reference/random-matrix.ts";
import { squaredDistances } from "./squared-distances.ts";
import { ThreadPool } from "./thread-pool.ts";

const pool = await ThreadPool.create({ threads: 2 });
after(() => pool.dispose());
const size = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constantFrom(65, 129, 257, 300));

function assertClose(x: Matrix, y: Matrix, relative: number): void {
  const got = squaredDistances(x, y);
  const want = squaredDistancesReference(x, y);
  assert.deepEqual([got.rows, got.cols], [x.rows, y.rows]);
  for (const [i, d] of want.data.entries()) {
    assert.ok(Math.abs(got.data[i]! - d) <= relative * d, `element ${i}: ${got.data[i]} for ${d}`);
  }
}

test("agrees with the definition on all shapes", () => {
  fc.assert(
    fc.property(size, size, fc.nat(80), fc.boolean(), (m, n, d, same) => {
      const x = randomMatrix(m, d, 1);
      assertClose(x, same ? x : randomMatrix(n, d, 2), 1e-12);
    }),
    { numRuns: 60 },
  );
});

test("close, coincident and far-off points keep their relative accuracy", () => {
  const x = randomMatrix(40, 20, 3);
  for (const [shift, spread] of [
    [0, 1e-9],
    [0, 0],
    [1e6, 1],
    [1e8, 1e-3],
    [0, 1e-150],
  ] as const) {
    const base = matrix(
      40,
      20,
      x.data.map((v) => shift + v),
    );
    const near = matrix(
      40,
      20,
      base.data.map((v, i) => v + spread * x.data[(7 * i) % 800]!),
    );
    assertClose(base, near, 1e-11);
    assertClose(near, near, 1e-11);
  }
});

test("scales near the ends of the range", () => {
  for (const scale of [1e150, 1e-150]) {
    const x = matrix(
      30,
      10,
      randomMatrix(30, 10, 4).data.map((v) => v * scale),
    );
    assertClose(x, x, 1e-12);
  }
  // The squared norms overflow, the distances do not.
  const x = matrix(2, 1, [3e154, 3e154 + 1e150]);
  const y = matrix(2, 1, [3e154, -3e154]);
  assert.throws(() => squaredDistances(x, y), {
    code: "ERR_NUMERIC",
    message: "squaredDistances: a distance overflows; scale x and y down",
  });
  assertClose(x, matrix(1, 1, [3e154]), 1e-12);
  // The squared norms and the product stay in the range, only what they add up to does not.
  for (const n of [2, 8]) {
    const far = matrix(
      n,
      1,
      Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 9e153 : -9e153)),
    );
    for (const other of [far, matrix(1, 1, [9e153])]) {
      assert.throws(() => squaredDistances(other, far), { code: "ERR_NUMERIC" });
    }
  }
});

test("no rows make no distances, however long the rows", () => {
  const none = matrix(0, 2 ** 40);
  assert.deepEqual(squaredDistances(none, none), matrix(0, 0));
  assert.deepEqual(squaredDistances(matrix(3, 2), matrix(0, 2)), matrix(3, 0));
});

test("one object twice: exactly symmetric, zero diagonal", () => {
  const x = randomMatrix(301, 17, 5);
  const d = squaredDistances(x, x);
  assert.deepEqual(transpose(d), d);
  for (let i = 0; i < 301; i++) assert.equal(d.data[i * 302], 0);
});

test("a pool gives the same bits", async () => {
  const x = randomMatrix(270, 33, 6);
  const y = randomMatrix(300, 33, 7);
  assert.deepEqual(await squaredDistances(x, y, { pool }), squaredDistances(x, y));
  assert.deepEqual(await squaredDistances(x, x, { pool }), squaredDistances(x, x));
});

test("bad input is named", () => {
  assert.throws(() => squaredDistances(matrix(2, 3), matrix(2, 4)), {
    code: "ERR_SHAPE",
    message: "squaredDistances: x is 2x3 and y is 2x4; x.cols (3) must equal y.cols (4)",
  });
  assert.throws(() => squaredDistances(matrix(1, 1), matrix(1, 1, [Number.NaN])), {
    code: "ERR_DOMAIN",
    message: "squaredDistances: y must be finite, got NaN at row 0, column 0",
  });
});
