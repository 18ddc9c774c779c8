import assert from "node:assert/strict";
import { test } from "node:test";
import { type CellKey, cellsOf, makeSweep } from "@daily-kernel/feed/node";
import { morning, testDatabase } from "@daily-kernel/feed/testing";
import { backendById } from "@daily-kernel/forge/node";
import { silent } from "../testing/fixture.ts";
import type { BenchResult, ImproveResult } from "./cell-result.ts";
import { planSweep, type SweepArgs } from "./plan-sweep.ts";
import { SweepWorker } from "./sweep-worker.ts";

const never = new AbortController().signal;

/** Does all cells of a sweep by the real program, on this machine. */
async function results<Result>(args: Omit<SweepArgs, "seeds">): Promise<Result[]> {
  const { db, close } = await testDatabase();
  const { cells } = await planSweep({ ...args, seeds: [1] });
  const { id } = await makeSweep(db, { kind: args.kind, options: {}, cells, now: morning });
  const worker = new SweepWorker({
    db,
    limits: { seconds: 300, megabytes: 4096 },
    log: silent,
    now: () => morning,
    id: "one:1",
    machine: "one",
  });
  for (const [i] of cells.entries()) {
    const key: CellKey = { sweepId: id, position: i + 1 };
    await worker.do(key, never);
  }
  const done = await cellsOf(db, id);
  await close();
  return done.map(({ state, error, result }) => {
    assert.equal(state, "done", error ?? "");
    return result as Result;
  });
}

const kernel = (value: string) => `
export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
  const x = <usize>load<u32>(inputs), y = <usize>load<u32>(outputs), n = <usize>load<i64>(dims);
  for (let i: usize = 0; i < n; i++) {
    const v = load<f32>(x + 4 * i);
    store<f32>(y + 4 * i, ${value});
  }
  return 0;
}`;

test("bench: a kernel that is right is timed on this machine, one that cheats is not", async () => {
  const right = kernel("max<f32>(v, 0)");
  const bench = (source: string) =>
    results<BenchResult>({
      kind: "bench",
      tasks: ["relu"],
      backends: ["wasm"],
      dims: [4096],
      kernels: { "relu.ts": source, "relu.baseline.ts": right },
    });
  const [honest] = await bench(right);
  assert.equal(honest!.accepted, true, JSON.stringify(honest!.findings));
  assert.equal(honest!.machine, "one");
  assert.ok(honest!.timing!.medianNs > 0 && honest!.timing!.speedup > 0);
  const [cheat] = await bench(kernel("v"));
  assert.equal(cheat!.accepted, false);
  assert.equal(cheat!.timing, null);
  assert.ok(cheat!.findings.some(({ severity }) => severity === "error"));
});

const probe = await backendById("cpp").probe();

test("improve: the best kernel is verified and timed, with a report", {
  skip: probe.available ? false : probe.reason,
}, async () => {
  const [found] = await results<ImproveResult>({
    kind: "improve",
    tasks: ["relu"],
    backends: ["cpp"],
    dims: [4096],
    evaluations: 1,
  });
  assert.equal(found!.evaluations, 1);
  assert.ok(found!.final!.speedup > 0);
  assert.match(found!.best!.source, /forge_kernel/);
  assert.deepEqual(
    found!.attempts.map(({ machine, correct }) => [machine, correct]),
    [["one", true]],
  );
  assert.equal(found!.report.facts["measured on"], "one");
  assert.equal(found!.report.rows.length, 1);
});
