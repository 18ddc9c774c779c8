import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type Db, openDatabase } from "../database/open.ts";
import { FeedError } from "../feed-error.ts";
import { filledDays } from "../papers/feed-days.ts";
import { feedPage } from "../papers/feed-page.ts";
import { getPaper, paperVersions } from "../papers/get-paper.ts";
import { onEachDatabase, testDatabase } from "../testing.ts";
import { UpstreamError, UpstreamThrottled } from "./errors.ts";
import { oddPapers, plainPapers } from "./fixture/papers.ts";
import { quickClient } from "./fixture/quick-client.ts";
import { type FixtureServer, fixtureServer } from "./fixture/server.ts";
import { importCatalogue } from "./import-catalogue.ts";
import { indexPaper } from "./index-paper.ts";
import { type IngestOptions, ingest } from "./ingest.ts";

const now = new Date("2025-03-07T12:00:00Z");
const set = "cs:cs:LG";
const oai = { source: "oai", set, from: "2025-03-01", list: true, now } as const;

let server: FixtureServer;
before(async () => {
  server = await fixtureServer();
});
beforeEach(() => {
  server.today = "2025-03-07";
  server.papers = [...oddPapers, ...plainPapers(20)];
});
after(() => server.close());

/** Everything that ingestion decides, without identifiers and revisions of our own making. */
async function contents(db: Db) {
  const papers = await db.selectFrom("papers").selectAll().orderBy("id").execute();
  const versions = await db
    .selectFrom("paper_versions")
    .selectAll()
    .orderBy("paper_id")
    .orderBy("version")
    .execute();
  const days = await filledDays(db);
  return {
    papers: papers.map(({ object_id, revision, authors, ...paper }) => ({
      ...paper,
      authors: authors.map(({ name }) => name),
    })),
    versions,
    days,
  };
}

const listedDay = async (db: Db, id: string) => (await getPaper(db, id))?.listedDay;

onEachDatabase("a set is read to its end, and again without a change", async ({ db }) => {
  const { client } = quickClient(server);
  const report = await ingest(db, client, oai);
  assert.equal(report.papers, 28);
  assert.equal(report.added, 28);
  assert.equal(report.pages, 5);
  assert.deepEqual(report.skipped, [{ id: "2503.00109", reason: "it has no title" }]);
  const first = await contents(db);
  assert.equal(first.papers.length, 28);
  const again = await ingest(db, client, oai);
  assert.deepEqual(
    [again.added, again.changed, again.same, again.listed, again.resumed],
    [0, 0, 28, 0, false],
  );
  assert.deepEqual(await contents(db), first);
});

test("what is new is listed on the day of its announcement, what is old or withdrawn is not", async () => {
  const { db, close } = await testDatabase();
  const { client } = quickClient(server);
  await ingest(db, client, oai);
  // Submitted on Thursday before the close, announced in the evening, which is Friday in UTC.
  assert.equal(await listedDay(db, "2503.00101"), "2025-03-07");
  assert.equal(await listedDay(db, "2503.00102"), "2025-03-07");
  // Its first version was announced on Tuesday evening.
  assert.equal(await listedDay(db, "2503.00103"), "2025-03-05");
  // Submitted on Friday after the close: the record says when it came out.
  assert.equal(await listedDay(db, "2502.00107"), "2025-03-07");
  for (const id of ["1905.00104", "math/0309108", "2503.00105"])
    assert.equal(await listedDay(db, id), null, id);
  assert.ok((await getPaper(db, "2503.00105"))?.withdrawnAt);
  const page = await feedPage(db, { sort: "newest", limit: 100, offset: 0 });
  assert.equal(page.total, 25);
  await close();
});

test("only papers of the wanted categories enter the feed, cross-listed ones too", async () => {
  const { db, close } = await testDatabase();
  const { client } = quickClient(server);
  const report = await ingest(db, client, { ...oai, set: "cs", categories: ["stat"] });
  assert.equal(report.papers, 28);
  const page = await feedPage(db, { sort: "newest", limit: 100, offset: 0 });
  assert.equal(page.total, 8);
  assert.ok(page.items.every(({ categories }) => categories.includes("stat.ML")));
  await close();
});

test("without list papers are known and not listed; later they can be", async () => {
  const { db, close } = await testDatabase();
  const { client } = quickClient(server);
  const { list, ...silent } = oai;
  assert.equal((await ingest(db, client, silent)).listed, 0);
  assert.equal((await ingest(db, client, oai)).listed, 25);
  await close();
});

for (const source of ["oai", "rss", "query"] as const) {
  test(`${source}: stopped at any request or page, the next call ends with the same papers`, async () => {
    server.papers = [...oddPapers, ...plainPapers(source === "rss" ? 450 : 20)];
    const options: IngestOptions =
      source === "oai"
        ? oai
        : source === "rss"
          ? { source, category: "cs.LG", list: true, now }
          : { source, search: "cat:cs.LG", sliceSize: 7, list: true, now };
    const whole = await testDatabase();
    const report = await ingest(whole.db, quickClient(server).client, options);
    const expected = await contents(whole.db);
    assert.ok(report.pages >= 2 && expected.papers.length >= 20);
    await whole.close();
    for (let stop = 1; stop < report.pages; stop++) {
      const { db, close } = await testDatabase();
      // After a page: by the signal.
      const controller = new AbortController();
      const half = { ...options, signal: controller.signal };
      let seen = 0;
      const onProgress = () => {
        if (++seen === stop) controller.abort();
      };
      await assert.rejects(ingest(db, quickClient(server).client, { ...half, onProgress }));
      // Within a page: the database ends the transaction that holds the cursor.
      await assert.rejects(ingest(failing(db), quickClient(server).client, options), /killed/);
      // Before a page: the connection.
      const { client } = quickClient(server, { attempts: 1 });
      server.fault("reset");
      await assert.rejects(ingest(db, client, options), UpstreamError);
      const rest = await ingest(db, quickClient(server).client, options);
      assert.equal(rest.resumed, true);
      assert.deepEqual(await contents(db), expected, `stopped after page ${stop}`);
      const state = await db.selectFrom("harvests").selectAll().executeTakeFirstOrThrow();
      assert.ok(state.finished_at !== null && state.error === null);
      await close();
    }
  });
}

test("killed between two pages, the next process goes on and ends with the same papers", async () => {
  const whole = await testDatabase();
  await ingest(whole.db, quickClient(server).client, oai);
  const expected = await contents(whole.db);
  await whole.close();
  const directory = await mkdtemp(join(tmpdir(), "daily-kernel-"));
  try {
    const asked = server.requests.length;
    // Two pages come whole, of the third one half.
    server.faultAfter(2, "slow-body");
    const script = fileURLToPath(import.meta.resolve("./fixture/ingest-process.ts"));
    const child = spawn(process.execPath, [script, directory, JSON.stringify(server.urls)], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    const ended = once(child, "exit");
    while (server.requests.length < asked + 3 && child.exitCode === null)
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 10))]);
    child.kill("SIGKILL");
    assert.deepEqual(await ended, [null, "SIGKILL"]);
    const { db, close } = await openDatabase({ directory });
    const { papers } = await contents(db);
    assert.equal(papers.length, 10);
    const report = await ingest(db, quickClient(server).client, oai);
    assert.deepEqual([report.resumed, report.pages, report.added], [true, 3, 18]);
    assert.deepEqual(await contents(db), expected);
    await close();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

/** The database, but a transaction that moves a cursor is rolled back as if the process were gone. */
function failing(db: Db): Db {
  return new Proxy(db, {
    get(target, key) {
      if (key !== "transaction") {
        const value = Reflect.get(target, key, target);
        return typeof value === "function" ? value.bind(target) : value;
      }
      return () => ({
        execute: (work: (trx: Db) => Promise<unknown>) =>
          target.transaction().execute(async (trx) => {
            await work(trx);
            throw new Error("killed");
          }),
      });
    },
  });
}

test("an expired token begins the list again, and one that always expires is told", async () => {
  const { db, close } = await testDatabase();
  const { client } = quickClient(server);
  server.fault("expired-token", 2);
  const report = await ingest(db, client, oai);
  assert.equal(report.added, 28);
  assert.equal((await contents(db)).papers.length, 28);
  server.fault("expired-token", 4);
  await assert.rejects(ingest(db, client, oai), /expire again and again/);
  const { error } = await db.selectFrom("harvests").select("error").executeTakeFirstOrThrow();
  assert.match(error ?? "", /expire/);
  // Another day, another patience; and another first day begins anew.
  server.fault("expired-token", 3);
  assert.equal((await ingest(db, client, oai)).resumed, true);
  assert.equal((await ingest(db, client, { ...oai, from: "2025-03-02" })).resumed, false);
  await close();
});

test("an empty page is no end, a token that leads to itself is an error", async () => {
  const { db, close } = await testDatabase();
  const answers = (...bodies: string[]) =>
    quickClient(server, {
      fetch: async () =>
        new Response(
          `<OAI-PMH><responseDate>2025-03-07T12:00:00Z</responseDate>${bodies.shift()}</OAI-PMH>`,
        ),
    }).client;
  const idle = (token: string) =>
    `<ListRecords><resumptionToken completeListSize="9">${token}</resumptionToken></ListRecords>`;
  const report = await ingest(db, answers(idle("a|1"), idle("a|2"), idle("")), oai);
  assert.deepEqual([report.pages, report.papers, report.total], [3, 0, 9]);
  await assert.rejects(ingest(db, answers(idle("a|1"), idle("a|1")), oai), /leads to itself/);
  await close();
});

test("a search that its limit ends says how many papers there are", async () => {
  const { db, close } = await testDatabase();
  const { client } = quickClient(server);
  const search = { source: "query", search: "cat:cs.LG", max: 10, sliceSize: 4, now } as const;
  const report = await ingest(db, client, search);
  assert.deepEqual([report.papers, report.total, report.pages], [10, 28, 3]);
  await close();
});

test("the next harvest goes on from the day of the last, an empty one is no error", async () => {
  const { db, close } = await testDatabase();
  const { client } = quickClient(server);
  await ingest(db, client, oai);
  const { from, ...goOn } = oai;
  const asked = server.requests.length;
  await ingest(db, client, { ...goOn, now: new Date("2025-03-08T12:00:00Z") });
  assert.match(server.requests[asked] ?? "", /from=2025-03-07/);
  server.today = "2025-03-10";
  const empty = await ingest(db, client, { ...goOn, from: "2025-03-09", until: "2025-03-09" });
  assert.deepEqual([empty.pages, empty.papers], [1, 0]);
  const last = server.requests.length;
  await ingest(db, client, goOn);
  assert.match(server.requests[last] ?? "", /from=2025-03-09/);
  await close();
});

test("a deleted record marks a known paper as withdrawn and keeps it", async () => {
  const { db, close } = await testDatabase();
  const { client } = quickClient(server);
  const doomed = "2412.00106";
  await importCatalogue(
    db,
    [{ id: doomed, title: "Doomed", authors: ["N"], publishedAt: "2024-12-02" }],
    { now },
  );
  const report = await ingest(db, client, oai);
  assert.equal(report.deleted, 1);
  const paper = await getPaper(db, doomed);
  assert.equal(paper?.withdrawnAt?.toISOString(), "2025-03-06T00:00:00.000Z");
  assert.equal(paper?.listedDay, "2024-12-02");
  await close();
});

test("a revision changes the paper, keeps its authors' ids and adds its version", async () => {
  const { db, close } = await testDatabase();
  const { client } = quickClient(server);
  await ingest(db, client, oai);
  const before = await getPaper(db, "2503.00101");
  server.papers = server.papers.map((paper) =>
    paper.id === "2503.00101"
      ? {
          ...paper,
          title: "Bridges, revised",
          datestamp: "2025-03-08",
          versions: [...paper.versions, { at: "2025-03-07T15:00:00Z", size: "420kb" }],
        }
      : paper,
  );
  const report = await ingest(db, client, { ...oai, from: "2025-03-08" });
  assert.deepEqual([report.changed, report.listed], [1, 0]);
  const paper = await getPaper(db, "2503.00101");
  assert.equal(paper?.title, "Bridges, revised");
  assert.deepEqual(paper?.authors, before?.authors);
  assert.equal(paper?.listedDay, before?.listedDay);
  assert.equal((await paperVersions(db, "2503.00101")).length, 2);
  // The query interface tells less of the same and takes nothing away.
  const stored = await contents(db);
  const same = await ingest(db, client, { source: "ids", ids: ["2503.00101", "2503.00103"], now });
  assert.deepEqual([same.same, same.changed], [2, 0]);
  assert.deepEqual(await contents(db), stored);
  await close();
});

test("the day's announcement: new and cross enter the feed, replacements do not", async () => {
  const { db, close } = await testDatabase();
  const { client } = quickClient(server);
  const rss = { source: "rss", category: "cs.LG", list: true, now } as const;
  const report = await ingest(db, client, rss);
  assert.equal(await listedDay(db, "2503.00101"), "2025-03-07");
  assert.equal(await listedDay(db, "2503.00102"), "2025-03-07");
  assert.equal(await listedDay(db, "2503.00103"), null);
  // The feed names the paper without a title, the query interface does not have it yet.
  assert.deepEqual(report.missing, ["2503.00109"]);
  server.papers = server.papers.map((paper) =>
    paper.id === "2503.00109" ? { ...paper, title: "Named at last" } : paper,
  );
  const later = await ingest(db, client, { ...rss, now: new Date("2025-03-07T18:00:00Z") });
  assert.equal(later.added, 1);
  assert.equal(await listedDay(db, "2503.00109"), "2025-03-07");
  server.today = "2025-03-08";
  assert.equal((await ingest(db, client, rss)).pages, 0);
  await close();
});

test("why an ingestion failed is kept with its source until it succeeds", async () => {
  const { db, close } = await testDatabase();
  const { client } = quickClient(server);
  server.fault("unavailable-long");
  await assert.rejects(ingest(db, client, oai), (error) => {
    assert.ok(error instanceof UpstreamThrottled);
    return error.retryAfter === 3600;
  });
  const error = () => db.selectFrom("harvests").select("error").executeTakeFirstOrThrow();
  assert.match((await error()).error ?? "", /3600 s/);
  await ingest(db, client, oai);
  assert.equal((await error()).error, null);
  server.fault("unavailable-long");
  await assert.rejects(ingest(db, client, { source: "rss", category: "cs.LG", now }));
  const feed = db.selectFrom("harvests").select("error").where("source", "=", "rss:cs.LG");
  assert.match((await feed.executeTakeFirstOrThrow()).error ?? "", /3600 s/);
  await close();
});

test("one paper by its id, with all versions, not listed; unknown ones are not found", async () => {
  const { db, close } = await testDatabase();
  const { client } = quickClient(server);
  const id = "2503.00103";
  assert.deepEqual(await indexPaper(db, client, `https://arxiv.org/abs/${id}v1`), {
    id,
    added: true,
  });
  assert.deepEqual(await indexPaper(db, client, id), { id, added: false });
  assert.equal((await paperVersions(db, id)).length, 3);
  assert.equal(await listedDay(db, id), null);
  await assert.rejects(indexPaper(db, client, "2503.09999"), { code: "ERR_NOT_FOUND" });
  await assert.rejects(indexPaper(db, client, "2407.2680"), { name: "InvalidArxivId" });
  await assert.rejects(indexPaper(db, client, "2503.00109"), /no title/);
  await close();
});

test("a catalogue is imported once, and what arXiv tells is not undone by it", async () => {
  const { db, close } = await testDatabase();
  const { client } = quickClient(server);
  const entries = [
    {
      id: "2503.00101",
      title: "Bridges",
      abstract: "Our summary.",
      authors: ["Zoë Müller"],
      authorCount: 3,
      publishedAt: "2025-03-06",
    },
    { id: "2510.07356v1", title: "Later", authors: [], publishedAt: "2025-10-08", listedAt: null },
  ];
  assert.deepEqual(await importCatalogue(db, entries, { now }), {
    added: 2,
    changed: 0,
    same: 0,
    listed: 1,
  });
  const again = await importCatalogue(db, entries, { now });
  assert.deepEqual([again.same, again.listed], [2, 0]);
  assert.equal((await getPaper(db, "2503.00101"))?.authorCount, 3);
  assert.equal(await listedDay(db, "2503.00101"), "2025-03-06");
  await ingest(db, client, oai);
  assert.match((await getPaper(db, "2503.00101"))?.title ?? "", /^Schrödinger/);
  assert.equal(await listedDay(db, "2503.00101"), "2025-03-06");
  await importCatalogue(db, entries, { now });
  assert.match((await getPaper(db, "2503.00101"))?.title ?? "", /^Schrödinger/);
  const wrong = [{ ...entries[0]!, publishedAt: "yesterday" }];
  await assert.rejects(
    async () => importCatalogue(db, wrong, { now }),
    /entries\[0\]\.publishedAt/,
  );
  await close();
});

test("what is asked wrongly is refused before arXiv is asked", async () => {
  const { db, close } = await testDatabase();
  const { client } = quickClient(server);
  const before = server.requests.length;
  const wrong = [
    { ...oai, set: "cs:LG/../../x" },
    { ...oai, from: "2025-02-30" },
    { ...oai, from: "2025-03-05", until: "2025-03-04" },
    { ...oai, listDays: Number.NaN },
    { source: "rss", category: "http://x", now },
    { source: "query", search: " ", now },
    { source: "ids", ids: ["2407.2680"], now },
    { source: "elsewhere", now },
  ] as unknown as IngestOptions[];
  for (const options of wrong) {
    await assert.rejects(ingest(db, client, options), (error) => {
      assert.ok(error instanceof FeedError, String(error));
      return error.code === "ERR_INPUT";
    });
  }
  assert.equal(server.requests.length, before);
  assert.deepEqual(await db.selectFrom("harvests").select("source").execute(), []);
  await close();
});
