import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { cholesky } from "./cholesky.ts";
import { eigSymmetric } from "./eig-symmetric.ts";
import * as kernels from "./kernels.generated.ts";
import { logSumExpRows } from "./log-sum-exp.ts";
import { matmul } from "./matmul.ts";
import { matrix } from "./matrix.ts";
import type { PoolOptions } from "./pool-options.ts";
import { randomMatrix } from "./reference/random-matrix.ts";
import { choleskySolve, solveTriangular } from "./solve-triangular.ts";
import { squaredDistances } from "./squared-distances.ts";
import { syrk } from "./syrk.ts";
import { ThreadPool } from "./thread-pool.ts";
import { sharedHeap } from "./wasm.ts";

/** Mirrors `count` little matrices of side n: work with a result that can be looked at. */
const mirrorCalls = (address: number, n: number, count: number) =>
  Array.from({ length: count }, (_, i) => [address + i * n * n * 8, n, 0, n]);

test("every call runs once, on any number of threads", async () => {
  for (const threads of [1, 2, 3]) {
    await using pool = await ThreadPool.create({ threads });
    assert.equal(pool.threads, threads);
    await sharedHeap().scope(async (arena) => {
      const data = Float64Array.from({ length: 400 }, (_, i) => i);
      const address = arena.f64(data);
      let last = 0;
      const onProgress = (done: number, total: number) => {
        assert.equal(done, last + 1);
        assert.equal(total, 100);
        last = done;
      };
      await pool.run(kernels, "mirrorF64", mirrorCalls(address, 2, 100), { onProgress });
      assert.equal(last, 100);
      const got = sharedHeap().f64(address, 400);
      for (let i = 0; i < 400; i++) assert.equal(got[i], i % 4 === 1 ? i + 1 : i);
    });
  }
  assert.equal(sharedHeap().used, 0);
});

test("threads copy what their calls made to shared memory of the caller's", async () => {
  for (const threads of [1, 3]) {
    await using pool = await ThreadPool.create({ threads });
    const to = new SharedArrayBuffer(8 * 401);
    await sharedHeap().scope(async (arena) => {
      const address = arena.f64(Float64Array.from({ length: 400 }, (_, i) => i));
      // The last call's result comes first.
      const parts = Array.from({ length: 100 }, (_, i) => ({
        address: address + i * 32,
        bytes: 32,
        offset: 8 + (99 - i) * 32,
      }));
      const calls = mirrorCalls(address, 2, 100);
      await pool.run(kernels, "mirrorF64", calls, { copies: { to, parts } });
    });
    const got = new Float64Array(to);
    assert.equal(got[0], 0);
    for (let i = 0; i < 400; i++) {
      const from = (99 - Math.floor(i / 4)) * 4 + (i % 4);
      assert.equal(got[1 + i], i % 4 === 1 ? from + 1 : from);
    }
    const bad = (copies: unknown) =>
      pool.run(kernels, "mirrorF64", [[0, 2, 0, 2]], { copies: copies as never });
    await assert.rejects(bad({ to: new ArrayBuffer(8), parts: [] }), { code: "ERR_TYPE" });
    await assert.rejects(bad({ to, parts: [] }), { code: "ERR_SHAPE" });
  }
});

test("runs may overlap", async () => {
  await using pool = await ThreadPool.create({ threads: 2 });
  const inputs = Array.from({ length: 8 }, (_, seed) => randomMatrix(50 + seed, 50 + seed, seed));
  const results = await Promise.all(inputs.map((a) => matmul(a, a, { pool })));
  for (const [i, a] of inputs.entries()) assert.deepEqual(results[i], matmul(a, a));
});

test("an abort rejects with its reason and leaves the pool usable", async () => {
  await using pool = await ThreadPool.create({ threads: 2 });
  const a = randomMatrix(300, 300, 1);
  const reason = new Error("enough");
  await assert.rejects(matmul(a, a, { pool, signal: AbortSignal.abort(reason) }), reason);
  const controller = new AbortController();
  let calls = 0;
  const run = sharedHeap().scope((arena) =>
    pool.run(kernels, "mirrorF64", mirrorCalls(arena.f64(4000), 2, 1000), {
      signal: controller.signal,
      onProgress: (done) => {
        calls = done;
        if (done === 1) controller.abort(reason);
      },
    }),
  );
  await assert.rejects(run, reason);
  assert.ok(calls >= 1);
  assert.deepEqual(await matmul(a, a, { pool }), matmul(a, a));
  assert.equal(sharedHeap().used, 0);
});

test("operations report their progress: rising, to the whole", async () => {
  await using workers = await ThreadPool.create({ threads: 2 });
  const n = 150;
  const a = randomMatrix(n, n, 3);
  const gram = syrk(a);
  for (let i = 0; i < n; i++) gram.data[i * (n + 1)]! += n;
  const l = cholesky(gram);
  for (const pool of [workers, new ThreadPool([])]) {
    const operations: ((options: PoolOptions) => unknown)[] = [
      (options) => matmul(a, a, options),
      (options) => syrk(a, options),
      (options) => cholesky(gram, options),
      (options) => solveTriangular(l, a, options),
      (options) => choleskySolve(l, a, options),
      (options) => eigSymmetric(gram, options),
      (options) => eigSymmetric(matrix(n, n), options),
      (options) => squaredDistances(a, l, options),
      (options) => logSumExpRows(a, options),
    ];
    for (const operation of operations) {
      const reports: [number, number][] = [];
      const onProgress = (done: number, total: number) => void reports.push([done, total]);
      const result = await operation({ pool, onProgress });
      assert.deepEqual(result, await operation({ pool }));
      const [done, total] = reports.at(-1)!;
      assert.equal(done, total);
      for (const [i, report] of reports.entries()) {
        assert.ok(report[0] > (reports[i - 1]?.[0] ?? 0), `${operation}: ${reports}`);
        assert.equal(report[1], total);
      }
    }
    const reason = new Error("no more");
    const onProgress = () => {
      throw reason;
    };
    await assert.rejects(cholesky(gram, { pool, onProgress }), reason);
  }
  assert.equal(sharedHeap().used, 0);
});

test("an onProgress that throws rejects the run", async () => {
  await using pool = await ThreadPool.create({ threads: 2 });
  for (const either of [pool, new ThreadPool([])]) {
    for (const reason of [new Error("no more"), undefined, null]) {
      const onProgress = () => {
        throw reason;
      };
      const run = either.run(kernels, "mirrorF64", mirrorCalls(64, 0, 9), { onProgress });
      assert.equal(
        await run.then(
          () => "resolved",
          (error) => error,
        ),
        reason,
      );
    }
  }
  assert.equal(sharedHeap().used, 0);
});

test("a call that traps rejects the run and leaves the pool usable", async () => {
  await using pool = await ThreadPool.create({ threads: 2 });
  await assert.rejects(pool.run(kernels, "mirrorF64", [[2 ** 31, 2, 0, 2]]), {
    message: /^ThreadPool\.run: a call failed in a worker: RuntimeError/,
  });
  assert.deepEqual(await matmul(matrix(1, 1, [2]), matrix(1, 1, [3]), { pool }), matrix(1, 1, [6]));
});

test("without workers the same calls run here, cancellable", async () => {
  const pool = new ThreadPool([]);
  assert.equal(pool.threads, 1);
  const a = randomMatrix(70, 70, 2);
  assert.deepEqual(await matmul(a, a, { pool }), matmul(a, a));
  const controller = new AbortController();
  const reason = new Error("enough");
  const run = pool.run(kernels, "mirrorF64", mirrorCalls(64, 0, 9), {
    signal: controller.signal,
    onProgress: (done) => {
      assert.ok(done <= 3);
      if (done === 3) controller.abort(reason);
    },
  });
  await assert.rejects(run, reason);
});

test("an idle pool does not keep the process alive, a running one does", () => {
  const url = new URL("./index.ts", import.meta.url).href;
  const script = `import { ThreadPool, matmul, matrix } from ${JSON.stringify(url)};
    const pool = await ThreadPool.create({ threads: 2 });
    const c = await matmul(matrix(1, 1, [6]), matrix(1, 1, [7]), { pool });
    console.log(c.data[0]);`;
  const { stdout, status } = spawnSync(
    process.execPath,
    ["--input-type=module", "--no-warnings", "-e", script],
    { encoding: "utf8", timeout: 60_000, cwd: fileURLToPath(new URL(".", import.meta.url)) },
  );
  assert.deepEqual({ stdout, status }, { stdout: "42\n", status: 0 });
});

test("bad arguments are named", async () => {
  await assert.rejects(ThreadPool.create({ threads: 0 }), {
    code: "ERR_DOMAIN",
    message: "ThreadPool.create: options.threads must be an integer in 1..256, got 0",
  });
  await using pool = await ThreadPool.create({ threads: 1 });
  await assert.rejects(pool.run(kernels, "nothing", [[1]]), {
    name: "TypeError",
    message: 'ThreadPool.run: fn must be an exported kernel, got "nothing"',
  });
});
