import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bm25Defaults, InvertedIndex, stopWords, words } from "@daily-kernel/feed";
import { openDatabase } from "@daily-kernel/feed/node";
import { missingPostgres, postgresUrl } from "@daily-kernel/feed/testing";
import { PythonPeer } from "../peers/python-peer.ts";
import { notAvailable, sideBySide } from "../peers/side-by-side.ts";
import { printTable } from "../peers/table.ts";
import { ensureVenv } from "../peers/venv.ts";
import { type Collection, cranfieldCollection, synthetic } from "./collection.ts";
import { type Build, type Engine, timed } from "./engine.ts";
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
      await speed(collection, postgres(database));
      await scoring(collection);
      await serviceAtSize(collection);
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

/** Milliseconds a query for the best ten, one at a time, and seconds to build. */
async function speed(collection: Collection, postgresEngine: Build): Promise<void> {
  const { papers, queries, name } = collection;
  const rows = [];
  const builds: Build[] = [
    async () => ours("ours: BM25", indexOf(papers), "words"),
    async () => {
      const index = indexOf(papers);
      index.useLsa();
      return ours("ours: hybrid with LSA", index, "hybrid");
    },
    fts5,
    miniSearch,
    postgresEngine,
  ];
  for (const build of builds) {
    const { value: engine, seconds } = await timed(() => build(papers));
    const times: number[] = [];
    for (let round = 0; round < 3; round++) {
      for (const { text } of queries) {
        const { seconds: one } = await timed(() => engine.search(text, 10));
        if (round > 0) times.push(one * 1000);
      }
    }
    rows.push({
      [name]: engine.name,
      "p50 / p95 / p99 ms": quantiles(times, [0.5, 0.95, 0.99]),
      "built in s": seconds.toFixed(1),
    });
    await engine.close?.();
  }
  printTable(rows);
  console.log();
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
    5,
  );
  await python.close();
  rmSync(folder, { recursive: true });
  printTable(results);
  console.log();
}
