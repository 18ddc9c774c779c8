import type { Mailer } from "@daily-kernel/feed";
import {
  type ArxivClient,
  type Database,
  type Db,
  type Embedder,
  type LimitName,
  openEmbedder,
  openMailer,
  RateLimiter,
  Search,
  secret,
} from "@daily-kernel/feed/node";
import { arxivClient } from "./arxiv-client.ts";
import { Catalogue } from "./catalogue/catalogue.ts";
import type { Config } from "./config.ts";
import { openControl } from "./control/control-server.ts";
import { OpenStreams } from "./http/open-streams.ts";
import { indexInTime } from "./index-in-time.ts";
import { Jobs } from "./jobs/jobs.ts";
import { startJobs } from "./jobs/start-jobs.ts";
import { Kernels } from "./kernels/kernels.ts";
import { listenForBounces } from "./listen-for-bounces.ts";
import { type Logger, openLog } from "./log.ts";
import { mailerOptions } from "./mailer-options.ts";
import { makeModerator } from "./make-moderator.ts";
import { type Metrics, openMetrics } from "./metrics.ts";
import { openPlace } from "./open-place.ts";
import { readings } from "./readings.ts";
import { limitsTimes } from "./request-limits.ts";
import { Runs } from "./runs/runs.ts";

/** What jobs and commands work with, also where no server runs. */
export interface Core {
  readonly config: Config;
  /** The folder that holds `papers` and `packages`. */
  readonly root: string;
  readonly database: Database;
  readonly db: Db;
  readonly catalogue: Catalogue;
  /** Only where readers are served. */
  readonly search: Search | null;
  readonly arxiv: ArxivClient;
  /** Asks arXiv for one paper, and keeps what it says. */
  indexPaper(id: string): Promise<{ id: string; added: boolean }>;
  readonly mailer: Mailer;
  /** Where mails lie that are not sent, for the page that shows them; `null` with an SMTP server. */
  readonly outbox: string | null;
  readonly jobs: Jobs;
  readonly runs: Runs;
  readonly kernels: Kernels;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly limiter: RateLimiter<LimitName>;
  readonly streams: OpenStreams;
  /** The key that signs what the service hands out and gets back: CSRF, unsubscribe links. */
  readonly secret: Uint8Array;
  now(): Date;
  /** Aborted by `end`: whoever streams to a reader stops then. */
  readonly ending: AbortSignal;
  end(): void;
  /** Ends the jobs, then everything they stand on. */
  close(): Promise<void>;
  /** Has something done at the beginning of `close`; the last one given is the first one done. */
  onClose(work: () => Promise<void>): void;
}

/** The running service: what pages, API, jobs and commands work with. */
export interface Service extends Core {
  readonly search: Search;
  /** The model behind search by meaning; `null` where words alone decide. */
  readonly embedder: Embedder | null;
  /** Starts the jobs, and takes commands where the data directory is this process's alone. */
  start(): Promise<void>;
}

export interface OpenOptions {
  readonly root: string;
  readonly log?: Logger;
  readonly now?: () => Date;
}

/**
 * Opens the database, brings the catalogue up to date and reads it for search; jobs begin with
 * `start`.
 * @throws DataDirectoryInUse if another process has the directory.
 */
export async function openService(config: Config, options: OpenOptions): Promise<Service> {
  const core = await openCore(config, options);
  const { db, log } = core;
  try {
    await core.catalogue.publish(core.now());
    if (config.adminEmail !== null) await makeModerator(db, config.adminEmail, core.now());
    const embedder = await openEmbedder(config.embedder, { packages: import.meta.dirname });
    core.onClose(async () => embedder?.close?.());
    const search = await Search.start(db, {
      embedder,
      signal: core.ending,
      onError: (error) => log.error({ err: error }, "search"),
    });
    core.onClose(() => search.close());
    core.onClose(() => core.jobs.stop());
    const service: Service = Object.assign(core, {
      search,
      embedder,
      start: async () => {
        await core.jobs.start();
        await startJobs(service);
        if (config.bounces?.port) await listenForBounces(service, config.bounces.port);
        if (core.database.kind === "postgres") return;
        const control = await openControl(service);
        core.onClose(() => control.close());
      },
    });
    return service;
  } catch (error) {
    await core.close();
    throw error;
  }
}

/**
 * Opens the database and what stands on it, for commands.
 * @throws DataDirectoryInUse if another process has the directory.
 */
export async function openCore(
  config: Config,
  { root, log = openLog(config.logLevel), now = () => new Date() }: OpenOptions,
): Promise<Core> {
  const database = await openPlace(config);
  const { db } = database;
  const ending = new AbortController();
  const closing: (() => Promise<void>)[] = [() => database.close()];
  const end = () => ending.abort(new DOMException("the service is ending", "AbortError"));
  const close = async () => {
    end();
    for (const one of closing.splice(0).reverse()) await one();
  };
  try {
    const catalogue = new Catalogue(root, db);
    const mails = mailerOptions(config);
    const mailer = openMailer(mails);
    closing.push(() => mailer.close());
    const metrics = openMetrics(
      () => readings(core),
      () => now().getTime(),
    );
    const jobs = new Jobs({ database, databaseUrl: config.databaseUrl, log, metrics });
    closing.push(() => jobs.stop());
    const arxiv = arxivClient(config);
    const core: Core = {
      config,
      root,
      database,
      db,
      catalogue,
      search: null,
      arxiv,
      indexPaper: (id) => indexInTime(db, arxiv, id, { ending: ending.signal }),
      mailer,
      outbox: mails.outbox ?? null,
      jobs,
      runs: new Runs({
        db,
        catalogue,
        jobs,
        limits: config.runLimits,
        ending: ending.signal,
        now,
      }),
      kernels: new Kernels({ db, jobs, now }),
      log,
      metrics,
      limiter: new RateLimiter(limitsTimes(config.limitFactor)),
      streams: new OpenStreams(),
      secret: await secret(db, "service"),
      now,
      ending: ending.signal,
      end,
      close,
      onClose: (work) => void closing.push(work),
    };
    return core;
  } catch (error) {
    await close();
    throw error;
  }
}
