import { embedMissing, forgetExpired } from "@daily-kernel/feed/node";
import { RunWorker, sweepRuns } from "../runs/run-worker.ts";
import type { Core, Service } from "../service.ts";

/** Puts this process to work on the queues, and sets their timetables. */
export async function startJobs(service: Service): Promise<void> {
  const { db, jobs, config, embedder, search, now } = service;
  await jobs.work("sweep", 10, () => sweep(service));
  await jobs.work("cleanup", 30, () => forgetExpired(db, { now: now() }));
  await jobs.schedule("sweep");
  await jobs.schedule("cleanup");
  if (embedder) {
    await jobs.work("embed", 5, async (_, signal) => {
      if (await embedMissing(db, embedder, { signal })) await search.refresh();
    });
    await jobs.schedule("embed");
    await jobs.send("embed");
  } else await jobs.unschedule("embed");
  await startRunWorkers(service, config.workers);
  // What the last process left undone does not wait for the first full minute.
  await sweep(service);
}

/** Starts workers that measure reproductions; the function that comes back ends them. */
export async function startRunWorkers(
  { root, db, catalogue, config, log, now, jobs }: Core,
  count: number,
): Promise<() => Promise<void>> {
  const worker = new RunWorker({ root, db, catalogue, limits: config.runLimits, log, now });
  const ends = await Promise.all(
    Array.from({ length: count }, () =>
      jobs.work("runs", 1, (key: { paperId: string; id: string }, signal) =>
        worker.run(key, signal),
      ),
    ),
  );
  return async () => {
    await Promise.all(ends.map((end) => end()));
  };
}

/** Runs whose worker died wait again; those that wait and are in no queue are sent. */
async function sweep({ db, jobs, now }: Service): Promise<void> {
  const waiting = await sweepRuns(db, now());
  const queue = (await jobs.health()).queues.find(({ queue }) => queue === "runs")!;
  if (queue.waiting + queue.active > 0) return;
  for (const run of waiting) await jobs.send("runs", run);
}
