import type { JobsHealth } from "../jobs/jobs.ts";
import type { Readings } from "../metrics.ts";
import { readings } from "../readings.ts";
import type { Verb } from "./verb.ts";

/** How the service is: what `daily-kernel admin status` shows. */
export interface Status extends Readings {
  readonly database: string;
  readonly site: string;
  readonly memoryMegabytes: number;
  readonly dead: JobsHealth["dead"];
}

export const status: Verb<object, Status> = async (service) => ({
  ...(await readings(service)),
  database: service.database.kind,
  site: service.config.baseUrl,
  memoryMegabytes: Math.round(process.memoryUsage.rss() / 2 ** 20),
  dead: (await service.jobs.health()).dead,
});
