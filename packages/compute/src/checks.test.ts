import assert from "node:assert/strict";
import { after, test } from "node:test";
import { checkNumbers } from "./checks.ts";
import { cholesky } from "./cholesky.ts";
import { eigSymmetric } from "./eig-symmetric.ts";
import type { ErrorCode } from "./errors.ts";
import { requestGPU } from "./gpu.ts";
import { runCompute } from "./gpu-compute.ts";
import * as kernels from "./kernels.generated.ts";
import { logSumExp, logSumExpRows } from "./log-sum-exp.ts";
import { matmul } from "./matmul.ts";
import { type Matrix, matrix, matrixF32 } from "./matrix.ts";
import type { PoolOptions } from "./pool-options.ts";
import { Rng } from "./rng.ts";
import { choleskySolve, solveTriangular } from "./solve-triangular.ts";
import { squaredDistances } from "./squared-distances.ts";
import { syrk } from "./syrk.ts";
import { ThreadPool } from "./thread-pool.ts";
import { sharedHeap, wasm } from "./wasm.ts";

const pool = await ThreadPool.create({ threads: 1 });
after(() => pool.dispose());
const disposed = await ThreadPool.create({ threads: 2 });
await disposed.dispose();

/** A value of a wrong type, for an argument of any. */
const wrong = (value: unknown) => value as never;

const one = matrix(1, 1, [1]);
type Pooled = (options: PoolOptions) => unknown;
const operations: Record<string, Pooled> = {
  matmul: (options) => matmul(one, one, options),
  syrk: (options) => syrk(one, options),
  cholesky: (options) => cholesky(one, options),
  solveTriangular: (options) => solveTriangular(one, one, options),
  choleskySolve: (options) => choleskySolve(one, one, options),
  eigSymmetric: (options) => eigSymmetric(one, options),
  squaredDistances: (options) => squaredDistances(one, one, options),
  logSumExpRows: (options) => logSumExpRows(one, options),
};

test("every operation checks its options, and rejects where it has a pool", async () => {
  for (const [name, call] of Object.entries(operations)) {
    const type = (message: string) => ({ code: "ERR_TYPE", message: `${name}: ${message}` });
    for (const [value, got] of [
      [null, "null"],
      [5, "5"],
      ["pool", '"pool"'],
    ]) {
      const expected = type(`options must be an object, got ${got}`);
      assert.throws(() => call(wrong(value)), expected);
    }
    const rejects = (options: unknown, expected: object) =>
      assert.rejects(async () => {
        const promise = call(wrong(options));
        assert.ok(promise instanceof Promise);
        await promise;
      }, expected);
    await rejects({ pool: {} }, type("options.pool must be a ThreadPool, got Object"));
    await rejects({ pool: null }, type("options.pool must be a ThreadPool, got null"));
    await rejects({ pool, signal: {} }, type("options.signal must be an AbortSignal, got Object"));
    await rejects({ pool, onProgress: 1 }, type("options.onProgress must be a function, got 1"));
    await rejects(
      { pool: disposed },
      { code: "ERR_UNSUPPORTED", message: `${name}: options.pool has been disposed of` },
    );
  }
});

test("bad matrices throw, and reject where there is a pool", async () => {
  const expected = { code: "ERR_SHAPE", message: /^matmul: a is 1x1 and b is 2x2/ };
  assert.throws(() => matmul(one, matrix(2, 2)), expected);
  const promise = matmul(one, matrix(2, 2), { pool });
  await assert.rejects(promise, expected);
});

test("every argument of a wrong type is named", async () => {
  const device = { createShaderModule() {}, limits: { maxComputeWorkgroupsPerDimension: 9 } };
  const job = { code: "", buffers: [], workgroups: [1] };
  const gpu = (changes: object) => () => runCompute(wrong(device), wrong({ ...job, ...changes }));
  const run = (calls: unknown, options?: unknown) => () =>
    pool.run(kernels, "mirrorF64", wrong(calls), wrong(options));
  const calls: [string, () => unknown][] = [
    ["logSumExp: x must be an array of numbers, got 5", () => logSumExp(wrong(5))],
    ['logSumExp: x must be an array of numbers, got "12"', () => logSumExp(wrong("12"))],
    ["logSumExp: x must be an array of numbers, got null", () => logSumExp(wrong(null))],
    ['logSumExp: x[1] must be a number, got "2"', () => logSumExp(wrong([1, "2"]))],
    ['matrix: data must be an array of numbers, got "abcd"', () => matrix(2, 2, wrong("abcd"))],
    ["matrix: data must be an array of numbers, got null", () => matrix(1, 1, wrong(null))],
    ['matrix: data[0] must be a number, got "x"', () => matrix(1, 1, wrong(["x"]))],
    [
      "matrixF32: data[1] must be a number, got undefined",
      () => matrixF32(1, 2, wrong([1, undefined])),
    ],
    ['matrix: rows must be a number, got "2"', () => matrix(wrong("2"), 1)],
    ["matmul: a must be a matrix { data, rows, cols }, got null", () => matmul(wrong(null), one)],
    [
      "cholesky: a.data must be a Float64Array, got Float32Array",
      () => cholesky(wrong(matrixF32(1, 1))),
    ],
    [
      'solveTriangular: options.triangle must be "lower" or "upper", got "UPPER"',
      () => solveTriangular(one, one, { triangle: wrong("UPPER") }),
    ],
    [
      "solveTriangular: options.unitDiagonal must be a boolean, got 1",
      () => solveTriangular(one, one, { unitDiagonal: wrong(1) }),
    ],
    [
      'matmul: options.transposeA must be a boolean, got "no"',
      () => matmul(one, one, { transposeA: wrong("no") }),
    ],
    [
      "syrk: options.transpose must be a boolean, got null",
      () => syrk(one, { transpose: wrong(null) }),
    ],
    ["Rng.skip: n must be a number, got Symbol(n)", () => new Rng(1).skip(wrong(Symbol("n")))],
    ['Rng.integer: n must be a number, got "5"', () => new Rng(1).integer(wrong("5"))],
    ["Rng.permutation: n must be a number, got 5n", () => new Rng(1).permutation(wrong(5n))],
    [
      "ThreadPool.run: fn must be an exported kernel, got 1n",
      () => pool.run(kernels, wrong(1n), []),
    ],
    [
      "heap: bytes must be a number, got Symbol(b)",
      () => sharedHeap().scope((arena) => arena.alloc(wrong(Symbol("b")))),
    ],
    [
      "heap: address must be a number, got null",
      () => sharedHeap().scope((arena) => arena.free(wrong(null))),
    ],
    ["Rng.shuffle: array must be an array, got null", () => new Rng(1).shuffle(wrong(null))],
    ['Rng.shuffle: array must be an array, got "abc"', () => new Rng(1).shuffle(wrong("abc"))],
    ['Rng.gamma: shape must be a number, got "2"', () => new Rng(1).gamma(wrong("2"))],
    ["Rng.beta: b must be a number, got Array", () => new Rng(1).beta(1, wrong([2]))],
    [
      "Rng.fillNormal: out must be a Float64Array or Float32Array, got Array",
      () => new Rng(1).fillNormal(wrong([])),
    ],
    [
      "ThreadPool.create: options must be an object, got null",
      () => ThreadPool.create(wrong(null)),
    ],
    [
      'ThreadPool.create: options.threads must be a number, got "2"',
      () => ThreadPool.create({ threads: wrong("2") }),
    ],
    ["wasm: binary must be an object, got null", () => pool.run(wrong(null), "f", [])],
    ["ThreadPool.run: calls must be an array of argument lists, got null", run(null)],
    ["ThreadPool.run: calls must be an array of argument lists, got Array", run([1])],
    ["ThreadPool.run: calls[1][0] must be a number, got a function", run([[], [() => 1]])],
    ["ThreadPool.run: options must be an object, got null", run([], null)],
    ["ThreadPool.run: options.signal must be an AbortSignal, got null", run([], { signal: null })],
    ["wasm: binary must be an object, got null", () => wasm(wrong(null))],
    ["wasm: binary must be kernels { relaxed, simd } in base64, got Object", () => wasm(wrong({}))],
    ["heap.scope: body must be a function, got null", () => sharedHeap().scope(wrong(null))],
    ["requestGPU: options must be an object, got null", () => requestGPU(wrong(null))],
    ["runCompute: device must be a GPUDevice, got null", () => runCompute(wrong(null), wrong(job))],
    ["runCompute: job must be an object, got null", () => runCompute(wrong(device), wrong(null))],
    ["runCompute: job.code must be a string, got undefined", gpu({ code: undefined })],
    ["runCompute: job.buffers must be an array, got undefined", gpu({ buffers: undefined })],
    [
      "runCompute: job.workgroups must be [x, y?, z?], got undefined",
      gpu({ workgroups: undefined }),
    ],
    ["runCompute: job.workgroups must be [x, y?, z?], got Array", gpu({ workgroups: [] })],
    ["runCompute: job.workgroups must be [x, y?, z?], got Array", gpu({ workgroups: ["1"] })],
    ["runCompute: job.signal must be an AbortSignal, got Object", gpu({ signal: {} })],
  ];
  for (const [message, call] of calls) {
    await assert.rejects(async () => await call(), {
      name: "TypeError",
      code: "ERR_TYPE",
      message,
    });
  }
  assert.equal(sharedHeap().used, 0);
});

test("sizes that no runtime can allocate", () => {
  const refused = (fn: string, call: () => unknown, code: ErrorCode = "ERR_UNSUPPORTED") =>
    assert.throws(call, { code, message: new RegExp(`^${fn}: `) });
  refused("matrix", () => matrix(1e6, 1e6));
  refused("matrixF32", () => matrixF32(1e10, 1e10));
  const [tall, wide]: [Matrix, Matrix] = [matrix(2 ** 31, 0), matrix(0, 2 ** 31)];
  refused("matmul", () => matmul(tall, wide));
  refused("syrk", () => syrk(tall));
  refused("squaredDistances", () => squaredDistances(tall, tall));
  refused("logSumExpRows", () => logSumExpRows(matrix(2 ** 50, 0)));
  const column = matrix(2 ** 20, 1);
  refused("heap", () => matmul(column, column, { transposeB: true }));
  assert.equal(sharedHeap().used, 0);
});

test("any kind of array of numbers will do", () => {
  for (const numbers of [[1, 2], [], Float32Array.of(1), Int8Array.of(1), { length: 1, 0: 2 }]) {
    checkNumbers("f", "x", numbers);
  }
  for (const other of [
    BigInt64Array.of(1n),
    new DataView(new ArrayBuffer(8)),
    () => 1,
    { length: -1 },
  ]) {
    assert.throws(() => checkNumbers("f", "x", other), { code: "ERR_TYPE" });
  }
});
