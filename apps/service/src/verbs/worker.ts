import { once } from "node:events";
import { startRunWorkers } from "../jobs/start-jobs.ts";
import type { Verb } from "./verb.ts";

/** Measures reproductions, so many at once, until it is told to stop. */
export const worker: Verb<{ concurrency: number }, null> = async (service, { concurrency }, io) => {
  await service.jobs.start();
  const end = await startRunWorkers(service, concurrency);
  io.progress(`${concurrency} ${concurrency === 1 ? "worker waits" : "workers wait"} for runs`);
  if (!io.signal.aborted) await once(io.signal, "abort");
  await end();
  return null;
};
