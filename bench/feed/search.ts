import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  bm25Defaults,
  InvertedIndex,
  type JudgedQuery,
  mean,
  type SearchIndex,
  stopWords,
  words,
} from "@daily-kernel/feed";
import { openDatabase } from "@daily-kernel/feed/node";
import { missingPostgres, postgresUrl } from "@daily-kernel/feed/testing";
import { PythonPeer } from "../peers/python-peer.ts";
import { notAvailable, sideBySide } from "../peers/side-by-side.ts";
import { printTable } from "../peers/table.ts";
import { ensureVenv } from "../peers/venv.ts";
import { type Collection, cranfieldCollection, synthetic } from "./collection.ts";
import { type Build, type Engine, timed } from "./engine.ts";
import { liveTable } from "./live-table.ts";
import { indexOf, ours, plain } from "./ours.ts";
import { fts5, miniSearch, postgres } from "./peers.ts";
import { printQuality } from "./quality.ts";
import { quantiles } from "./quantiles.ts";
import { serviceAtSize } from "./search-service.ts";

/** Search: what it finds on Cranfield beside its peers, and how long it takes at three sizes. */
export async function search(): Promise<void> {
  const cranfield = await cranfieldCollection();
  if ("missing" in cranfield) {
    console.log(`Search: skipped, Cranfield is not here (${cranfield.missing})`);
    return;
  }
  const server = missingPostgres();
  if (server !== null) console.log(`Postgres: PGlite stands in (${server})`);
  const database = await openDatabase(
    server === null ? { url: await postgresUrl() } : { memory: true },
  );
  try {
    await lexicalQuality(cranfield, postgres(database));
    await scoring(cranfield);
    for (const size of [10_000, 100_000]) {
      const collection = synthetic(cranfield, size);
      // At 100,000 MiniSearch takes minutes to build and seconds a query, and PGlite minutes.
      const peers = [fts5];
      if (size <= 10_000) peers.push(miniSearch);
      if (size <= 10_000 || server === null) peers.push(postgres(database));
      const index = await speed(collection, peers);
      await serviceAtSize(collection, index);
      await scoring(collection);
    }
  } finally {
    await database.close();
  }
}

async function lexicalQuality(cranfield: Collection, postgresEngine: Build): Promise<void> {
  const { papers } = cranfield;
  const plainIndex = indexOf(papers, plain);
  const index = indexOf(papers);
  index.useLsa();
  const engines: Engine[] = [
    ours("ours: BM25, one field", plainIndex, "words"),
    ours("ours: BM25, fields weighted", index, "words"),
    ours("ours: LSA", index, "meaning"),
    ours("ours: hybrid with LSA (default)", index, "hybrid"),
  ];
  for (const build of [fts5, miniSearch, postgresEngine]) engines.push(await build(papers));
  await printQuality(cranfield, engines);
}

/**
 * Milliseconds a query for the best ten, one at a time, seconds to build, and how many of the best
 * ten each engine has in common with our BM25. Gives back our index with LSA.
 */
async function speed(
  { papers, queries, name }: Collection,
  peers: readonly Build[],
): Promise<SearchIndex> {
  const print = liveTable();
  const index = indexOf([]);
  const builds: Build[] = [
    async () => {
      for (const paper of papers) index.put(paper);
      index.settle();
      return ours("ours: BM25", index, "words");
    },
    async () => {
      index.useLsa();
      return ours("ours: hybrid with LSA", index, "hybrid");
    },
    ...peers,
  ];
  let best: ReadonlyMap<string, readonly string[]> | undefined;
  for (const build of builds) {
    const { value: engine, seconds } = await timed(() => build(papers));
    const { wall, cpu, found } = await ask(engine, queries);
    best ??= found;
    const shared = [...found].map(
      ([text, ids]) => ids.filter((id) => best!.get(text)?.includes(id)).length,
    );
    print({
      [name]: engine.name,
      "wall p50 / p95 / p99 ms": quantiles(wall, [0.5, 0.95, 0.99]),
      "CPU, mean ms": cpu.toFixed(1),
      queries: String(wall.length),
      "built in s": seconds.toFixed(1),
      "of our ten": mean(shared).toFixed(1),
    });
    await engine.close?.();
  }
  console.log();
  return index;
}

/** An engine has so long for its queries, and answers so many at least. */
const SECONDS = 8;
const LEAST_QUERIES = 20;

/** Asks once around to warm up, then twice; slow engines less. CPU time is of all threads. */
async function ask(engine: Engine, queries: readonly JudgedQuery[]) {
  const found = new Map<string, readonly string[]>();
  const wall: number[] = [];
  const late = (since: number, asked: number) =>
    asked >= LEAST_QUERIES && performance.now() - since > SECONDS * 1000;
  const warmUp = performance.now();
  for (const { text } of queries) {
    if (late(warmUp, found.size)) break;
    found.set(text, await engine.search(text, 10));
  }
  const begin = performance.now();
  const used = process.cpuUsage();
  for (const { text } of [...queries, ...queries]) {
    if (late(begin, wall.length)) break;
    const { seconds } = await timed(() => engine.search(text, 10));
    wall.push(seconds * 1000);
  }
  const { user, system } = process.cpuUsage(used);
  return { wall, cpu: (user + system) / 1000 / wall.length, found };
}

/** BM25 of every paper for all queries, by our postings and as SciPy's sparse product. */
async function scoring({ papers, queries, name }: Collection): Promise<void> {
  const operation = `BM25 scores of ${queries.length} queries, ${name}`;
  const venv = ensureVenv(["numpy", "scipy", "scikit-learn"]);
  if ("missing" in venv) {
    return printTable([notAvailable(operation, "scikit-learn", venv.missing)]);
  }
  const texts = papers.map(({ title, abstract }) => `${title} ${abstract}`.toLowerCase());
  const index = new InvertedIndex([1], bm25Defaults);
  for (const text of texts) index.add([text]);
  const asked = queries.map(({ text }) =>
    words(text).flatMap((word) => (stopWords.has(word) ? [] : (index.numberOf(word) ?? []))),
  );
  const folder = mkdtempSync(join(tmpdir(), "daily-kernel-bench-"));
  const path = join(folder, "texts.json");
  writeFileSync(path, JSON.stringify({ papers: texts, queries: queries.map(({ text }) => text) }));
  const python = new PythonPeer(
    venv.python,
    readFileSync(new URL("bm25.py", import.meta.url), "utf8"),
  );
  await python.ask({ op: "build", path });
  const results = await sideBySide(
    {
      operation,
      floor: "",
      ours: {
        name: "ours",
        run: async (keep) => {
          const largest: number[] = [];
          const begin = performance.now();
          for (const terms of asked) {
            const scores = new Float64Array(index.slots);
            index.score(terms, scores);
            if (keep) largest.push(...scores.toSorted().subarray(-10).toReversed());
          }
          const seconds = (performance.now() - begin) / 1000;
          return keep ? { seconds, result: largest } : { seconds };
        },
      },
      peers: [{ name: "scikit-learn", run: (keep) => python.ask({ op: "score", keep }) }],
      tolerance: 1e-12,
    },
    3,
  );
  await python.close();
  rmSync(folder, { recursive: true });
  printTable(results);
  console.log();
}
