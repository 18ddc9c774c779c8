import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Heap } from "./heap.ts";

test("live allocations never overlap, whatever order scopes end in", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(300), fc.nat(5)), { maxLength: 40 }),
      async (requests) => {
        const heap = new Heap();
        const ends: { at: number; end: () => void; done: Promise<void> }[] = [];
        for (const [step, [length, life]] of requests.entries()) {
          for (const scope of ends.filter(({ at }) => at === step)) {
            scope.end();
            await scope.done;
          }
          const { promise, resolve } = Promise.withResolvers<void>();
          const done = heap.scope(async (arena) => {
            const mine = heap.f64(arena.f64(length), length).fill(step);
            await promise;
            assert.ok(mine.every((x) => x === step));
          });
          ends.push({ at: step + life, end: resolve, done });
        }
        for (const scope of ends) scope.end();
        await Promise.all(ends.map(({ done }) => done));
        assert.equal(heap.used, 0);
      },
    ),
    { numRuns: 50 },
  );
});

test("a scope that throws or rejects frees its memory", async () => {
  const heap = new Heap();
  const boom = new Error("boom");
  assert.throws(
    () =>
      heap.scope((arena) => {
        arena.alloc(100);
        throw boom;
      }),
    boom,
  );
  await assert.rejects(
    heap.scope(async (arena) => {
      arena.alloc(100);
      throw boom;
    }),
    boom,
  );
  assert.equal(heap.used, 0);
});

test("freed memory is used again and the memory grows on demand", () => {
  const heap = new Heap();
  const first = heap.scope((arena) => arena.f64(1000));
  assert.equal(
    heap.scope((arena) => arena.f64(1000)),
    first,
  );
  heap.scope((arena) => {
    const address = arena.f64(3e6);
    heap.f64(address, 3e6).fill(1);
  });
  assert.ok(heap.memory.buffer.byteLength >= 24e6);
  assert.equal(
    heap.scope((arena) => arena.f64(3e6)),
    first,
  );
});

test("copies in, aligned to 64 bytes", () => {
  const heap = new Heap();
  heap.scope((arena) => {
    const address = arena.f32([1, 2, 3]);
    assert.equal(address % 64, 0);
    assert.deepEqual([...heap.f32(address, 3)], [1, 2, 3]);
    assert.deepEqual([...heap.i32(arena.i32([-1, 7]), 2)], [-1, 7]);
  });
});

test("views lie in the memory, aligned, or are refused", () => {
  const heap = new Heap();
  const all = heap.memory.buffer.byteLength;
  assert.equal(heap.f64(all - 8, 1).length, 1);
  assert.equal(heap.f32(all, 0).length, 0);
  for (const [address, n] of [
    [all - 8, 2],
    [4, 1],
    [-8, 1],
    [8, Number.NaN],
  ] as const) {
    assert.throws(() => heap.f64(address, n), { code: "ERR_DOMAIN", message: /^heap\.f64: / });
  }
  assert.throws(() => heap.f32(2, 1), { code: "ERR_DOMAIN" });
  assert.throws(() => heap.i32(64, undefined as never), {
    code: "ERR_TYPE",
    message: "heap.i32: n must be a number, got undefined",
  });
});

test("a promise of another realm, or any thenable, keeps its memory until it settles", async () => {
  const { runInNewContext } = await import("node:vm");
  const heap = new Heap();
  const foreign = runInNewContext(
    "(() => { let end; const done = new Promise((resolve) => { end = resolve; }); return { done, end }; })()",
  ) as { done: Promise<number>; end: (x: number) => void };
  assert.ok(!(foreign.done instanceof Promise));
  const result = heap.scope((arena) => {
    arena.alloc(100);
    return foreign.done;
  });
  await null;
  assert.equal(heap.used, 128);
  foreign.end(5);
  assert.equal(await result, 5);
  assert.equal(heap.used, 0);
});

test("memory given back early is used again, once", () => {
  const heap = new Heap();
  heap.scope((arena) => {
    const [first, second] = [arena.alloc(100), arena.alloc(100)];
    arena.free(first);
    assert.equal(arena.alloc(100), first);
    arena.free(second);
    assert.throws(() => arena.free(second), { code: "ERR_DOMAIN" });
    assert.equal(heap.used, 128);
  });
  assert.equal(heap.used, 0);
});

test("an arena gives nothing out once its scope has ended", async () => {
  const heap = new Heap();
  const ended = { code: "ERR_UNSUPPORTED", message: "heap: the scope of this arena has ended" };
  const escaped = heap.scope((arena) => arena);
  assert.throws(() => escaped.alloc(8), ended);
  assert.throws(() => escaped.f64([1]), ended);
  const later = await heap.scope(async (arena) => {
    await null;
    arena.alloc(8);
    return arena;
  });
  assert.throws(() => later.i32(1), ended);
  assert.equal(heap.used, 0);
});

test("impossible sizes are refused", () => {
  const heap = new Heap();
  assert.throws(() => heap.scope((arena) => arena.alloc(-1)), { code: "ERR_DOMAIN" });
  assert.throws(() => heap.scope((arena) => arena.alloc(Number.NaN)), { code: "ERR_DOMAIN" });
  assert.throws(() => heap.scope((arena) => arena.alloc(2 ** 40)), { code: "ERR_UNSUPPORTED" });
  assert.throws(() => heap.scope((arena) => arena.alloc(2 ** 70)), { code: "ERR_UNSUPPORTED" });
  assert.throws(() => heap.scope((arena) => arena.f64(1.5)), {
    code: "ERR_DOMAIN",
    message: "heap: source must be a whole number >= 0, got 1.5",
  });
  assert.throws(() => heap.scope((arena) => arena.i32("7" as never)), { code: "ERR_TYPE" });
  assert.equal(heap.used, 0);
});
