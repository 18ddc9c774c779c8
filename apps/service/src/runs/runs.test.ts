import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Database, getPaper } from "@daily-kernel/feed/node";
import { hoursAfter, morning, sampleAccount } from "@daily-kernel/feed/testing";
import { seeds } from "../../fixture/papers/trial/run.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { published, root, silent } from "../testing/fixture.ts";
import { RunWorker, sweepRuns } from "./run-worker.ts";
import { Runs } from "./runs.ts";

const limits = { perDay: 3, atOnce: 1, seconds: 60, megabytes: 4096 };
const paperId = "2401.00001";

let database: Database;
let catalogue: Catalogue;
let now = morning;
let account = "";
let readers = 0;
let sent: object[] = [];
const ending = new AbortController();
let runs: Runs;

const worker = (over: Partial<typeof limits> = {}) =>
  new RunWorker({
    root,
    db: database.db,
    catalogue,
    limits: { ...limits, ...over },
    log: silent,
    now: () => now,
  });
const never = new AbortController().signal;

before(async () => {
  ({ database, catalogue } = await published());
  runs = new Runs({
    db: database.db,
    catalogue,
    jobs: { send: async (_queue: string, data: object) => void sent.push(data) },
    limits,
    ending: ending.signal,
    now: () => now,
  });
});
after(() => database.close());

/** Asks for a run as somebody who never did before. */
async function request(seed: number, preset: "quick" | "full" = "quick") {
  account = await sampleAccount(database.db, `reader-${++readers}`);
  sent = [];
  return runs.request({ slug: "trial", preset, seed, accountId: account });
}

test("a run is asked for, measured in a process apart, and its record speaks in the feed", async () => {
  const run = await request(1, "full");
  assert.equal(run.state, "queued");
  assert.deepEqual(sent, [{ paperId, id: run.id }]);
  await worker().run({ paperId, id: run.id }, never);
  const done = (await runs.get(run.id))!;
  assert.equal(done.state, "done");
  assert.equal(done.progress, 1);
  const { records } = (await catalogue.entries()).get("trial")!;
  assert.equal(records.length, 1);
  assert.equal(records[0]!.preset, "full");
  const paper = (await getPaper(database.db, paperId))!;
  assert.deepEqual(
    paper.claimCells.map(({ verdict, stale }) => [verdict, stale]),
    [
      ["holds", false],
      ["fails", false],
    ],
  );
});

test("a quick record never replaces a full one", async () => {
  const run = await request(2, "quick");
  await worker().run({ paperId, id: run.id }, never);
  assert.equal((await runs.get(run.id))!.state, "done");
  const states = await database.db
    .selectFrom("claim_states")
    .select(["claim_id", "preset"])
    .where("paper_id", "=", paperId)
    .execute();
  assert.deepEqual(new Set(states.map(({ preset }) => preset)), new Set(["full"]));
});

test("only one worker measures a run", async () => {
  const run = await request(3);
  const both = [worker(), worker()].map((one) => one.run({ paperId, id: run.id }, never));
  await Promise.all(both);
  const row = await database.db
    .selectFrom("runs")
    .select("attempts")
    .where("id", "=", run.id)
    .executeTakeFirstOrThrow();
  assert.equal(row.attempts, 1);
});

test("the quota: one at once, three a day, and what it says", async () => {
  const first = await request(4);
  const ask = () => runs.request({ slug: "trial", preset: "quick", seed: 5, accountId: account });
  await assert.rejects(ask, { code: "ERR_LIMIT", message: /1 run waiting or running/ });
  await runs.cancel(first.id, { id: account, role: "reader" });
  for (const _ of [2, 3]) await runs.cancel((await ask()).id, { id: account, role: "reader" });
  await assert.rejects(ask, { code: "ERR_LIMIT", message: /3 runs in 24 hours/ });
  const other = await sampleAccount(database.db, "other");
  await runs.request({ slug: "trial", preset: "quick", seed: 5, accountId: other });
});

test("what cannot be run is refused with the reason", async () => {
  account = await sampleAccount(database.db, "good");
  const good = { slug: "trial", preset: "quick" as const, seed: 1, accountId: account };
  const refused: [object, object][] = [
    [{ slug: "idle" }, { code: "ERR_NOT_FOUND" }],
    [{ slug: "../trial" }, { code: "ERR_NOT_FOUND" }],
    [{ preset: "slow" }, { code: "ERR_INPUT" }],
    [{ seed: 1.5 }, { code: "ERR_INPUT" }],
    [{ seed: -1 }, { code: "ERR_INPUT" }],
    [{ accountId: "0".repeat(24) }, { code: "ERR_FORBIDDEN" }],
  ];
  for (const [part, error] of refused)
    await assert.rejects(runs.request({ ...good, ...part }), error);
  const suspended = await sampleAccount(database.db, "suspended");
  await database.db
    .updateTable("accounts")
    .set({ suspended_at: now })
    .where("id", "=", suspended)
    .execute();
  await assert.rejects(runs.request({ ...good, accountId: suspended }), {
    code: "ERR_FORBIDDEN",
  });
});

test("a cancelled run ends at its worker's next sign of life, and only its owner may cancel", async () => {
  const run = await request(seeds.endless);
  const working = worker().run({ paperId, id: run.id }, never);
  const states: string[] = [];
  for await (const { state, doing } of runs.follow(run.id)) {
    if (states.at(-1) !== state) states.push(state);
    if (doing !== "going on and on") continue;
    await assert.rejects(runs.cancel(run.id, { id: "another", role: "reader" }), {
      code: "ERR_FORBIDDEN",
    });
    await runs.cancel(run.id, { id: account, role: "reader" });
  }
  await working;
  assert.deepEqual(states.slice(-2), ["running", "cancelled"]);
});

const failures: [string, number, Partial<typeof limits>, RegExp][] = [
  ["takes too long", seeds.endless, { seconds: 2 }, /longer than the 2 seconds/],
  ["takes too much memory", seeds.hungry, { megabytes: 500 }, /more than the 500 MB/],
  ["dies", seeds.dying, {}, /its process ended \(SIGKILL\)/],
  ["throws", seeds.failing, {}, /^the room stumbled$/],
];
for (const [what, seed, over, message] of failures)
  test(`a run that ${what} fails with the reason`, async () => {
    const run = await request(seed);
    await worker(over).run({ paperId, id: run.id }, never);
    const ended = (await runs.get(run.id))!;
    assert.equal(ended.state, "failed");
    assert.match(ended.error!, message);
    assert.equal(ended.recordId, null);
  });

test("the measuring process knows none of our secrets", async () => {
  process.env.SMTP_URL = "smtp://user:password@example.org";
  process.env.DATABASE_URL = "postgres://user:password@example.org";
  const run = await request(seeds.curious);
  await worker().run({ paperId, id: run.id }, never);
  delete process.env.SMTP_URL;
  delete process.env.DATABASE_URL;
  const { error } = (await runs.get(run.id))!;
  assert.match(error!, /\bPATH\b/);
  assert.doesNotMatch(error!, /SMTP|DATABASE|TOKEN|SECRET/i);
});

test("a worker that ends gives its run back", async () => {
  const run = await request(seeds.endless);
  const stop = new AbortController();
  const working = worker().run({ paperId, id: run.id }, stop.signal);
  for await (const { doing } of runs.follow(run.id)) if (doing === "going on and on") break;
  stop.abort();
  await working;
  assert.equal((await runs.get(run.id))!.state, "queued");
  assert.ok((await sweepRuns(database.db, now)).some(({ id }) => id === run.id));
  await runs.cancel(run.id, { id: account, role: "reader" });
});

test("a run whose worker died waits again, and has failed at the second time", async () => {
  const run = await request(6);
  const die = async (attempts: number) => {
    await database.db
      .updateTable("runs")
      .set({ state: "running", attempts, heartbeat_at: now, started_at: now })
      .where("id", "=", run.id)
      .execute();
    now = hoursAfter(now, 1);
    return (await sweepRuns(database.db, now)).some(({ id }) => id === run.id);
  };
  assert.equal(await die(1), true);
  assert.equal((await runs.get(run.id))!.state, "queued");
  assert.equal(await die(2), false);
  const failed = (await runs.get(run.id))!;
  assert.equal(failed.state, "failed");
  assert.match(failed.error!, /worker died/);
});

test("who follows a run is let go when the service ends", async () => {
  const run = await request(7);
  const seen: string[] = [];
  for await (const { state } of runs.follow(run.id)) {
    seen.push(state);
    ending.abort();
  }
  assert.deepEqual(seen, ["queued"]);
  await assert.rejects(
    async () => {
      const again = new Runs({
        db: database.db,
        catalogue,
        jobs: { send: async () => {} },
        limits,
        ending: never,
        now: () => now,
      });
      for await (const _ of again.follow("nobody")) assert.fail();
    },
    { code: "ERR_NOT_FOUND" },
  );
});
