import { setTimeout } from "node:timers/promises";
import type { IndexedPaper, SearchIndex } from "@daily-kernel/feed";
import { type Db, json, newId, nextRevision, openDatabase, Search } from "@daily-kernel/feed/node";
import { printTable } from "../peers/table.ts";
import type { Collection } from "./collection.ts";
import { timed } from "./engine.ts";
import { quantiles } from "./quantiles.ts";

const BATCH = 500;

/**
 * The service's own search: papers in the embedded database, the index on its thread. How long until
 * words and then meaning are there, what a search takes meanwhile and afterwards, and how long it is
 * until a change is found. `index` has the same papers: the answers must be the same.
 */
export async function serviceAtSize(
  { name, papers, queries }: Collection,
  index: SearchIndex,
): Promise<void> {
  const database = await openDatabase({ memory: true });
  const { db } = database;
  const filling = await timed(() => fill(db, papers));
  console.log(`the service, ${name}: written to PGlite in ${filling.seconds.toFixed(0)} s`);
  const begin = performance.now();
  const since = () => ((performance.now() - begin) / 1000).toFixed(1);
  const search = await Search.start(db, { every: 0 });
  const started = since();
  const texts = queries.map(({ text }) => text);
  const ask = async (q: string) =>
    (await timed(() => search.query({ q, limit: 20 }))).seconds * 1000;
  let settled = false;
  const settling = search.settled().then(() => {
    settled = true;
  });
  const meanwhile: number[] = [];
  let words: string | undefined;
  for (let i = 0; !settled; i++) {
    meanwhile.push(await ask(texts[i % texts.length]!));
    if (words === undefined && !(await search.state()).reading) words = since();
    // As readers would: one search after another would take a core for itself.
    await setTimeout(50);
  }
  await settling;
  const meaning = since();
  const times: number[] = [];
  for (const text of [...texts, ...texts]) times.push(await ask(text));
  const similar: number[] = [];
  for (const { id } of papers.slice(0, 100)) {
    similar.push((await timed(() => search.similar(id, 6))).seconds * 1000);
  }
  let same = 0;
  for (const q of texts) {
    const { hits } = await search.query({ q, limit: 20 });
    if (JSON.stringify(hits) === JSON.stringify(index.search({ q, limit: 20 }).hits)) same++;
  }
  await db
    .updateTable("papers")
    .set({ title: "Another title", revision: nextRevision })
    .where("id", "=", papers[0]!.id)
    .execute();
  const refresh = await timed(() => search.refresh());
  printTable([
    {
      [`the service, ${name}`]: "hybrid with LSA, through the thread",
      "query p50 / p95 / p99 ms": quantiles(times, [0.5, 0.95, 0.99]),
      "similar p50 / p95 ms": quantiles(similar),
      "start, all words, meaning: s": `${started}, ${words ?? meaning}, ${meaning}`,
      "query meanwhile p50 / p95 / most ms": quantiles(meanwhile, [0.5, 0.95, 1]),
      "one change ms": (refresh.seconds * 1000).toFixed(0),
      "answers as in process": `${same} of ${texts.length}`,
    },
  ]);
  console.log();
  await search.close();
  await database.close();
}

async function fill(db: Db, papers: readonly IndexedPaper[]): Promise<void> {
  for (let from = 0; from < papers.length; from += BATCH) {
    const rows = papers.slice(from, from + BATCH).map((paper) => {
      const at = new Date(`${paper.day}T00:00:00Z`);
      return {
        id: paper.id,
        object_id: newId(at),
        title: paper.title,
        abstract: paper.abstract,
        authors: json(
          paper.authors.map((author, i) => ({ id: String(i).padStart(24, "0"), name: author })),
        ),
        author_count: paper.authors.length,
        published_at: at,
        updated_at: at,
        listed_at: at,
        listed_day: paper.day,
      };
    });
    await db.insertInto("papers").values(rows).execute();
  }
}
