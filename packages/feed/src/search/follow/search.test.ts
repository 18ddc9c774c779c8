import assert from "node:assert/strict";
import { test } from "node:test";
import { inTransaction } from "../../database/transaction.ts";
import { hidePaper, showPaper } from "../../moderation/moderate-papers.ts";
import { listPaper } from "../../papers/list-paper.ts";
import { upsertPapers } from "../../papers/upsert-papers.ts";
import { hoursAfter, morning, onEachDatabase, samplePaper, testDatabase } from "../../testing.ts";
import { embedMissing } from "../embedders/embed-missing.ts";
import type { Embedder } from "../embedders/embedder.ts";
import { Search } from "./search.ts";

const kernels = samplePaper("2409.00001", {
  title: "Kernels for graphs",
  abstract: "A kernel compares graphs by their walks.",
  authors: ["Ada Lovelace"],
});
const flows = samplePaper("2409.00002", {
  title: "Flows on manifolds",
  abstract: "Continuous flows transport densities, and graphs of them.",
  authors: ["Emmy Noether"],
});

/** Knows two subjects: what a text says of walks, and of transport. */
const twoSubjects: Embedder = {
  name: "two-subjects",
  dimension: 2,
  embed: async (texts) =>
    texts.map((text) =>
      Float32Array.of(count(text, /walk|stroll/g), count(text, /transport|carry/g)),
    ),
};
const count = (text: string, what: RegExp) => text.match(what)?.length ?? 0;
const ids = ({ hits }: { hits: readonly { id: string }[] }) => hits.map(({ id }) => id);

onEachDatabase("two indexes follow one database", async ({ db }) => {
  await upsertPapers(db, [kernels]);
  const [one, two] = [await Search.start(db, { every: 0 }), await Search.start(db, { every: 0 })];
  try {
    await upsertPapers(db, [{ ...kernels, title: "Walks on graphs" }, flows]);
    for (const search of [one, two]) {
      assert.equal(await search.refresh(), 2);
      assert.equal(await search.refresh(), 0);
      assert.deepEqual(ids(await search.query({ q: '"kernels for"', limit: 5 })), []);
      assert.deepEqual(ids(await search.query({ q: '"walks on"', limit: 5 })), [kernels.id]);
      assert.deepEqual(ids(await search.query({ q: "noether", limit: 5 })), [flows.id]);
      assert.deepEqual(await search.state(), { papers: 2, dense: "lsa" });
    }
  } finally {
    await Promise.all([one.close(), two.close()]);
  }
});

onEachDatabase("a hidden paper is not found, a shown one is again", async ({ db }) => {
  await upsertPapers(db, [kernels, flows]);
  const search = await Search.start(db, { every: 0 });
  try {
    const act = { by: "operator" as const, paperId: kernels.id, now: morning, reason: "off topic" };
    await hidePaper(db, act);
    await search.refresh();
    assert.deepEqual(ids(await search.query({ q: kernels.id, limit: 5 })), []);
    await showPaper(db, act);
    await search.refresh();
    assert.deepEqual(ids(await search.query({ q: kernels.id, limit: 5 })), [kernels.id]);
  } finally {
    await search.close();
  }
});

onEachDatabase("vectors of the model rank by meaning as soon as they are there", async ({ db }) => {
  await upsertPapers(db, [kernels, flows]);
  const search = await Search.start(db, { every: 0, embedder: twoSubjects });
  try {
    assert.deepEqual(ids(await search.query({ q: "stroll", limit: 5 })), []);
    assert.equal(await embedMissing(db, twoSubjects), 2);
    assert.equal(await search.refresh(), 2);
    const found = await search.query({ q: "a stroll", limit: 5 });
    assert.deepEqual(
      found.hits.map(({ id, by }) => [id, by]),
      [[kernels.id, "meaning"]],
    );
    assert.equal(found.dense, "two-subjects");
    assert.deepEqual(await search.similar("none", 3), []);
  } finally {
    await search.close();
  }
});

test("filters look at the day of listing, or of publication", async () => {
  const database = await testDatabase();
  const { db } = database;
  await upsertPapers(db, [kernels, flows]);
  await listPaper(db, { paperId: flows.id, now: hoursAfter(morning, 48) });
  const search = await Search.start(db, { every: 0 });
  try {
    const of = async (filters: { from?: string; to?: string }) =>
      ids(await search.query({ q: "graphs manifolds", limit: 5, filters, ranking: "words" }));
    assert.deepEqual(await of({ to: "2024-09-14" }), [kernels.id]);
    assert.deepEqual(await of({ from: "2024-09-15" }), [flows.id]);
  } finally {
    await search.close();
    await database.close();
  }
});

test("bad requests are refused with the error's class", async () => {
  const database = await testDatabase();
  const search = await Search.start(database.db, { every: 0 });
  try {
    await assert.rejects(search.query({ q: "x", limit: -1 }), {
      name: "FeedError",
      code: "ERR_INPUT",
      status: 400,
    });
    assert.deepEqual(await search.query({ q: "anything", limit: 3 }), {
      hits: [],
      total: 0,
      dense: "none",
    });
  } finally {
    await search.close();
    await database.close();
  }
  await assert.rejects(search.similar("x", 1), /closed/);
});

test("it looks at the database by itself", async () => {
  const database = await testDatabase();
  const search = await Search.start(database.db, { every: 5 });
  try {
    await inTransaction(database.db, (trx) => upsertPapers(trx, [kernels]));
    // Ends with the test's own limit should it never see the paper.
    while ((await search.state()).papers === 0) await new Promise(setImmediate);
    assert.deepEqual(ids(await search.query({ q: "graphs", limit: 5 })), [kernels.id]);
  } finally {
    await search.close();
    await database.close();
  }
});
