import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import {
  type BegunCell,
  backup,
  beginCell,
  type CellKey,
  cancelSweep,
  cellEvents,
  cellsOf,
  type Database,
  type Db,
  findSweep,
  keepEvent,
  makeSweep,
  openDatabase,
  restore,
  takeUpCells,
} from "@daily-kernel/feed/node";
import {
  hoursAfter,
  missingPostgres,
  morning,
  onEachDatabase,
  postgresUrl,
  testDatabase,
} from "@daily-kernel/feed/testing";
import { Jobs } from "../jobs/jobs.ts";
import { noMetrics, silent } from "../testing/fixture.ts";
import { sweepStart, sweepStatus } from "../verbs/sweeps.ts";
import type { ImproveResult } from "./cell-result.ts";
import { SweepWorker } from "./sweep-worker.ts";
import type { ScriptedRequest } from "./testing/scripted-program.ts";
import { limits, program, startScripted } from "./testing/start-scripted.ts";

const now = () => morning;
const never = new AbortController().signal;

const worker = (db: Db, machine = "one", over: Partial<typeof limits> = {}) =>
  new SweepWorker({
    db,
    limits: { ...limits, ...over },
    log: silent,
    now,
    id: `${machine}:1`,
    machine,
    program,
  });

/** Cells of one sweep, which the scripted program does. */
async function made(
  db: Db,
  ...requests: readonly Partial<ScriptedRequest>[]
): Promise<readonly CellKey[]> {
  const { id } = await makeSweep(db, {
    kind: "improve",
    options: {},
    cells: requests.map((over) => ({
      task: "relu",
      backend: "cpp",
      seed: 7,
      request: { dims: [64], evaluations: 4, strategy: "random", ...over },
    })),
    now: morning,
  });
  return requests.map((_, i) => ({ sweepId: id, position: i + 1 }));
}

const cellOf = async (db: Db, { sweepId, position }: CellKey) =>
  (await cellsOf(db, sweepId))[position - 1]!;
/** Looks now and then until it is so. */
async function until(so: () => Promise<boolean>): Promise<void> {
  while (!(await so())) await sleep(100);
}

const linesOf = async (db: Db, key: CellKey) => (await cellEvents(db, key)).map(({ line }) => line);

/** Another database with the same rows, by way of a backup. */
async function restored(db: Db): Promise<Database> {
  const pieces: string[] = [];
  await backup(db, (text) => void pieces.push(text));
  const other = await testDatabase();
  await restore(
    other.db,
    (async function* () {
      yield* pieces;
    })(),
  );
  return other;
}

const jobsOn = async (database: Database, databaseUrl: string | null = null) => {
  const jobs = new Jobs({ database, databaseUrl, log: silent, metrics: noMetrics() });
  await jobs.start();
  return jobs;
};

onEachDatabase("two workers share a sweep, and leave what they cannot do", async (database) => {
  const { db } = database;
  const jobs = await jobsOn(database);
  try {
    const { sweep } = await sweepStart(
      { db, jobs, now },
      {
        kind: "improve",
        name: "both",
        tasks: ["relu", "softmax"],
        backends: ["cpp", "openmp"],
        seeds: [1, 2],
        evaluations: 2,
      },
    );
    assert.equal(sweep.cells.queued, 8);
    const before = await sweepStatus({ db, now }, { id: "both" });
    assert.match(before.cells[0]!.waitsFor!, /no worker is there/);
    startScripted({ db, jobs, now }, { count: 2 });
    await until(async () => {
      const { cells } = await findSweep(db, "both");
      return cells.done + cells.failed === 4;
    });
    const status = await sweepStatus({ db, now }, { id: sweep.id });
    const cpp = status.cells.filter(({ backend }) => backend === "cpp");
    assert.deepEqual(
      cpp.map(({ state, attempts, error }) => [state, attempts, error]),
      Array(4).fill(["done", 1, null]),
    );
    assert.equal(new Set(cpp.map(({ worker }) => worker)).size, 2);
    for (const { backend, state, waitsFor } of status.cells)
      if (backend === "openmp") {
        assert.equal(state, "queued");
        assert.match(waitsFor!, /^nobody that is there can take it: .*no openmp here; install it$/);
      }
  } finally {
    await jobs.stop();
  }
});

onEachDatabase(
  "a cell that is killed goes on where it was, on any machine, also after a restore",
  async ({ db }) => {
    const [whole, killed] = await made(db, {}, { kill: { who: "self", check: 3 } });
    await worker(db, "one").do(whole!, never);
    await worker(db, "one").do(killed!, never);
    const waiting = await cellOf(db, killed!);
    assert.equal(waiting.state, "queued");
    assert.match(waiting.error!, /SIGKILL/);
    const first = await linesOf(db, killed!);
    assert.ok(first.length > 0);
    const saved = await restored(db);
    await worker(db, "two").do(killed!, never);
    const { state, result, attempts } = await cellOf(db, killed!);
    assert.equal(state, "done");
    assert.equal(attempts, 2);
    const lines = await linesOf(db, killed!);
    assert.deepEqual(lines.slice(0, first.length), first);
    // To the letter what happens without a kill: nothing twice, and no more than was allowed.
    assert.deepEqual(lines, await linesOf(db, whole!));
    const found = result as ImproveResult;
    assert.equal(found.evaluations, 4);
    assert.deepEqual(
      found.attempts.map(({ machine }) => machine),
      ["one", "one", "two", "two"],
    );
    const undisturbed = (await cellOf(db, whole!)).result as ImproveResult;
    assert.deepEqual(found.best, undisturbed.best);
    // The same in a database that was filled from a backup meanwhile.
    assert.deepEqual(await cellOf(saved.db, whole!), await cellOf(db, whole!));
    await worker(saved.db, "two").do(killed!, never);
    assert.deepEqual(await linesOf(saved.db, killed!), lines);
    await saved.close();
  },
);

test("a machine that is killed loses nothing: another takes its cell up", {
  skip: missingPostgres() ?? false,
}, async () => {
  const url = await postgresUrl();
  const database = await openDatabase({ url });
  const { db } = database;
  const jobs = await jobsOn(database, url);
  try {
    const [whole, killed] = await made(db, {}, { kill: { who: "worker", check: 2 } });
    await worker(db).do(whole!, never);
    await jobs.send("forge-cpp", killed!);
    const machine = fileURLToPath(new URL("./testing/worker-process.ts", import.meta.url));
    const process_ = spawn(process.execPath, [machine, url], { stdio: "inherit" });
    const [, signal] = await once(process_, "exit");
    assert.equal(signal, "SIGKILL");
    const begun = await cellOf(db, killed!);
    assert.equal(begun.state, "running");
    const first = await linesOf(db, killed!);
    // An hour later it is clear that nobody is at it any more.
    startScripted({ db, jobs, now: () => hoursAfter(new Date(), 1) });
    await until(async () => (await cellOf(db, killed!)).state === "done");
    const lines = await linesOf(db, killed!);
    assert.ok(first.length > 0 && first.length < lines.length);
    assert.deepEqual(lines, await linesOf(db, whole!));
    assert.notEqual((await cellOf(db, killed!)).worker, begun.worker);
  } finally {
    await jobs.stop();
    await database.close();
  }
});

onEachDatabase("who was thought dead and is not changes nothing any more", async ({ db }) => {
  const [key] = await made(db, {});
  const slow = (await beginCell(db, key!, { worker: "slow", machine: "m", now: morning }))!;
  const step = (cell: BegunCell, line: string) =>
    keepEvent(db, cell, { position: 0, machine: "m", line, now: morning });
  assert.deepEqual(await takeUpCells(db, morning), []);
  assert.equal((await takeUpCells(db, hoursAfter(morning, 1))).length, 1);
  const other = (await beginCell(db, key!, { worker: "other", machine: "m", now: morning }))!;
  assert.equal(await step(slow, "{}"), "lost");
  assert.equal(await step(other, "{}"), "mine");
  assert.deepEqual(await linesOf(db, key!), ["{}"]);
  // What kills its worker every time is given up.
  let begun: BegunCell | null = other;
  for (let i = 0; i < 10 && begun; i++) {
    await takeUpCells(db, hoursAfter(morning, 1));
    begun = await beginCell(db, key!, { worker: "other", machine: "m", now: morning });
  }
  const { state, error, attempts } = await cellOf(db, key!);
  assert.deepEqual([state, attempts], ["failed", 5]);
  assert.match(error!, /its worker died/);
});

onEachDatabase("cancelled: what waits at once, what runs soon", async ({ db }) => {
  const [running, waiting, done] = await made(db, { ending: "never" }, {}, {});
  await worker(db).do(done!, never);
  const working = worker(db).do(running!, never);
  await until(async () => (await cellOf(db, running!)).doing === "working");
  await cancelSweep(db, running!.sweepId, morning);
  assert.equal((await cellOf(db, waiting!)).state, "cancelled");
  await working;
  const { cells } = await findSweep(db, running!.sweepId);
  assert.deepEqual(cells, { queued: 0, running: 0, done: 1, failed: 0, cancelled: 2 });
  await worker(db).do(waiting!, never);
  assert.equal((await cellOf(db, waiting!)).attempts, 0);
});

test("a worker that ends gives its cell back; what fails says why", async () => {
  const database = await testDatabase();
  const { db } = database;
  const [endless, broken, late] = await made(
    db,
    { ending: "never" },
    { ending: "error" },
    { ending: "never" },
  );
  const stop = new AbortController();
  const working = worker(db).do(endless!, stop.signal);
  await until(async () => (await cellOf(db, endless!)).doing === "working");
  stop.abort();
  await working;
  const back = await cellOf(db, endless!);
  assert.deepEqual([back.state, back.attempts], ["queued", 0]);
  await worker(db).do(broken!, never);
  const failed = await cellOf(db, broken!);
  assert.deepEqual([failed.state, failed.error], ["failed", "the cell stumbled"]);
  await worker(db, "one", { seconds: 2 }).do(late!, never);
  assert.match((await cellOf(db, late!)).error!, /longer than the 2 seconds that a cell may take/);
  await database.close();
});
