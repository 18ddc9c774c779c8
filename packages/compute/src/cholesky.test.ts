import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import { cholesky } from "./cholesky.ts";
import { matmul } from "./matmul.ts";
import { type Matrix, matrix } from "./matrix.ts";
import { choleskyReference, maxAbs, minus } from "./reference/linear-algebra.ts";
import { randomMatrix } from "./reference/random-matrix.ts";
import { syrk } from "./syrk.ts";
import { ThreadPool } from "./thread-pool.ts";

const pool = await ThreadPool.create({ threads: 2 });
after(() => pool.dispose());

function positiveDefinite(n: number, seed: number): Matrix {
  const a = syrk(randomMatrix(n, n, seed));
  for (let i = 0; i < n; i++) a.data[i * (n + 1)]! += 1;
  return a;
}

const size = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(63, 64, 65, 128, 131, 200));

test("agrees with the scalar reference and gives the matrix back", () => {
  fc.assert(
    fc.property(size, fc.nat(1000), (n, seed) => {
      const a = positiveDefinite(n, seed);
      const l = cholesky(a);
      assert.ok(maxAbs(minus(l, choleskyReference(a))) <= 1e-12 * (n + 1));
      const back = matmul(l, l, { transposeB: true });
      assert.ok(maxAbs(minus(back, a)) <= 4e-16 * (n + 1) * maxAbs(a));
      for (let i = 0; i < n; i++) {
        for (let j = i + 1; j < n; j++) assert.equal(l.data[i * n + j], 0);
      }
    }),
    { numRuns: 40 },
  );
});

test("reads the lower triangle only", () => {
  const a = positiveDefinite(70, 1);
  const spoiled = matrix(70, 70, a.data.slice());
  for (let i = 0; i < 70; i++) spoiled.data.fill(Number.NaN, i * 70 + i + 1, (i + 1) * 70);
  assert.deepEqual(cholesky(spoiled), cholesky(a));
});

test("ill-conditioned and extreme scales keep a small residual", () => {
  const n = 100;
  const hilbert = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) hilbert.data[i * n + j] = 1 / (i + j + 1) + (i === j ? 1e-12 : 0);
  }
  for (const scale of [1, 1e-290, 1e290]) {
    const a = matrix(
      n,
      n,
      hilbert.data.map((x) => x * scale),
    );
    const l = cholesky(a);
    assert.ok(maxAbs(minus(matmul(l, l, { transposeB: true }), a)) <= 1e-14 * scale);
  }
});

test("a pool gives the same bits", async () => {
  const a = positiveDefinite(333, 2);
  assert.deepEqual(await cholesky(a, { pool }), cholesky(a));
});

test("the first bad pivot is named", async () => {
  const a = positiveDefinite(150, 3);
  a.data[100 * 151] = -1;
  const named = {
    code: "ERR_NUMERIC",
    message: /^cholesky: a is not positive definite: pivot 100 is -/,
  };
  assert.throws(() => cholesky(a), named);
  await assert.rejects(cholesky(a, { pool }), named);
  assert.throws(() => cholesky(matrix(2, 2, [1, 0, Number.NaN, 1])), {
    message: "cholesky: a is not positive definite: pivot 1 is NaN",
  });
  assert.throws(() => cholesky(matrix(1, 1, [Number.POSITIVE_INFINITY])), {
    message: "cholesky: a is not positive definite: pivot 0 is Infinity",
  });
  assert.throws(() => cholesky(matrix(2, 2)), { message: /pivot 0 is 0$/ });
});

test("a matrix that is not square is refused", () => {
  assert.throws(() => cholesky(matrix(2, 3)), {
    code: "ERR_SHAPE",
    message: "cholesky: a must be square, got 2x3",
  });
});
