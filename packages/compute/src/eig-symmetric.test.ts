import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import { eigSymmetric } from "./eig-symmetric.ts";
import { matmul } from "./matmul.ts";
import { type Matrix, matrix, transpose } from "./matrix.ts";
import { jacobiEigenvalues } from "./reference/jacobi.ts";
import { maxAbs, minus } from "./reference/linear-algebra.ts";
import { randomMatrix } from "./reference/random-matrix.ts";
import { ThreadPool } from "./thread-pool.ts";
import { sharedHeap } from "./wasm.ts";

const pool = await ThreadPool.create({ threads: 2 });
after(() => pool.dispose());

function randomSymmetric(n: number, seed: number): Matrix {
  const r = randomMatrix(n, n, seed);
  const t = transpose(r);
  return matrix(
    n,
    n,
    r.data.map((x, i) => x + t.data[i]!),
  );
}

/** V diag(values) V^T. */
function assemble(vectors: Matrix, values: ArrayLike<number>): Matrix {
  const n = vectors.rows;
  const scaled = matrix(
    n,
    n,
    vectors.data.map((x, i) => x * values[i % n]!),
  );
  return matmul(scaled, vectors, { transposeB: true });
}

/** Ascending values, orthonormal columns, A V = V diag(values), all to 1e-13 of the norm. */
function assertEigen(a: Matrix): Float64Array {
  const n = a.rows;
  const { values, vectors } = eigSymmetric(a);
  const norm = Math.max(...values.map(Math.abs), 0);
  assert.ok(values.every((x, i) => i === 0 || values[i - 1]! <= x));
  const gram = matmul(vectors, vectors, { transposeA: true });
  for (let i = 0; i < n; i++) gram.data[i * (n + 1)]! -= 1;
  assert.ok(maxAbs(gram) <= 1e-13, `orthogonality ${maxAbs(gram)}`);
  // The matrix may be near the ends of the range: compare shares of its norm.
  const share = (m: Matrix) =>
    matrix(
      n,
      n,
      m.data.map((x) => (norm === 0 ? x : x / norm)),
    );
  const residual = maxAbs(
    minus(assemble(vectors, norm === 0 ? values : values.map((x) => x / norm)), share(a)),
  );
  assert.ok(residual <= 1e-13, `residual ${residual}`);
  return values;
}

const size = fc.oneof(fc.integer({ min: 0, max: 45 }), fc.constantFrom(63, 64, 65, 97, 130));

test("random matrices of all sizes", () => {
  fc.assert(
    fc.property(size, fc.nat(1000), (n, seed) => {
      assertEigen(randomSymmetric(n, seed));
    }),
    { numRuns: 40 },
  );
});

test("eigenvalues agree with the Jacobi method", () => {
  for (const n of [1, 2, 5, 40, 66]) {
    const a = randomSymmetric(n, n);
    const want = jacobiEigenvalues(a);
    const got = eigSymmetric(a).values;
    for (const [i, x] of want.entries()) assert.ok(Math.abs(got[i]! - x) <= 1e-13 * n);
  }
});

test("known spectra: clustered, repeated, tiny beside huge", () => {
  const n = 70;
  const { vectors } = eigSymmetric(randomSymmetric(n, 1));
  const spectra = [
    (i: number) => (i < 35 ? 1 : 2),
    (i: number) => 1 + i * 1e-14,
    (i: number) => (i === 0 ? 1e10 : 1e-10 * i),
    (i: number) => (i < 69 ? 0 : -3),
    (i: number) => 10 ** (-i / 4),
  ];
  for (const spectrum of spectra) {
    const want = Float64Array.from({ length: n }, (_, i) => spectrum(i)).sort();
    const got = assertEigen(assemble(vectors, want));
    const norm = Math.max(...want.map(Math.abs));
    for (const [i, x] of want.entries()) assert.ok(Math.abs(got[i]! - x) <= 1e-13 * norm);
  }
});

test("structured matrices", () => {
  const n = 100;
  const build = (f: (i: number, j: number) => number) =>
    matrix(
      n,
      n,
      Float64Array.from({ length: n * n }, (_, k) => f(Math.floor(k / n), k % n)),
    );
  assert.deepEqual(assertEigen(matrix(n, n)), new Float64Array(n));
  assert.deepEqual(assertEigen(build((i, j) => Number(i === j))), new Float64Array(n).fill(1));
  assertEigen(build(() => 1)); // rank one
  assertEigen(build((i, j) => (i === j ? i - 50 : 0)));
  assertEigen(build((i, j) => 1 / (i + j + 1))); // Hilbert
  assertEigen(build((i, j) => 2 ** -(i + j))); // graded downwards, and upwards
  assertEigen(build((i, j) => 2 ** (i + j - 2 * n)));
  assertEigen(build((i, j) => (i + j === n - 1 ? 1 : 0))); // all eigenvalues are 1 or -1
  // The second-difference matrix: 2 - 2 cos(k pi / (n + 1)).
  const values = assertEigen(build((i, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0)));
  for (const [i, x] of values.entries()) {
    assert.ok(Math.abs(x - 4 * Math.sin(((i + 1) * Math.PI) / (2 * (n + 1))) ** 2) <= 1e-13);
  }
});

test("scales near the ends of the range", () => {
  for (const scale of [1e-305, 1e-160, 1e160, 1e305]) {
    const a = randomSymmetric(40, 2);
    const scaled = matrix(
      40,
      40,
      a.data.map((x) => x * scale),
    );
    const got = assertEigen(scaled);
    for (const [i, x] of eigSymmetric(a).values.entries()) {
      assert.ok(Math.abs(got[i]! / scale - x) <= 1e-12);
    }
  }
});

test("reads the lower triangle only", () => {
  const a = randomSymmetric(50, 3);
  const spoiled = matrix(50, 50, a.data.slice());
  for (let i = 0; i < 50; i++) spoiled.data.fill(Number.NaN, i * 50 + i + 1, (i + 1) * 50);
  assert.deepEqual(eigSymmetric(spoiled), eigSymmetric(a));
});

test("a pool gives the same bits", async () => {
  const a = randomSymmetric(210, 4);
  assert.deepEqual(await eigSymmetric(a, { pool }), eigSymmetric(a));
});

test("memory does not pile up over the blocks of a matrix", () => {
  const n = 600;
  const before = sharedHeap().memory.buffer.byteLength;
  eigSymmetric(randomSymmetric(n, 5));
  assert.ok(sharedHeap().memory.buffer.byteLength - before < 7 * n * n * 8);
});

test("bad input is named", () => {
  assert.throws(() => eigSymmetric(matrix(2, 3)), {
    code: "ERR_SHAPE",
    message: "eigSymmetric: a must be square, got 2x3",
  });
  assert.throws(() => eigSymmetric(matrix(2, 2, [1, 0, Number.NaN, 1])), {
    code: "ERR_DOMAIN",
    message: "eigSymmetric: a must be finite, got NaN at row 1, column 0",
  });
});
