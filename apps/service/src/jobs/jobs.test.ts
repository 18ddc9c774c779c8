import assert from "node:assert/strict";
import { test } from "node:test";
import { type Database, newId } from "@daily-kernel/feed/node";
import { hoursAfter, morning, onEachDatabase, testDatabase } from "@daily-kernel/feed/testing";
import { noMetrics, published, silent } from "../testing/fixture.ts";
import { Jobs } from "./jobs.ts";
import { sweep } from "./start-jobs.ts";

const jobsOn = async (database: Database) => {
  const jobs = new Jobs({ database, databaseUrl: null, log: silent, metrics: noMetrics() });
  await jobs.start();
  return jobs;
};

onEachDatabase(
  "a job is done once, one that fails is a dead letter, and can be tried again",
  async (database) => {
    const jobs = await jobsOn(database);
    try {
      let broken = true;
      const done: number[] = [];
      const { promise: failed, resolve: fail } = Promise.withResolvers<void>();
      const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
      await jobs.work<{ n: number }>("runs", 0.5, async ({ n }) => {
        if (n === 2 && broken) {
          fail();
          throw new Error("the second stumbles");
        }
        done.push(n);
        if (done.length === 2) finish();
      });
      await jobs.send("runs", { n: 1 });
      await jobs.send("runs", { n: 2 });
      await failed;
      let dead = (await jobs.health()).dead;
      while (dead.length === 0) dead = (await jobs.health()).dead;
      assert.equal(dead.length, 1);
      assert.equal(dead[0]!.queue, "runs");
      assert.equal(dead[0]!.error, "the second stumbles");
      broken = false;
      await jobs.retry(dead[0]!);
      await finished;
      assert.deepEqual(done, [1, 2]);
    } finally {
      await jobs.stop();
    }
  },
);

onEachDatabase("a periodic queue holds one waiting job at most", async (database) => {
  const jobs = await jobsOn(database);
  try {
    for (let i = 0; i < 3; i++) await jobs.send("digest");
    const digest = (await jobs.health()).queues.find(({ queue }) => queue === "digest")!;
    assert.equal(digest.waiting, 1);
  } finally {
    await jobs.stop();
  }
});

/** As if the process that does it had been killed. */
const orphan = (database: Database, queue: string) =>
  database.run(`update pgboss.job set state = 'active', started_on = now() where name = $1`, [
    queue,
  ]);

onEachDatabase("a job whose process was killed holds up no other", async (database) => {
  const jobs = await jobsOn(database);
  try {
    await jobs.send("digest");
    await orphan(database, "digest");
    await jobs.send("digest");
    const { promise, resolve } = Promise.withResolvers<void>();
    await jobs.work("digest", 0.5, async () => resolve());
    await promise;
  } finally {
    await jobs.stop();
  }
});

onEachDatabase("a run whose worker was killed is sent again, once", async (database) => {
  const { db } = database;
  await published(database);
  const jobs = await jobsOn(database);
  try {
    const run = { paperId: "2401.00001", id: newId(morning) };
    await db
      .insertInto("runs")
      .values({
        paper_id: run.paperId,
        id: run.id,
        slug: "trial",
        account_id: "somebody",
        preset: "quick",
        device: "wasm",
        seed: 1,
        state: "running",
        attempts: 1,
        created_at: morning,
        heartbeat_at: morning,
      })
      .execute();
    await jobs.send("runs", run);
    await orphan(database, "runs");
    for (const _ of [1, 2]) await sweep({ db, jobs, now: () => hoursAfter(morning, 1) });
    assert.deepEqual(await jobs.waiting("runs"), [run]);
  } finally {
    await jobs.stop();
  }
});

test("without a queue's tables there is no queue, and no error", async () => {
  const database = await testDatabase();
  const jobs = new Jobs({ database, databaseUrl: null, log: silent, metrics: noMetrics() });
  await jobs.stop();
  assert.ok(Array.isArray((await jobs.health()).queues));
  await database.close();
});
