import assert from "node:assert/strict";
import { after, test } from "node:test";
import { cholesky } from "./cholesky.ts";
import { eigSymmetric } from "./eig-symmetric.ts";
import { logSumExp, logSumExpRows } from "./log-sum-exp.ts";
import { matmul } from "./matmul.ts";
import { type Matrix, type MatrixF32, matrix, matrixF32, transpose } from "./matrix.ts";
import type { PoolOptions } from "./pool-options.ts";
import { randomMatrix } from "./reference/random-matrix.ts";
import { Rng } from "./rng.ts";
import { choleskySolve, solveTriangular } from "./solve-triangular.ts";
import { squaredDistances } from "./squared-distances.ts";
import { syrk } from "./syrk.ts";
import { ThreadPool } from "./thread-pool.ts";
import { sharedHeap } from "./wasm.ts";

const pool = await ThreadPool.create({ threads: 2 });
after(() => pool.dispose());

type Unary = (a: Matrix, options?: PoolOptions) => unknown;

/** Every operation on one symmetric positive definite matrix, in all of its roles. */
const OPERATIONS: Record<string, Unary> = {
  matmul: (a, options) => matmul(a, a, options!),
  "matmul transposed": (a, options) => matmul(a, a, { ...options!, transposeB: true }),
  syrk: (a, options) => syrk(a, options!),
  cholesky: (a, options) => cholesky(a, options!),
  solveTriangular: (a, options) => solveTriangular(a, a, options!),
  choleskySolve: (a, options) => choleskySolve(a, a, options!),
  eigSymmetric: (a, options) => eigSymmetric(a, options!),
  squaredDistances: (a, options) => squaredDistances(a, a, options!),
  logSumExpRows: (a, options) => logSumExpRows(a, options!),
};

function positiveDefinite(n: number): Matrix {
  const a = syrk(randomMatrix(n, n, n + 1));
  for (let i = 0; i < n; i++) a.data[i * (n + 1)]! += n;
  return a;
}

/** The same numbers in memory of every kind; `body` runs while it is valid. */
async function inEveryMemory(
  numbers: Float64Array,
  body: (copy: Float64Array, kind: string) => unknown,
): Promise<void> {
  const n = numbers.length;
  const into = (copy: Float64Array) => {
    copy.set(numbers);
    return copy;
  };
  const surrounded = new Float64Array(n + 5).fill(Number.NaN);
  await body(into(surrounded.subarray(3, n + 3)), "part of a larger array");
  await body(into(new Float64Array(new SharedArrayBuffer(8 * n + 16), 16, n)), "shared memory");
  const resizable = new ArrayBuffer(8 * n, { maxByteLength: 8 * n + 800 });
  await body(into(new Float64Array(resizable)), "a resizable buffer");
  await sharedHeap().scope(async (arena) => {
    await body(into(sharedHeap().f64(arena.f64(n), n)), "the heap itself");
  });
  await body(into(new (class Named extends Float64Array {})(n)), "a subclass");
}

test("inputs may lie in memory of any kind, and stay as they are; results are ordinary", async () => {
  for (const n of [1, 2, 9, 67]) {
    const a = positiveDefinite(n);
    for (const [name, operation] of Object.entries(OPERATIONS)) {
      const want = operation(a);
      await inEveryMemory(a.data, async (data, kind) => {
        const input = { data, rows: n, cols: n };
        for (const got of [operation(input), await operation(input, { pool })]) {
          assert.deepEqual(got, want, `${name}, ${kind}, ${n}`);
          for (const part of got instanceof Float64Array ? [got] : Object.values(got as object)) {
            const { buffer } = (part.data ?? part) as Float64Array;
            if (buffer) assert.ok(buffer instanceof ArrayBuffer && buffer !== data.buffer);
          }
        }
        assert.deepEqual(Float64Array.from(data), a.data, `${name} wrote to its input, ${kind}`);
      });
    }
    await inEveryMemory(a.data, (data, kind) => {
      assert.equal(logSumExp(data), logSumExp(a.data), kind);
      const input = { data, rows: n, cols: n };
      assert.deepEqual(transpose(input).data.slice(), transpose(a).data, kind);
    });
  }
  assert.equal(sharedHeap().used, 0);
});

test("single precision at any offset, shared or not", () => {
  const numbers = Float32Array.from(randomMatrix(7, 13, 3).data);
  const want = matmul(matrixF32(7, 13, numbers), matrixF32(7, 13, numbers), { transposeB: true });
  for (const buffer of [new ArrayBuffer(400), new SharedArrayBuffer(400)]) {
    const data = new Float32Array(buffer, 4, 91); // at no multiple of eight
    data.set(numbers);
    const a: MatrixF32 = { data, rows: 7, cols: 13 };
    assert.deepEqual(matmul(a, a, { transposeB: true }), want);
  }
});

test("a detached array has no numbers any more, which is said", async () => {
  const a = positiveDefinite(3);
  structuredClone(a.data, { transfer: [a.data.buffer as ArrayBuffer] });
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const message = new RegExp(
      `^${name.split(" ")[0]}: . is 3x3, so ..data must hold 9 .*, got 0$`,
    );
    assert.throws(() => operation(a), { code: "ERR_SHAPE", message });
    await assert.rejects(async () => await operation(a, { pool }), { code: "ERR_SHAPE", message });
  }
  assert.equal(logSumExp(a.data), Number.NEGATIVE_INFINITY);
  assert.equal(sharedHeap().used, 0);
});

test("an input may change once a pooled operation has begun", async () => {
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const a = positiveDefinite(67);
    const want = operation(a);
    const result = operation(a, { pool });
    a.data.fill(Number.NaN);
    assert.deepEqual(await result, want, name);
  }
});

test("sizes of 0 and 1, on one thread and on a pool", async () => {
  const shapes = [0, 1, 2].flatMap((m) => [0, 1, 2].map((n) => [m, n] as const));
  for (const [m, k] of shapes) {
    for (const n of [0, 1, 2]) {
      const [a, b] = [matrix(m, k).data.fill(2), matrix(k, n).data.fill(3)];
      const want = matrix(m, n, new Float64Array(m * n).fill(6 * k));
      const operands = [matrix(m, k, a), matrix(k, n, b)] as const;
      assert.deepEqual(matmul(...operands), want);
      assert.deepEqual(await matmul(...operands, { pool }), want);
      const far = matrix(n, k, new Float64Array(n * k).fill(3));
      const distances = matrix(m, n, new Float64Array(m * n).fill(k));
      assert.deepEqual(squaredDistances(operands[0], far), distances);
      assert.deepEqual(await squaredDistances(operands[0], far, { pool }), distances);
    }
    const ones = matrix(m, k, new Float64Array(m * k).fill(1));
    for (const options of [{}, { transpose: true }]) {
      const [size, terms] = "transpose" in options ? [k, m] : [m, k];
      const want = matrix(size, size, new Float64Array(size * size).fill(terms));
      assert.deepEqual(syrk(ones, options), want);
      assert.deepEqual(await syrk(ones, { ...options, pool }), want);
    }
    const unit = matrix(m, m);
    for (let i = 0; i < m; i++) unit.data[i * (m + 1)] = 1;
    assert.deepEqual(cholesky(unit), unit);
    assert.deepEqual(await cholesky(unit, { pool }), unit);
    assert.deepEqual(solveTriangular(unit, ones), ones);
    assert.deepEqual(await solveTriangular(unit, ones, { pool, triangle: "upper" }), ones);
    assert.deepEqual(choleskySolve(unit, ones), ones);
    assert.deepEqual(await choleskySolve(unit, ones, { pool }), ones);
    const eigen = { values: new Float64Array(m).fill(1), vectors: unit };
    assert.deepEqual(eigSymmetric(unit), eigen);
    assert.deepEqual(await eigSymmetric(unit, { pool }), eigen);
    const sums = new Float64Array(m).fill(k === 0 ? Number.NEGATIVE_INFINITY : 1 + Math.log(k));
    for (const got of [logSumExpRows(ones), await logSumExpRows(ones, { pool })]) {
      for (const [i, x] of got.entries())
        assert.ok(x === sums[i] || Math.abs(x - sums[i]!) < 1e-15);
      assert.equal(got.length, m);
    }
  }
  assert.equal(sharedHeap().used, 0);
});

test("random numbers fill memory of any kind, and no more of it than they were given", async () => {
  const n = 1237;
  const methods = ["fillUniform", "fillNormal", "fillExponential"] as const;
  for (const method of methods) {
    const want = new Rng(5)[method](new Float64Array(n));
    await inEveryMemory(new Float64Array(n), (out, kind) => {
      assert.equal(new Rng(5)[method](out), out);
      assert.deepEqual(Float64Array.from(out), want, `${method}, ${kind}`);
      const outside = new Float64Array(out.buffer as ArrayBuffer).subarray(0, out.byteOffset / 8);
      if (kind.startsWith("part")) assert.ok(outside.length === 3 && outside.every(Number.isNaN));
    });
    const single = new Float32Array(new SharedArrayBuffer(4 * n + 12), 4, n);
    assert.deepEqual(
      Float32Array.from(new Rng(5)[method](single)),
      new Rng(5)[method](new Float32Array(n)),
    );
    assert.deepEqual([...new Float32Array(single.buffer)].slice(-2), [0, 0]);
    for (const size of [0, 1]) {
      assert.equal(new Rng(5)[method](new Float64Array(size))[0], size ? want[0] : undefined);
    }
  }
  const words = new Uint32Array(new SharedArrayBuffer(4 * n + 8), 4, n);
  assert.deepEqual(
    Uint32Array.from(new Rng(5).fillUint32(words)),
    new Rng(5).fillUint32(new Uint32Array(n)),
  );
});
