import { join } from "node:path";
import {
  type Database,
  type Db,
  type LimitName,
  limits,
  openDatabase,
  RateLimiter,
  secret,
} from "@daily-kernel/feed/node";
import { Catalogue } from "./catalogue/catalogue.ts";
import type { Config } from "./config.ts";
import { Jobs } from "./jobs.ts";
import { type Logger, openLog } from "./log.ts";
import { type Metrics, openMetrics } from "./metrics.ts";
import { readings } from "./readings.ts";

/** The running service: what pages, API, jobs and verbs work with. */
export interface Service {
  readonly config: Config;
  /** The folder that holds `papers` and `packages`. */
  readonly root: string;
  readonly database: Database;
  readonly db: Db;
  readonly catalogue: Catalogue;
  readonly jobs: Jobs;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly limiter: RateLimiter<LimitName>;
  /** The key that signs what the service hands out and gets back: CSRF, unsubscribe links. */
  readonly secret: Uint8Array;
  now(): Date;
  /** Ends the jobs, then everything they stand on. */
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly root: string;
  readonly log?: Logger;
  readonly now?: () => Date;
}

/** Where a configuration keeps its data. */
export const placeOf = ({ databaseUrl, dataDirectory }: Config) =>
  databaseUrl === null ? { directory: join(dataDirectory, "database") } : { url: databaseUrl };

/**
 * Opens the database, brings the catalogue up to date and starts the jobs.
 * @throws DataDirectoryInUse if another process has the directory.
 */
export async function openService(
  config: Config,
  { root, log = openLog(config.logLevel), now = () => new Date() }: OpenOptions,
): Promise<Service> {
  const database = await openDatabase(placeOf(config));
  try {
    const { db } = database;
    const catalogue = new Catalogue(root, db);
    await catalogue.publish();
    const metrics = openMetrics(
      () => readings(service),
      () => now().getTime(),
    );
    const jobs = await Jobs.open({ database, databaseUrl: config.databaseUrl, log, metrics });
    const service: Service = {
      config,
      root,
      database,
      db,
      catalogue,
      jobs,
      log,
      metrics,
      limiter: new RateLimiter(limits),
      secret: await secret(db, "service"),
      now,
      close: async () => {
        await jobs.stop();
        await database.close();
      },
    };
    return service;
  } catch (error) {
    await database.close();
    throw error;
  }
}
