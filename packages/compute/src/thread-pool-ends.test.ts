import assert from "node:assert/strict";
import { test } from "node:test";
import * as kernels from "./kernels.generated.ts";
import { matmul } from "./matmul.ts";
import { randomMatrix } from "./reference/random-matrix.ts";
import { type WorkerHandle, type WorkerMessage, workerSpawner } from "./spawn-worker.ts";
import { ThreadPool } from "./thread-pool.ts";
import { sharedHeap } from "./wasm.ts";

/** Mirrors `count` little matrices of side n. */
const mirrorCalls = (address: number, n: number, count: number) =>
  Array.from({ length: count }, (_, i) => [address + i * n * n * 8, n, 0, n]);

/** A worker that takes its work and does not answer, until told to. */
function mute() {
  let onMessage: (message: WorkerMessage) => void = () => {};
  let onDeath: (reason: string) => void = () => {};
  const state = { posts: [] as { run: number; module?: unknown }[], held: false, ended: false };
  const handle: WorkerHandle = {
    post: (message) => void state.posts.push(message as { run: number }),
    listen: (message, death) => {
      onMessage = message;
      onDeath = death;
    },
    hold: (alive) => {
      state.held = alive;
    },
    terminate: async () => {
      state.ended = true;
    },
  };
  return Object.assign(handle, {
    state,
    answer: (error?: string) =>
      onMessage({ run: state.posts.at(-1)!.run, ...(error && { error }) }),
    die: () => onDeath("exit code 7"),
  });
}

/** A turn of the event loop: whatever could settle has. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("a dead worker rejects its run; the pool goes on without it", async () => {
  const worker = mute();
  const pool = new ThreadPool([worker]);
  const run = pool.run(kernels, "mirrorF64", [[64, 0, 0, 0]]);
  worker.die();
  await assert.rejects(run, {
    message: "ThreadPool.run: a worker died during the run (exit code 7)",
  });
  await pool.run(kernels, "mirrorF64", [[64, 0, 0, 0]]); // on the current thread now
});

test("nothing ends a run while a worker is in a call: the memory stays taken until it answers", async () => {
  const reason = new Error("enough");
  const stops: [(pool: ThreadPool, other: ReturnType<typeof mute>) => void, RegExp | Error][] = [
    [(pool) => void pool.dispose(), /the pool was disposed of during the run/],
    [(_, other) => other.answer("RuntimeError: unreachable"), /a call failed in a worker/],
    [(_, other) => other.die(), /a worker died during the run/],
    [() => controller.abort(reason), reason],
  ];
  const controller = new AbortController();
  for (const [stop, expected] of stops) {
    const [busy, other] = [mute(), mute()];
    const pool = new ThreadPool([busy, other]);
    let settled = false;
    let address = 0;
    const run = sharedHeap().scope((arena) => {
      address = arena.f64(1000);
      const signal = controller.signal;
      return pool.run(kernels, "mirrorF64", mirrorCalls(address, 2, 2), { signal });
    });
    const outcome = assert.rejects(run, expected).then(() => {
      settled = true;
    });
    const used = sharedHeap().used;
    stop(pool, other);
    await turn();
    await turn();
    assert.equal(settled, false);
    assert.equal(sharedHeap().used, used);
    sharedHeap().scope((arena) => assert.ok(Math.abs(arena.f64(1000) - address) >= 8000));
    assert.equal(busy.state.ended, false, "a thread that is stopped from outside may still write");
    busy.answer();
    other.answer();
    await outcome;
    assert.equal(sharedHeap().used, 0);
    await pool.dispose();
    assert.ok(busy.state.ended && !busy.state.held);
  }
});

test("a disposed run rejects once its call has returned, not before", async () => {
  const pool = await ThreadPool.create({ threads: 1 });
  await sharedHeap().scope(async (arena) => {
    const n = 800; // one call of a thousand million operations
    const [a, b, c] = [arena.f64(n * n), arena.f64(n * n), arena.f64(n * n)];
    sharedHeap()
      .f64(a, n * n)
      .fill(0.5);
    sharedHeap()
      .f64(b, n * n)
      .fill(0.25);
    const result = sharedHeap()
      .f64(c, n * n)
      .fill(0);
    const call = [a, b, c, n, n, n, n, 256, 4, 0, n, 0, n, 0, 0, arena.alloc(192)];
    const run = assert.rejects(pool.run(kernels, "gemmF64", [call]), { code: "ERR_UNSUPPORTED" });
    while (result[0] === 0) await turn();
    const disposed = pool.dispose();
    await run;
    assert.equal(result.at(-1), n / 8); // the last element that the call writes
    await disposed;
  });
  assert.equal(sharedHeap().used, 0);
});

test("work that cannot be handed over rejects the run once the other workers have answered", async () => {
  const [first, second] = [mute(), mute()];
  const pool = new ThreadPool([first, second]);
  const { post } = second;
  const refusal = new Error("could not be cloned");
  second.post = () => {
    throw refusal;
  };
  let settled = false;
  const calls = [[64, 0, 0, 0]];
  const run = assert.rejects(pool.run(kernels, "mirrorF64", calls), refusal).then(() => {
    settled = true;
  });
  await turn();
  assert.equal(settled, false);
  first.answer();
  await run;
  assert.ok(!first.state.held && !second.state.held);
  second.post = post;
  const again = pool.run(kernels, "mirrorF64", calls);
  assert.ok(first.state.posts[1]!.module === undefined);
  assert.ok(second.state.posts[0]!.module instanceof WebAssembly.Module);
  first.answer();
  second.answer();
  await again;
});

test("disposing twice waits for the same end", async () => {
  const worker = mute();
  let end: () => void = () => {};
  worker.terminate = () =>
    new Promise((resolve) => {
      end = resolve;
    });
  const pool = new ThreadPool([worker]);
  const first = pool.dispose();
  let settled = false;
  const second = pool.dispose().then(() => {
    settled = true;
  });
  await turn();
  assert.equal(settled, false);
  end();
  await Promise.all([first, second]);
});

test("a worker answers whatever goes wrong, so that it is never taken for dead while it works", async () => {
  const worker = workerSpawner()!();
  const ask = (message: object) =>
    new Promise<WorkerMessage>((resolve, reject) => {
      worker.listen(resolve, (reason) => reject(new Error(`died: ${reason}`)));
      worker.post(message);
    });
  await ask({ memory: sharedHeap().memory });
  const nothing = { binary: 0, fn: "mirrorF64", calls: [] };
  for (const [run, control] of [2 ** 40, 64].entries()) {
    const answer = await ask({ ...nothing, run, control });
    assert.equal(answer.run, run);
    assert.match(String(answer.error), /Error/);
  }
  await worker.terminate();
});

test("a page that may not start workers is told so", async () => {
  const { getBuiltinModule } = process;
  const page = globalThis as unknown as { Worker?: unknown; crossOriginIsolated?: boolean };
  const { Worker: before } = page;
  page.Worker = class {
    constructor() {
      throw new Error("the policy forbids it");
    }
  };
  page.crossOriginIsolated = true;
  process.getBuiltinModule = (() => undefined) as never;
  try {
    await assert.rejects(ThreadPool.create({ threads: 2 }), {
      code: "ERR_UNSUPPORTED",
      message:
        /^ThreadPool\.create: a worker could not start \(.*the policy forbids it\); a page's/,
    });
  } finally {
    process.getBuiltinModule = getBuiltinModule;
    page.Worker = before;
    delete page.crossOriginIsolated;
  }
});

test("a disposed pool rejects the run under way and every later one", async () => {
  const pool = await ThreadPool.create({ threads: 1 });
  const a = randomMatrix(200, 200, 3);
  const run = assert.rejects(matmul(a, a, { pool }), { code: "ERR_UNSUPPORTED" });
  await pool.dispose();
  await run;
  await assert.rejects(matmul(a, a, { pool }), {
    code: "ERR_UNSUPPORTED",
    message: "matmul: options.pool has been disposed of",
  });
  await assert.rejects(pool.run(kernels, "mirrorF64", [[64, 0, 0, 0]]), {
    message: "ThreadPool.run: the pool has been disposed of",
  });
  assert.equal(pool.threads, 0);
  assert.equal(sharedHeap().used, 0);
});

test("without workers, too, disposal rejects the run under way", async () => {
  const pool = new ThreadPool([]);
  let disposed: Promise<void> | undefined;
  const onProgress = (done: number) => {
    assert.equal(done, 1);
    disposed = pool.dispose();
  };
  await assert.rejects(pool.run(kernels, "mirrorF64", mirrorCalls(64, 0, 9), { onProgress }), {
    code: "ERR_UNSUPPORTED",
    message: "ThreadPool.run: the pool was disposed of during the run",
  });
  await disposed;
});
