import assert from "node:assert/strict";
import { test } from "node:test";
import type { Db } from "../../database/open.ts";
import { inTransaction } from "../../database/transaction.ts";
import { hidePaper, showPaper } from "../../moderation/moderate-papers.ts";
import { listPaper } from "../../papers/list-paper.ts";
import type { PaperInput } from "../../papers/paper-input.ts";
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
/** Writes papers and lists them in their order of appearance. */
async function publish(db: Db, papers: readonly PaperInput[]): Promise<void> {
  await upsertPapers(db, papers);
  for (const { id } of papers) await listPaper(db, { paperId: id, now: morning });
}
const ids = ({ hits }: { hits: readonly { id: string }[] }) => hits.map(({ id }) => id);

onEachDatabase("two indexes follow one database", async ({ db }) => {
  await publish(db, [kernels]);
  const [one, two] = [await Search.start(db, { every: 0 }), await Search.start(db, { every: 0 })];
  try {
    await publish(db, [{ ...kernels, title: "Walks on graphs" }, flows]);
    for (const search of [one, two]) {
      assert.equal(await search.refresh(), 2);
      assert.equal(await search.refresh(), 0);
      assert.deepEqual(ids(await search.query({ q: '"kernels for"', limit: 5 })), []);
      assert.deepEqual(ids(await search.query({ q: '"walks on"', limit: 5 })), [kernels.id]);
      assert.deepEqual(ids(await search.query({ q: "noether", limit: 5 })), [flows.id]);
      await search.settled();
      assert.deepEqual(await search.state(), {
        papers: 2,
        reading: false,
        dense: "lsa",
        vectors: 2,
        fitting: false,
      });
    }
  } finally {
    await Promise.all([one.close(), two.close()]);
  }
});

onEachDatabase("a hidden paper is not found, a shown one is again", async ({ db }) => {
  await publish(db, [kernels, flows]);
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
  await publish(db, [kernels, flows]);
  const search = await Search.start(db, { every: 0, embedder: twoSubjects });
  try {
    assert.deepEqual(await search.query({ q: "stroll", limit: 5 }), {
      hits: [],
      total: 0,
      dense: "none",
    });
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

test("filters look at the day of listing", async () => {
  const database = await testDatabase();
  const { db } = database;
  await publish(db, [kernels]);
  await upsertPapers(db, [flows]);
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

test("a paper that is not listed is found by its id alone, until it is listed", async () => {
  const database = await testDatabase();
  const { db } = database;
  await publish(db, [kernels]);
  await upsertPapers(db, [flows]);
  const search = await Search.start(db, { every: 0 });
  try {
    await search.settled();
    const question = { q: "flows graphs", limit: 5, ranking: "words" as const };
    assert.deepEqual(ids(await search.query({ q: `arXiv:${flows.id}v1`, limit: 5 })), [flows.id]);
    assert.deepEqual(ids(await search.query(question)), [kernels.id]);
    assert.deepEqual(await search.similar(kernels.id, 5), []);
    assert.deepEqual(ids(await search.query({ q: "emmy noether", limit: 5 })), []);
    await listPaper(db, { paperId: flows.id, now: morning });
    await search.refresh();
    assert.deepEqual(ids(await search.query(question)), [flows.id, kernels.id]);
    assert.equal((await search.similar(kernels.id, 5))[0]!.id, flows.id);
  } finally {
    await search.close();
    await database.close();
  }
});

test("a large collection is searched before all of it is there, words before meaning", async () => {
  const database = await testDatabase();
  const { db } = database;
  const size = 6000;
  const subjects = ["graph kernel walk", "flow density manifold", "kernel graph flow"];
  for (let from = 0; from < size; from += 1000) {
    const papers = Array.from({ length: 1000 }, (_, i) => {
      const id = `2409.${String(from + i).padStart(5, "0")}`;
      return samplePaper(id, { title: `Paper ${from + i}`, abstract: subjects[i % 3]! });
    });
    await upsertPapers(db, papers);
  }
  const search = await Search.start(db, { every: 0 });
  try {
    const { papers, reading, dense } = await search.state();
    assert.ok(papers >= 5000 && papers < size, `${papers}`);
    assert.ok(reading);
    assert.equal(dense, "none");
    const early = await search.query({ q: "2409.00001", limit: 1 });
    assert.deepEqual([ids(early), early.dense], [["2409.00001"], "none"]);
    await search.settled();
    const state = { papers: size, reading: false, dense: "lsa", vectors: size, fitting: false };
    assert.deepEqual(await search.state(), state);
  } finally {
    await search.close();
    await database.close();
  }
});

test("it can be closed while it reads, and while it looks for meaning", async () => {
  const database = await testDatabase();
  const errors: unknown[] = [];
  await publish(database.db, [kernels, flows]);
  const onError = (error: unknown) => void errors.push(error);
  const search = await Search.start(database.db, { every: 0, onError });
  await search.close();
  const other = await Search.start(database.db, { every: 0, onError });
  await publish(database.db, [samplePaper("2409.00003")]);
  const reading = other.refresh();
  reading.catch(() => {});
  await other.close();
  await assert.rejects(other.query({ q: "x", limit: 1 }), /closed/);
  assert.deepEqual(errors, []);
  await database.close();
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
    await inTransaction(database.db, (trx) => publish(trx, [kernels]));
    // Ends with the test's own limit should it never see the paper.
    while ((await search.state()).papers === 0) await new Promise(setImmediate);
    assert.deepEqual(ids(await search.query({ q: "graphs", limit: 5 })), [kernels.id]);
  } finally {
    await search.close();
    await database.close();
  }
});
