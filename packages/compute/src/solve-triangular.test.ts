import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import { cholesky } from "./cholesky.ts";
import { matmul } from "./matmul.ts";
import { type Matrix, matrix, transpose } from "./matrix.ts";
import { maxAbs, minus, solveLowerReference } from "./reference/linear-algebra.ts";
import { randomMatrix } from "./reference/random-matrix.ts";
import { choleskySolve, solveTriangular } from "./solve-triangular.ts";
import { syrk } from "./syrk.ts";
import { ThreadPool } from "./thread-pool.ts";

const pool = await ThreadPool.create({ threads: 2 });
after(() => pool.dispose());
const size = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constantFrom(63, 65, 130, 203));

/** A well-conditioned lower triangle; what lies above it must not matter. */
function lowerTriangle(n: number, seed: number, above: number): Matrix {
  const t = randomMatrix(n, n, seed);
  for (let i = 0; i < n; i++) {
    t.data[i * n + i] = n + 1;
    t.data.fill(above, i * n + i + 1, (i + 1) * n);
  }
  return t;
}

test("all four variants agree with forward substitution", () => {
  fc.assert(
    fc.property(size, size, fc.boolean(), fc.boolean(), (n, m, upper, transposed) => {
      const t = lowerTriangle(n, 1, 0);
      const b = randomMatrix(n, m, 2);
      // An upper system is a lower one with its equations and unknowns in reverse.
      const isUpper = upper !== transposed;
      const want = isUpper
        ? reverse(solveLowerReference(reverseBoth(transpose(t)), reverse(b)))
        : solveLowerReference(t, b);
      const stored = lowerTriangle(n, 1, 9e9);
      const got = solveTriangular(upper ? transpose(stored) : stored, b, {
        triangle: upper ? "upper" : "lower",
        transpose: transposed,
      });
      assert.ok(maxAbs(minus(got, want)) <= 1e-15 * (n + 1));
    }),
    { numRuns: 60 },
  );
});

test("a unit diagonal is not read", () => {
  const t = randomMatrix(37, 37, 3);
  for (let i = 0; i < 37; i++) t.data[i * 38] = i % 2;
  const ones = matrix(37, 37, t.data.slice());
  for (let i = 0; i < 37; i++) ones.data[i * 38] = 1;
  const b = randomMatrix(37, 5, 4);
  const got = solveTriangular(t, b, { unitDiagonal: true });
  const want = solveLowerReference(ones, b);
  assert.ok(maxAbs(minus(got, want)) <= 1e-12 * maxAbs(want));
});

test("choleskySolve solves the system, on one thread and on a pool", async () => {
  const a = syrk(randomMatrix(200, 250, 5));
  const b = randomMatrix(200, 77, 6);
  const l = cholesky(a);
  const x = choleskySolve(l, b);
  assert.ok(maxAbs(minus(matmul(a, x), b)) <= 1e-13 * maxAbs(a));
  assert.deepEqual(await choleskySolve(l, b, { pool }), x);
  const options = { transpose: true };
  assert.deepEqual(
    await solveTriangular(l, b, { ...options, pool }),
    solveTriangular(l, b, options),
  );
});

test("bad input is named", () => {
  const t = lowerTriangle(3, 7, 0);
  assert.throws(() => solveTriangular(t, matrix(4, 1)), {
    code: "ERR_SHAPE",
    message: "solveTriangular: t is 3x3 and b is 4x1; b.rows must be 3",
  });
  assert.throws(() => solveTriangular(t, matrix(3, 1, [0, Number.NaN, 0])), {
    code: "ERR_DOMAIN",
    message: "solveTriangular: b must be finite, got NaN at row 1, column 0",
  });
  t.data[4] = 0;
  assert.throws(() => solveTriangular(t, matrix(3, 1)), {
    code: "ERR_NUMERIC",
    message: "solveTriangular: t is singular: element 1 of its diagonal is 0",
  });
  const tiny = matrix(1, 1, [1e-300]);
  assert.throws(() => choleskySolve(tiny, matrix(1, 1, [1])), {
    code: "ERR_NUMERIC",
    message: "choleskySolve: the solution overflows; the matrix is too close to singular",
  });
});

/** The rows of a matrix, last one first. */
function reverse(a: Matrix): Matrix {
  const out = matrix(a.rows, a.cols);
  for (let i = 0; i < a.rows; i++) {
    out.data.set(a.data.subarray(i * a.cols, (i + 1) * a.cols), (a.rows - 1 - i) * a.cols);
  }
  return out;
}

/** Rows and columns, last ones first. Hoisted: a test may begin before this line has run. */
function reverseBoth(a: Matrix): Matrix {
  return matrix(a.rows, a.cols, a.data.slice().reverse());
}
