import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluate, type Measure, mean, pairedBootstrap } from "@daily-kernel/feed";
import { type Embedder, openDatabase, openEmbedder } from "@daily-kernel/feed/node";
import { missingPostgres, postgresUrl } from "@daily-kernel/feed/testing";
import { PythonPeer } from "../peers/python-peer.ts";
import { notAvailable, sideBySide } from "../peers/side-by-side.ts";
import { printTable } from "../peers/table.ts";
import { ensureVenv } from "../peers/venv.ts";
import { type Collection, cranfieldCollection, synthetic } from "./collection.ts";
import { type Build, type Engine, timed } from "./engine.ts";
import { miniLm } from "./mini-lm.ts";
import { indexOf, ours, plain, withModel } from "./ours.ts";
import { fts5, miniSearch, postgres } from "./peers.ts";
import { quantiles } from "./quantiles.ts";
import { serviceAtSize } from "./search-service.ts";

const MEASURES: readonly Measure[] = ["nDCG@10", "MAP", "MRR@10", "recall@100"];

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
    await quality(cranfield, postgres(database));
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

/** The measures of every engine, and how far nDCG@10 is from plain BM25's, with its interval. */
async function quality(cranfield: Collection, postgresEngine: Build): Promise<void> {
  const { papers, queries } = cranfield;
  const plainIndex = indexOf(papers, plain);
  const index = indexOf(papers);
  index.useLsa();
  const engines: Engine[] = [
    ours("ours: BM25, one field", plainIndex, "words"),
    ours("ours: BM25, fields weighted", index, "words"),
    ours("ours: LSA", index, "meaning"),
    ours("ours: hybrid with LSA (default)", index, "hybrid"),
    ...(await modelEngines(cranfield, "USE lite", () => openEmbedder("energetic-ai"))),
    ...(await modelEngines(cranfield, "MiniLM-L6", miniLm)),
  ];
  for (const build of [fts5, miniSearch, postgresEngine]) engines.push(await build(papers));
  const lists = async (engine: Engine) => {
    const found = new Map<string, readonly string[]>();
    for (const { text } of queries) found.set(text, await engine.search(text, 1000));
    return evaluate(queries, ({ text }) => found.get(text)!);
  };
  const base = await lists(engines[0]!);
  const rows = [];
  for (const engine of engines) {
    const result = await lists(engine);
    const { mean: difference, low, high } = pairedBootstrap(result["nDCG@10"], base["nDCG@10"]);
    rows.push({
      "Cranfield, 225 queries": engine.name,
      ...Object.fromEntries(MEASURES.map((name) => [name, mean(result[name]).toFixed(4)])),
      "nDCG@10 against the first (95 %)": `${signed(difference)} (${signed(low)}, ${signed(high)})`,
      "odd / even queries": [1, 0]
        .map((odd) => mean(result["nDCG@10"].filter((_, i) => i % 2 !== odd)).toFixed(3))
        .join(" / "),
    });
    await engine.close?.();
  }
  printTable(rows);
  console.log();
}

async function modelEngines(
  { papers, queries }: Collection,
  name: string,
  open: () => Promise<Embedder | null>,
): Promise<Engine[]> {
  let embedder: Embedder | null;
  try {
    embedder = await open();
  } catch (error) {
    console.log(`${name}: not available (${(error as Error).message})`);
    return [];
  }
  if (!embedder) return [];
  const texts = queries.map(({ text }) => text);
  const { index, vectors } = await withModel(papers, texts, embedder);
  const times = [];
  for (const text of texts) times.push((await timed(() => embedder.embed([text]))).seconds * 1000);
  await embedder.close?.();
  console.log(`${name}: a query's vector takes ${quantiles(times)} ms (p50 / p95)`);
  return [
    ours(`ours: ${name} alone`, index, "meaning", vectors),
    ours(`ours: hybrid with ${name}`, index, "hybrid", vectors),
  ];
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

/** BM25 of all queries by our index (the ten best included) and as SciPy's sparse product. */
async function scoring({ papers, queries, name }: Collection): Promise<void> {
  const operation = `BM25 of ${queries.length} queries, ${name}`;
  const venv = ensureVenv(["numpy", "scipy", "scikit-learn"]);
  if ("missing" in venv) {
    return printTable([notAvailable(operation, "scikit-learn", venv.missing)]);
  }
  const index = indexOf(papers, plain);
  const rows = new Map(papers.map(({ id }, row) => [id, row]));
  const folder = mkdtempSync(join(tmpdir(), "daily-kernel-bench-"));
  const path = join(folder, "texts.json");
  writeFileSync(
    path,
    JSON.stringify({
      papers: papers.map(({ title, abstract }) => `${title} ${abstract}`.toLowerCase()),
      queries: queries.map(({ text }) => text),
    }),
  );
  const python = new PythonPeer(
    venv.python,
    readFileSync(new URL("bm25.py", import.meta.url), "utf8"),
  );
  await python.ask({ op: "build", path });
  // Queries with an excluded word are another task there.
  const same = queries.map(({ text }) => text.replaceAll(/(?<=\s)-/g, ""));
  const results = await sideBySide(
    {
      operation,
      floor: "",
      ours: {
        name: "ours",
        run: async (keep) => {
          const begin = performance.now();
          const found = same.map((q) => index.search({ q, limit: 10, ranking: "words" }).hits);
          const seconds = (performance.now() - begin) / 1000;
          const best = found.flatMap((hits) => hits.map(({ id }) => rows.get(id)!));
          return keep ? { seconds, result: best } : { seconds };
        },
      },
      peers: [{ name: "scikit-learn", run: (keep) => python.ask({ op: "score", keep }) }],
      tolerance: 0,
    },
    5,
  );
  await python.close();
  rmSync(folder, { recursive: true });
  printTable(results);
  console.log();
}

const signed = (value: number) => `${value < 0 ? "" : "+"}${value.toFixed(4)}`;
