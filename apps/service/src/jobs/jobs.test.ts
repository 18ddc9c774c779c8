import assert from "node:assert/strict";
import { test } from "node:test";
import type { Database } from "@daily-kernel/feed/node";
import { onEachDatabase, testDatabase } from "@daily-kernel/feed/testing";
import { noMetrics, silent } from "../testing/fixture.ts";
import { Jobs } from "./jobs.ts";

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

test("without a queue's tables there is no queue, and no error", async () => {
  const database = await testDatabase();
  const jobs = new Jobs({ database, databaseUrl: null, log: silent, metrics: noMetrics() });
  await jobs.stop();
  assert.ok(Array.isArray((await jobs.health()).queues));
  await database.close();
});
