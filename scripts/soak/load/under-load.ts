import { globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openDatabase } from "@daily-kernel/feed/node";
import type { Check } from "../part.ts";
import { Client } from "../site/client.ts";
import { Random } from "../site/random.ts";
import { type ServiceProcess, startSite, startWorker } from "../site/site-process.ts";
import { listSyntheticPapers } from "../site/synthetic-papers.ts";
import { AccountBook } from "./account-book.ts";
import { checkReplies, checkRows } from "./check-book.ts";
import { Measurements } from "./measurements.ts";
import { type Sample, watchMemory } from "./memory.ts";
import { Readers } from "./readers.ts";
import { runLoad } from "./run-load.ts";
import { Writer } from "./writers.ts";

const root = join(import.meta.dirname, "../../..");

export interface LoadSoak {
  readonly minutes: number;
  readonly rate: number;
  readonly papers: number;
  readonly writers: number;
  /** Networks that readers come from. */
  readonly addresses: number;
  /** Seconds between two looks at the memory. */
  readonly sampleEvery: number;
  readonly seed: number;
  /** An empty Postgres database, for two site processes and two workers; `null` for PGlite and one. */
  readonly databaseUrl: string | null;
  /** Reproductions that writers ask for on the server. */
  readonly runs: number;
  readonly log: (line: string) => void;
}

export interface LoadFigures {
  readonly measurements: Measurements;
  /** By process: its name and what was seen of its memory. */
  readonly memory: readonly (readonly [string, readonly Sample[]])[];
  readonly book: AccountBook;
  readonly checks: readonly Check[];
}

/** A load of readers and writers on the production server, and whether all went well. */
export async function underLoad(soak: LoadSoak): Promise<LoadFigures> {
  const { databaseUrl, log, seed } = soak;
  const folder = mkdtempSync(join(tmpdir(), "daily-kernel-load-"));
  const directories = (databaseUrl === null ? ["site"] : ["site-1", "site-2"]).map((name) =>
    join(folder, name),
  );
  const place =
    databaseUrl === null ? { directory: join(directories[0]!, "database") } : { url: databaseUrl };
  const now = new Date();
  const database = await openDatabase(place);
  const papers = await listSyntheticPapers(database.db, { count: soak.papers, now, seed });
  await database.close();
  log(`${papers.length} synthetic papers are listed`);
  const processes: ServiceProcess[] = [];
  const clients: Client[] = [];
  try {
    const shared = databaseUrl === null ? {} : { DATABASE_URL: databaseUrl };
    const settings = { TRUST_PROXY: "1", ...shared };
    for (const directory of directories) {
      const workers = databaseUrl === null ? {} : { WORKERS: "0" };
      const site = startSite(directory, { ...settings, ...workers });
      processes.push(site);
      clients.push(new Client(await site.ready));
    }
    if (databaseUrl !== null)
      for (const name of ["worker-1", "worker-2"]) {
        const worker = startWorker(join(folder, name), shared);
        processes.push(worker);
        await worker.ready;
      }
    log(`${processes.length} processes run`);
    const figures = await load(soak, {
      now,
      papers,
      clients,
      sites: processes.slice(0, clients.length),
      processes,
    });
    const ends: (number | string | null)[] = [];
    for (const one of [...processes].reverse()) ends.push(await one.stop());
    const after = await openDatabase(place);
    const rows = await checkRows(after.db, figures.book);
    await after.close();
    const complaints = processes.flatMap((one) => one.complaints);
    const checks = [
      ...figures.checks,
      ...rows,
      {
        what: `asked to end, every process ended in order (${ends.join(", ")})`,
        holds: ends.every((end) => end === 0),
      },
      {
        what: `no process logged a warning or an error${complaints.length ? `: ${complaints.slice(0, 3).join(" | ").slice(0, 600)}` : ""}`,
        holds: complaints.length === 0,
      },
    ];
    return { ...figures, checks };
  } finally {
    for (const client of clients) client.close();
    for (const one of processes) if (one.alive) one.child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Stage {
  readonly now: Date;
  readonly papers: readonly string[];
  readonly clients: readonly Client[];
  readonly sites: readonly ServiceProcess[];
  readonly processes: readonly ServiceProcess[];
}

async function load(soak: LoadSoak, stage: Stage): Promise<LoadFigures> {
  const { log, seed } = soak;
  const { clients, sites, processes, now } = stage;
  const rooms = globSync("papers/*/paper.ts", { cwd: root }).map((file) => basename(dirname(file)));
  const papers = [...rooms, ...stage.papers];
  const random = new Random(seed);
  const book = new AccountBook();
  const measurements = new Measurements();
  const writers: Writer[] = [];
  for (let number = 0; number < soak.writers; number++) {
    const at = number % clients.length;
    const where = { client: clients[at]!, directory: sites[at]!.directory };
    writers.push(await Writer.signUp({ number, book, random, papers }, where));
  }
  log(`${writers.length} writers have signed in`);
  const stop = new AbortController();
  const watches = processes.map(({ child }, i) =>
    watchMemory(
      { pid: child.pid!, client: clients[i] ?? null },
      { every: soak.sampleEvery, signal: stop.signal },
    ),
  );
  const askers = writers.filter(({ usesApi }) => usesApi).slice(0, soak.runs);
  const asked = await Promise.all(askers.map((writer) => writer.requestRun(runSlug)));
  const readers = new Readers({ papers, rooms, random, now, addresses: soak.addresses });
  await runLoad({
    minutes: soak.minutes,
    rate: soak.rate,
    clients,
    readers,
    writers,
    measurements,
    random,
    log,
  });
  stop.abort();
  const samples = await Promise.all(watches);
  const ended = await Promise.all(asked.map((id, i) => endOfRun(clients[i % clients.length]!, id)));
  // Another process's writes show within half a second.
  await pause(1000);
  const checks: Check[] = [
    {
      what: `no request went wrong (${measurements.errors} of ${measurements.requests} did)${measurements.errors ? `: ${measurements.examples.slice(0, 5).join("; ")}` : ""}`,
      holds: measurements.errors === 0,
    },
    ...(await checkReplies(clients, book)),
    ...(asked.length > 0
      ? [
          {
            what: `the ${asked.length} reproductions that were asked for are done (${ended.join(", ")})`,
            holds: ended.every((state) => state === "done"),
          },
        ]
      : []),
    { what: "every process was alive at the end", holds: processes.every(({ alive }) => alive) },
  ];
  const name = (i: number) =>
    i < sites.length
      ? sites.length === 1
        ? "site"
        : `site ${i + 1}`
      : `worker ${i - sites.length + 1}`;
  return { measurements, book, checks, memory: samples.map((one, i) => [name(i), one] as const) };
}

/** What is measured on the server: it takes a second or two. */
const runSlug = "log-bessel";

/** How a run ended, which it may still be about to. */
async function endOfRun(client: Client, id: string): Promise<string> {
  for (let left = 600; left > 0; left--) {
    const { body } = await client.ask({ path: `/api/papers/${runSlug}/runs/${id}` });
    const { state } = JSON.parse(body) as { state: string };
    if (state !== "queued" && state !== "running") return state;
    await pause(500);
  }
  return "not ended";
}
