import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import {
  createApiToken,
  json,
  limits,
  makeAccount,
  newId,
  RateLimiter,
} from "@daily-kernel/feed/node";
import { createListener, openService, readConfig, type Service } from "@daily-kernel/service";
import { liveTable } from "./live-table.ts";
import type { Load, Loaded } from "./load.ts";
import { quantiles } from "./quantiles.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const PAPERS = 10_000;
const SECONDS = 3;

/**
 * The whole service on a port, its embedded database on disk with 10,000 synthetic papers, under a
 * client in a process of its own: both share the machine's cores. Limits by address are lifted.
 */
export async function http(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "daily-kernel-bench-"));
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const env = { DAILY_KERNEL_DIR: directory, EMBEDDER: "lsa", WORKERS: "0", LOG_LEVEL: "silent" };
  const service = await openService(readConfig(env, { root, listening: port }), { root });
  try {
    await addPapers(service);
    const token = await addToken(service);
    // One account votes all the time, from one address.
    const free = { ...service, limiter: unlimited() };
    server.on(
      "request",
      createListener(free, (_, response) => response.writeHead(404).end()),
    );
    await measure(port, token);
  } finally {
    server.closeAllConnections();
    server.close();
    await service.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measure(port: number, token: string): Promise<void> {
  const get = (path: string) => [{ method: "GET", path }];
  const feed = "/api/daily_papers";
  const etag = (await fetch(`http://127.0.0.1:${port}${feed}`)).headers.get("etag")!;
  const upvote = "/api/papers/2001.{n}/upvote";
  const print = liveTable();
  for (const [operation, requests, headers] of [
    ["feed, 50 papers, kept, gzip", get(feed), { "accept-encoding": "gzip" }],
    ["feed, 50 papers, kept, not compressed", get(feed), {}],
    ["feed, 50 papers, 304", get(feed), { "if-none-match": etag }],
    ["one paper, kept", get("/api/papers/2001.00007"), {}],
    ["Atom feed, 100 papers, kept, gzip", get("/feed.atom"), { "accept-encoding": "gzip" }],
    ["one day of the feed, 40 papers, from the database", get(`${feed}?date={d}&other={n}`), {}],
    ["newest 50 papers, from the database", get(`${feed}?other={n}`), {}],
    ["hottest 50 papers, from the database", get(`${feed}?sort=trending&other={n}`), {}],
    [
      "upvote, and taken back",
      ["POST", "DELETE"].map((method) => ({ method, path: upvote.replace("{n}", "00042") })),
      { authorization: `Bearer ${token}` },
    ],
  ] as const) {
    for (const connections of [1, 8, 32]) {
      const load = { port, connections, seconds: SECONDS, requests, headers };
      const { perSecond, times, statuses, bytes } = await run(load);
      print({
        [`HTTP, ${PAPERS} papers`]: operation,
        clients: String(connections),
        "requests/s": perSecond.toFixed(0),
        "p50 / p95 / p99 ms": quantiles(times, [0.5, 0.95, 0.99]),
        "kB each": (bytes / times.length / 1000).toFixed(1),
        statuses: Object.entries(statuses)
          .map(([status, count]) => `${status}: ${count}`)
          .join(" "),
      });
    }
  }
  console.log();
}

async function run(load: Load): Promise<Loaded> {
  const program = fileURLToPath(new URL("load.ts", import.meta.url));
  const child = spawn(process.execPath, [program, JSON.stringify(load)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(await text(child.stdout)) as Loaded;
}

/** SYNTHETIC papers, 40 a day, written as the service writes them but all at once. */
async function addPapers({ db }: Service): Promise<void> {
  const day = 86_400_000;
  const first = Date.parse("2020-01-01T09:00:00Z");
  const words = "kernels bounds low rank sampling attention matrices estimate converge under noise";
  for (let from = 0; from < PAPERS; from += 500) {
    const rows = Array.from({ length: 500 }, (_, i) => {
      const number = from + i + 1;
      const at = new Date(first + Math.floor(number / 40) * day + (number % 40) * 60_000);
      return {
        id: `2001.${String(number).padStart(5, "0")}`,
        object_id: newId(at),
        title: `Synthetic paper ${number} on ${words.split(" ")[number % 11]}`,
        abstract: `${words} ${number}. `.repeat(12),
        authors: json(
          Array.from({ length: 5 }, (_, k) => ({ id: newId(at), name: `Author ${number}-${k}` })),
        ),
        author_count: 5,
        primary_category: "cs.LG",
        categories: ["cs.LG", "stat.ML"],
        topics: ["kernels", "sampling"],
        published_at: at,
        updated_at: at,
        listed_at: at,
        listed_day: at.toISOString().slice(0, 10),
        heat_day: (number * 7919) % 1000,
        heat_week: (number * 104_729) % 1000,
      };
    });
    await db.insertInto("papers").values(rows).execute();
  }
}

async function addToken({ db }: Service): Promise<string> {
  const now = new Date();
  const { id } = await makeAccount(db, { name: "bench", now });
  return (await createApiToken(db, { accountId: id, label: "bench", now })).token;
}

function unlimited(): RateLimiter<keyof typeof limits> {
  const buckets = Object.keys(limits).map((name) => [name, { limit: 1e9, seconds: 300 }]);
  return new RateLimiter(Object.fromEntries(buckets) as unknown as typeof limits);
}
