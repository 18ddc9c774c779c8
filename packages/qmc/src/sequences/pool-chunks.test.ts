import assert from "node:assert/strict";
import { test } from "node:test";
import { type PoolOptions, ThreadPool, wasm } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";
import { Faure } from "./any-base/faure.ts";
import { Halton } from "./any-base/halton.ts";
import { Kronecker } from "./lattice/kronecker.ts";
import { Lattice } from "./lattice/lattice.ts";
import type { Sequence } from "./sequence.ts";

const sequences: [string, Sequence][] = [
  ["natural", new Lattice({ dimension: 7, replications: 2 })],
  ["gray", new Lattice({ dimension: 7, order: "gray", replications: 2 })],
  ["words", new Lattice({ dimension: 3, generatingVector: [1, 3, 5], mMax: 40 })],
  ["Kronecker", new Kronecker({ dimension: 5, replications: 2 })],
  ["blocks and steps", new Halton({ dimension: 40, replications: 2 })],
  ["trees", new Halton({ dimension: 5, randomize: "NUS" })],
  ["Horner", new Halton({ dimension: 5, randomize: "QRNG" })],
  ["interlaced trees", new Faure({ dimension: 2, alpha: 2, randomize: "NUS" })],
];

test("points made on a pool have the same bits", async () => {
  await using pool = await ThreadPool.create({ threads: 2 });
  for (const [name, sequence] of sequences) {
    const nMax = name === "interlaced trees" ? 64 : 2 ** 15;
    const range = name === "words" ? { nMin: 2 ** 30, nMax: 2 ** 30 + nMax } : { nMax };
    const seen: number[] = [];
    const options: PoolOptions = { pool, onProgress: (done, total) => seen.push(done / total) };
    const set = await sequence.points({ ...range, ...options });
    assert.deepEqual(set, sequence.points(range), name);
    assert.equal(seen.at(-1), 1);
    // In shared memory, every thread writes its own part.
    const out = new Float64Array(new SharedArrayBuffer(8 * (set.data.length + 1)), 8);
    seen.length = 0;
    await sequence.points({ ...range, ...options, out });
    assert.deepEqual(Float64Array.from(out), set.data, name);
    assert.equal(seen.at(-1), 1);
  }
});

test("an abort stops the work, and nothing is left in memory", async () => {
  await using pool = await ThreadPool.create({ threads: 1 });
  const { heap } = wasm(kernels);
  const before = heap.used;
  // Three batches or more each.
  for (const sequence of [
    new Lattice({ dimension: 14, replications: 2 }),
    new Kronecker({ dimension: 14, replications: 2 }),
    new Halton({ dimension: 14, replications: 2 }),
  ]) {
    const controller = new AbortController();
    const promise = sequence.points({
      nMax: 2 ** 18,
      pool,
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
    });
    await assert.rejects(promise, /enough/);
    assert.equal(heap.used, before);
  }
  await new Lattice({ dimension: 3 }).points({ nMax: 2 ** 10, pool });
  assert.equal(heap.used, before);
});
