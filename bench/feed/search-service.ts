import { json, newId, nextRevision, openDatabase, Search } from "@daily-kernel/feed/node";
import { printTable } from "../peers/table.ts";
import type { Collection } from "./collection.ts";
import { timed } from "./engine.ts";
import { quantiles } from "./quantiles.ts";

const BATCH = 500;

/**
 * The service's own search: papers in the embedded database, the index on its thread. How long it
 * takes to start, to search from outside, and to take in a paper that changed.
 */
export async function serviceAtSize({ name, papers, queries }: Collection): Promise<void> {
  const database = await openDatabase({ memory: true });
  const { db } = database;
  const moment = new Date("2020-01-01T00:00:00Z");
  for (let from = 0; from < papers.length; from += BATCH) {
    const rows = papers.slice(from, from + BATCH).map(({ id, title, abstract, authors }) => ({
      id,
      object_id: newId(moment),
      title,
      abstract,
      authors: json(
        authors.map((author, i) => ({ id: String(i).padStart(24, "0"), name: author })),
      ),
      author_count: authors.length,
      published_at: moment,
      updated_at: moment,
    }));
    await db.insertInto("papers").values(rows).execute();
  }
  const { value: search, seconds } = await timed(() => Search.start(db, { every: 0 }));
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    for (const { text } of queries) {
      const one = await timed(() => search.query({ q: text, limit: 20 }));
      if (round > 0) times.push(one.seconds * 1000);
    }
  }
  const similar: number[] = [];
  for (let i = 0; i < 100; i++) {
    const one = await timed(() => search.similar(papers[i]!.id, 6));
    similar.push(one.seconds * 1000);
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
      "start s": seconds.toFixed(1),
      "one change ms": (refresh.seconds * 1000).toFixed(0),
    },
  ]);
  console.log();
  await search.close();
  await database.close();
}
