import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  cursorPage,
  type Database,
  type FeedQuery,
  feedPage,
  filledDays,
  getPaper,
  openDatabase,
  topicCounts,
  vote,
} from "@daily-kernel/feed/node";
import { missingPostgres, postgresUrl, sampleAccount } from "@daily-kernel/feed/testing";
import { printTable } from "../peers/table.ts";
import { quantiles } from "./quantiles.ts";

const PAPERS = 100_000;
const CALLS = 200;
const ACCOUNTS = 100;

/**
 * 100,000 synthetic papers on 333 days in each kind of database, and how long a call takes, one
 * after the other. The processor's time is that of the process, PGlite's thread with it, and moves
 * less than the clock's when others use the machine; a server's own is not in it.
 */
export async function store(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "daily-kernel-bench-"));
  try {
    await measure(await openDatabase({ directory }));
    const missing = missingPostgres();
    if (missing) console.log(`Postgres skipped: ${missing}`);
    else await measure(await openDatabase({ url: await postgresUrl() }));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function measure(database: Database): Promise<void> {
  const { db, kind } = database;
  await fill(database);
  const accounts: string[] = [];
  for (let i = 0; i < ACCOUNTS; i++) accounts.push(await sampleAccount(db, `reader-${i}`));
  const page = (query: Partial<FeedQuery>) => () =>
    feedPage(db, { sort: "trending-day", limit: 50, offset: 0, ...query });
  const month = { from: "2023-05-01", to: "2023-05-31" };
  let cursor: string | null = null;
  let turn = 0;
  const calls: Record<string, () => Promise<unknown>> = {
    "newest, 50": page({ sort: "newest" }),
    "trending, 50": page({}),
    "trending, 20": page({ limit: 20 }),
    "trending, 50 after 5,000": page({ offset: 5000 }),
    "a day's trending, 50": page({ from: "2023-05-05", to: "2023-05-05" }),
    "a month's trending, 50": page(month),
    "a topic of five, 50": page({ topic: "vision" }),
    "a category of four, 50": page({ category: "cs.CV" }),
    "claims that fail (1%), 50": page({ hasClaims: "fail" }),
    "at least 40 votes, 50": page({ minVotes: 40 }),
    "the next 50 by cursor": async () => {
      const found = await cursorPage(db, { limit: 50, ...(cursor !== null && { cursor }) });
      cursor = found.next;
    },
    "one paper": () => getPaper(db, idOf(turn++)),
    "all days": () => filledDays(db),
    "all topics": () => topicCounts(db),
    "a vote": () =>
      vote(db, {
        paperId: idOf(Math.floor(turn / ACCOUNTS)),
        accountId: accounts[turn++ % ACCOUNTS]!,
        now: new Date(),
      }),
  };
  const rows = [];
  for (const [name, call] of Object.entries(calls)) rows.push(await timed(name, call));
  console.log(`\n${kind}, ${PAPERS} synthetic papers, ${CALLS} calls each`);
  printTable(rows);
  await database.close();
}

async function timed(name: string, call: () => Promise<unknown>) {
  for (let i = 0; i < CALLS / 10; i++) await call();
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let i = 0; i < CALLS; i++) {
    const begin = performance.now();
    await call();
    times.push(performance.now() - begin);
  }
  const { user, system } = process.cpuUsage(before);
  return {
    call: name,
    "p50 / p95 / p99 ms": quantiles(times, [0.5, 0.95, 0.99]),
    "fastest ms": Math.min(...times).toPrecision(3),
    "processor ms": ((user + system) / 1000 / CALLS).toPrecision(3),
  };
}

const idOf = (i: number) => `2400.${String(10_000 + i).padStart(5, "0")}`;

/** Made inside the database, since what is measured is reading. */
async function fill({ run }: Database): Promise<void> {
  await run(
    `insert into papers (id, object_id, title, abstract, authors, author_count, primary_category,
       categories, topics, published_at, updated_at, listed_at, listed_day, votes, heat_day,
       heat_week, claims_hold, claims_fail, runs_in_browser)
     select to_char(2400 + i / 90000, 'FM0000') || '.' || to_char(10000 + i % 90000, 'FM00000'),
       substr(md5(i::text), 1, 24), 'A synthetic title, number ' || i,
       (select string_agg(md5((i * 41 + k)::text), ' ') from generate_series(1, 40) k),
       '[{"id": "a", "name": "Ada Lovelace"}, {"id": "b", "name": "Alan Turing"}]', 2, 'cs.LG',
       array['cs.LG', (array['cs.CL', 'cs.CV', 'stat.ML', 'math.NA'])[1 + i % 4]],
       array[(array['vision', 'language', 'kernels', 'sampling', 'privacy'])[1 + i % 5]],
       day + (i % 300) * interval '1 minute', day, day, day::date, i * 7919::bigint % 50,
       19358 + i / 300 + log(1 + i * 7919::bigint % 50),
       (19358 + i / 300) / 3.0 + log(1 + i * 7919::bigint % 50),
       (i % 50 = 0)::int, (i % 100 = 7)::int, i % 50 = 0
     from generate_series(0, ${PAPERS - 1}) i,
       lateral (select timestamptz '2023-01-01 00:00Z' + (i / 300) * interval '1 day' as day) d`,
    [],
  );
  await run(
    `insert into feed_counts
     select facet, listed_day, count(*) from papers, unnest(
       array['all', 'topic:' || topics[1], 'category:' || categories[1], 'category:' || categories[2]]
       || case when claims_hold > 0 then array['claims:hold'] end
       || case when claims_fail > 0 then array['claims:fail'] end
       || case when runs_in_browser then array['browser'] end) as facet
     group by 1, 2`,
    [],
  );
  await run("vacuum analyze papers", []);
}
