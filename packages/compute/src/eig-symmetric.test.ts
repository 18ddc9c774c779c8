import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import { eigSymmetric } from "./eig-symmetric.ts";
import { matmul } from "./matmul.ts";
import { type Matrix, matrix, transpose } from "./matrix.ts";
import { jacobiEigenvalues } from "./reference/jacobi.ts";
import { maxAbs, minus } from "./reference/linear-algebra.ts";
import { randomMatrix } from "./reference/random-matrix.ts";
import { Rng } from "./rng.ts";
import { syrk } from "./syrk.ts";
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

/** The symmetric matrix of f(i, j), i >= j. */
function symmetric(n: number, f: (i: number, j: number) => number): Matrix {
  const a = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) a.data[i * n + j] = a.data[j * n + i] = f(i, j);
  }
  return a;
}

test("matrices of low rank, where most of the tridiagonal matrix is rounding noise", () => {
  for (const n of [100, 150, 200]) {
    for (const rank of [1, 2, 5, 10, 25, 49]) {
      for (const seed of [0, 1, 2]) {
        const x = matrix(n, rank, new Rng(seed).fillNormal(new Float64Array(n * rank)));
        const values = assertEigen(syrk(x));
        const zero = values.filter((value) => Math.abs(value) <= 1e-13 * values[n - 1]!);
        assert.equal(zero.length, n - rank);
      }
    }
  }
  const rng = new Rng(3);
  for (const n of [128, 200, 300]) {
    const values = assertEigen(symmetric(n, () => 1));
    assert.ok(Math.abs(values[n - 1]! - n) <= 1e-13 * n);
    assertEigen(symmetric(n, (i, j) => Number((i + j) % 7 === 0)));
    assertEigen(symmetric(n, (i, j) => (i === j ? n - 1 : -1)));
    assertEigen(symmetric(n, () => rng.integer(2)));
    assertEigen(symmetric(n, () => Number(rng.integer(30) === 0)));
  }
});

test("matrices graded over up to 600 decades", () => {
  for (const n of [8, 33, 64, 150]) {
    const rng = new Rng(4, n);
    const order = rng.permutation(n);
    for (const decades of [16, 40, 100, 200, 300]) {
      const graded = (grade: (i: number) => number) =>
        symmetric(n, (i, j) => rng.normal() * 10 ** ((decades * (grade(i) + grade(j))) / 2));
      assertEigen(graded((i) => -i / n)); // downwards, upwards, in no order, up and down to 1e300
      assertEigen(graded((i) => i / n));
      assertEigen(graded((i) => -order[i]! / n));
      assertEigen(graded((i) => (2 * order[i]!) / n - 1));
      assertEigen(symmetric(n, () => rng.normal() * 10 ** (-decades * rng.uniform())));
    }
  }
});

test("a block keeps its accuracy beside others of any scale", () => {
  for (const [big, small] of [
    [1, 1e-160],
    [1, 1e-300],
    [1e300, 1],
    [1e10, 1e-10],
  ] as const) {
    const block = randomSymmetric(20, 6);
    const want = eigSymmetric(block).values;
    const both = [big, small].flatMap((scale) => [...want].map((value) => value * scale));
    both.sort((x, y) => x - y);
    const a = symmetric(40, (i, j) => {
      if (i < 20 !== j < 20) return 0;
      return (i < 20 ? big : small) * block.data[(i % 20) * 20 + (j % 20)]!;
    });
    const least = Math.min(...want.map(Math.abs));
    for (const [i, value] of assertEigen(a).entries()) {
      const scale = Math.abs(both[i]!) >= big * least ? big : small;
      assert.ok(Math.abs(value - both[i]!) <= 1e-12 * scale, `${value} for ${both[i]}`);
    }
  }
  const first = symmetric(8, (i, j) =>
    i === 0 || j === 0 ? Number(i === j) : 1e-160 * (i - 3 * j),
  );
  assertEigen(first);
});

test("the largest and the smallest numbers there are", () => {
  const rng = new Rng(7);
  for (const n of [2, 5, 60]) {
    assertEigen(symmetric(n, () => (Number.MAX_VALUE / n) * (rng.uniform() - 0.5)));
    // Eigenvalues are whole multiples of 5e-324 here: only the vectors can be accurate.
    const { values, vectors } = eigSymmetric(symmetric(n, () => 5e-324 * rng.integer(5)));
    const gram = matmul(vectors, vectors, { transposeA: true });
    for (let i = 0; i < n; i++) gram.data[i * (n + 1)]! -= 1;
    assert.ok(maxAbs(gram) <= 1e-13);
    assert.ok(values.every((value) => Math.abs(value) <= 5e-324 * 5 * n));
  }
  assert.deepEqual(eigSymmetric(matrix(1, 1, [Number.MAX_VALUE])).values[0], Number.MAX_VALUE);
  assert.throws(() => eigSymmetric(symmetric(2, () => 1.7e308)), {
    code: "ERR_NUMERIC",
    message: "eigSymmetric: an eigenvalue overflows; scale a down",
  });
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
