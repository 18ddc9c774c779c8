import assert from "node:assert/strict";
import { test } from "node:test";
import { missingPostgres, postgresUrl, sampleAccount } from "@daily-kernel/feed/testing";
import { readConfig } from "./config.ts";
import { runVerb } from "./control/run-verb.ts";
import { openService } from "./service.ts";
import { root, silent } from "./testing/fixture.ts";

test("on Postgres two services and a worker share everything", {
  skip: missingPostgres() ?? false,
}, async () => {
  const config = readConfig(
    { DATABASE_URL: await postgresUrl(), EMBEDDER: "lsa", WORKERS: "0" },
    { root },
  );
  const options = { root, log: silent };
  // At the same moment, as machines do that are started together.
  const [one, two] = await Promise.all([
    openService(config, options),
    openService(config, options),
  ]);
  const stop = new AbortController();
  try {
    await Promise.all([one.start(), two.start()]);
    assert.deepEqual(one.secret, two.secret);
    const account = await sampleAccount(one.db, "reader");
    const run = await one.runs.request({
      slug: "trial",
      preset: "full",
      seed: 1,
      accountId: account,
    });
    assert.equal((await two.runs.get(run.id))!.state, "queued");
    const io = { signal: stop.signal, progress: () => {}, data: async () => {} };
    const worker = runVerb("worker", { concurrency: 1 }, { config, root, log: silent, io });
    let last = "";
    for await (const { state } of two.runs.follow(run.id)) last = state;
    assert.equal(last, "done");
    stop.abort();
    await worker;
    const [states] = await two.db
      .selectFrom("claim_states")
      .select((eb) => eb.fn.countAll<number>().as("held"))
      .where("verdict", "=", "holds")
      .execute();
    assert.equal(states!.held, 1);
    two.catalogue.changed();
    assert.equal((await two.catalogue.entries()).get("trial")!.records.length, 1);
  } finally {
    stop.abort();
    await Promise.all([one.close(), two.close()]);
  }
});
