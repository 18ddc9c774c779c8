import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { claimStates, type Database, getPaper, upsertPapers } from "@daily-kernel/feed/node";
import { hoursAfter, morning, samplePaper } from "@daily-kernel/feed/testing";
import { measure } from "../runs/measure.ts";
import { published, root } from "../testing/fixture.ts";
import type { Catalogue } from "./catalogue.ts";

let database: Database;
let catalogue: Catalogue;
before(async () => {
  ({ database, catalogue } = await published());
});
after(() => database.close());

const gpu = () => Promise.reject(new Error("there is none"));
const record = (preset: "quick" | "full", seed: number) =>
  measure({ root, slug: "trial", preset, seed, device: "wasm", threads: 1, gpu });

/** As a worker elsewhere leaves it. */
async function insert(id: string, made: object, at: Date): Promise<void> {
  const { preset, device } = made as { preset: string; device: string };
  await database.db
    .insertInto("records")
    .values({
      paper_id: "2401.00001",
      id,
      slug: "trial",
      preset,
      device,
      machine: "a machine",
      record: JSON.stringify(made),
      created_at: at,
    })
    .execute();
}

async function keep(id: string, made: object, at: Date): Promise<void> {
  await insert(id, made, at);
  await catalogue.publishClaims("trial");
}

test("the repository's papers are in the feed, on the day they came to arXiv, with their rooms", async () => {
  const trial = (await getPaper(database.db, "2401.00001"))!;
  assert.equal(trial.listedDay, "2024-01-01");
  assert.equal(trial.slug, "trial");
  assert.equal(trial.authorCount, 3);
  assert.equal(trial.runsInBrowser, true);
  assert.equal(trial.githubRepo, "https://github.com/someone/trials");
  assert.equal(trial.claims.notMeasured, 2);
  assert.equal((await getPaper(database.db, "2402.00002"))!.runsInBrowser, false);
});

test("publishing again changes nothing, and what arXiv says stays", async () => {
  const before = (await getPaper(database.db, "2401.00001"))!.revision;
  await catalogue.publish(morning);
  assert.equal((await getPaper(database.db, "2401.00001"))!.revision, before);
  const news = { title: "On Trials, Revised", publishedAt: morning, updatedAt: morning };
  await upsertPapers(database.db, [samplePaper("2401.00001", news)]);
  await catalogue.publish(morning);
  assert.equal((await getPaper(database.db, "2401.00001"))!.title, "On Trials, Revised");
});

test("records of the database are in the ledger: full before quick, stale when sources change", async () => {
  const full = await record("full", 1);
  await keep("1", full, morning);
  await keep("2", await record("quick", 2), hoursAfter(morning, 1));
  const states = await claimStates(database.db, "2401.00001");
  assert.deepEqual(
    states.map(({ verdict, preset, stale }) => [verdict, preset, stale]),
    [
      ["holds", "full", false],
      ["fails", "full", false],
    ],
  );
  assert.match(states[0]!.measured!, /n = 10000/);
  await database.db.deleteFrom("records").execute();
  await keep("3", { ...full, sources: "0".repeat(64) }, morning);
  const stale = await claimStates(database.db, "2401.00001");
  assert.deepEqual(
    stale.map((one) => one.stale),
    [true, true],
  );
});

test("of the records with one preset, device and machine the last one counts", async () => {
  await database.db.deleteFrom("records").execute();
  const made = await record("quick", 3);
  for (const [i, id] of ["a", "b", "c"].entries()) await keep(id, made, hoursAfter(morning, i));
  assert.equal((await catalogue.entries()).get("trial")!.records.length, 1);
});

test("records that came since are published, once", async () => {
  await database.db.deleteFrom("records").execute();
  await insert("late", await record("full", 4), morning);
  catalogue.changed();
  await catalogue.publishChanges(morning);
  const state = () => getPaper(database.db, "2401.00001");
  const after = (await state())!;
  assert.equal(after.claims.holds, 1);
  await catalogue.publishChanges(morning);
  assert.equal((await state())!.revision, after.revision);
});
