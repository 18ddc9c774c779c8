import { join } from "node:path";
import type { Mailer } from "@daily-kernel/feed";
import {
  type Database,
  DataDirectoryInUse,
  type Db,
  type LimitName,
  limits,
  openDatabase,
  openMailer,
  RateLimiter,
  secret,
} from "@daily-kernel/feed/node";
import { Catalogue } from "./catalogue/catalogue.ts";
import type { Config } from "./config.ts";
import { openControl } from "./control/control-server.ts";
import { readServerFile } from "./control/server-file.ts";
import type { PaperSearch } from "./http/api-service.ts";
import { Jobs } from "./jobs/jobs.ts";
import { startJobs } from "./jobs/start-jobs.ts";
import { type Logger, openLog } from "./log.ts";
import { mailerOptions } from "./mailer-options.ts";
import { makeModerator } from "./make-moderator.ts";
import { type Metrics, openMetrics } from "./metrics.ts";
import { readings } from "./readings.ts";
import { Runs } from "./runs/runs.ts";

/** The running service: what pages, API, jobs and verbs work with. */
export interface Service {
  readonly config: Config;
  /** The folder that holds `papers` and `packages`. */
  readonly root: string;
  readonly database: Database;
  readonly db: Db;
  readonly catalogue: Catalogue;
  readonly search: PaperSearch;
  readonly mailer: Mailer;
  /** Where mails lie that are not sent, for the page that shows them; `null` with an SMTP server. */
  readonly outbox: string | null;
  readonly jobs: Jobs;
  readonly runs: Runs;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly limiter: RateLimiter<LimitName>;
  /** The key that signs what the service hands out and gets back: CSRF, unsubscribe links. */
  readonly secret: Uint8Array;
  now(): Date;
  /** Starts the jobs, and takes commands where the data directory is this process's alone. */
  start(): Promise<void>;
  /** Aborted by `end`: whoever streams to a reader stops then. */
  readonly ending: AbortSignal;
  end(): void;
  /** Ends the jobs, then everything they stand on. */
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly root: string;
  readonly log?: Logger;
  readonly now?: () => Date;
  /** Whether the database gets the repository's papers and records; true by default. */
  readonly publish?: boolean;
}

/**
 * Opens the database and brings the catalogue up to date; jobs begin with `start`.
 * @throws DataDirectoryInUse if another process has the directory.
 */
export async function openService(
  config: Config,
  { root, log = openLog(config.logLevel), now = () => new Date(), publish = true }: OpenOptions,
): Promise<Service> {
  const database = await openPlace(config);
  const { db } = database;
  const ending = new AbortController();
  const closing: (() => Promise<void>)[] = [() => database.close()];
  const close = async () => {
    ending.abort(new DOMException("the service is ending", "AbortError"));
    for (const one of closing.splice(0).reverse()) await one();
  };
  try {
    const catalogue = new Catalogue(root, db);
    if (publish) await catalogue.publish();
    if (config.adminEmail !== null) await makeModerator(db, config.adminEmail, now());
    const mailer = openMailer(mailerOptions(config));
    closing.push(async () => mailer.close());
    const metrics = openMetrics(
      () => readings(service),
      () => now().getTime(),
    );
    const jobs = new Jobs({ database, databaseUrl: config.databaseUrl, log, metrics });
    closing.push(() => jobs.stop());
    const service: Service = {
      config,
      root,
      database,
      db,
      catalogue,
      search: { query: async () => ({ hits: [] }), similar: async () => [] },
      mailer,
      outbox: mailerOptions(config).outbox ?? null,
      jobs,
      runs: new Runs({
        db,
        catalogue,
        jobs,
        limits: config.runLimits,
        ending: ending.signal,
        now,
      }),
      log,
      metrics,
      limiter: new RateLimiter(limits),
      secret: await secret(db, "service"),
      now,
      start: async () => {
        await jobs.start();
        await startJobs(service);
        if (database.kind === "postgres") return;
        const control = await openControl(service);
        closing.push(() => control.close());
      },
      ending: ending.signal,
      end: () => ending.abort(new DOMException("the service is ending", "AbortError")),
      close,
    };
    return service;
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens the database; where another process has it, says which. */
async function openPlace({ databaseUrl, dataDirectory }: Config): Promise<Database> {
  if (databaseUrl !== null) return openDatabase({ url: databaseUrl });
  try {
    return await openDatabase({ directory: join(dataDirectory, "database") });
  } catch (error) {
    const owner = error instanceof DataDirectoryInUse && readServerFile(dataDirectory);
    if (!owner) throw error;
    throw new DataDirectoryInUse(
      `process ${owner.pid}, which serves ${owner.site}, has ${dataDirectory} open: stop it, or choose another folder with DAILY_KERNEL_DIR`,
    );
  }
}
