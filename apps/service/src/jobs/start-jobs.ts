import { embedMissing, forgetExpired, runDigest, takeUpCells } from "@daily-kernel/feed/node";
import { KernelWorker, sweepKernels } from "../kernels/kernel-worker.ts";
import { RunWorker, sweepRuns } from "../runs/run-worker.ts";
import type { Core, Service } from "../service.ts";
import { sendCells } from "../sweeps/send-cells.ts";
import { startSweepWorkers } from "../sweeps/start-sweep-workers.ts";
import { ingestDaily } from "../verbs/ingest.ts";
import { forgetUnconfirmed } from "./forget-unconfirmed.ts";

/** Puts this process to work on the queues, and sets their timetables. */
export async function startJobs(service: Service): Promise<void> {
  const { catalogue, db, jobs, config, embedder, log, mailer, search, now } = service;
  await jobs.work("sweep", 10, async () => {
    await sweep(service);
    await catalogue.publishChanges(now());
  });
  await jobs.work("cleanup", 30, async () => {
    await forgetExpired(db, { now: now() });
    await forgetUnconfirmed(db, now());
  });
  await jobs.schedule("sweep");
  await jobs.schedule("cleanup");
  await jobs.work("digest", 5, async (_, signal) => {
    const report = await runDigest(db, mailer, { now: now(), baseUrl: config.baseUrl, signal });
    if (report.sent + report.failed + report.later + report.unknown > 0)
      log.info({ report }, "digests went out");
  });
  await jobs.schedule("digest");
  if (config.ingest.length > 0) {
    await jobs.work("ingest", 30, async (_, signal) => {
      const progress = (doing: string) => log.debug({ doing }, "ingest");
      const reports = await ingestDaily(service, { signal, progress });
      log.info({ reports }, "papers came from arXiv");
      if (embedder) await jobs.send("embed");
    });
    await jobs.schedule("ingest");
  } else await jobs.unschedule("ingest");
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

/**
 * Starts workers that measure reproductions, verify kernels and do the forge's cells; the function
 * that comes back ends them.
 */
export async function startRunWorkers(
  { root, db, catalogue, config, log, now, jobs }: Core,
  count: number,
): Promise<() => Promise<void>> {
  const worker = new RunWorker({ root, db, catalogue, limits: config.runLimits, log, now });
  const kernels = new KernelWorker({ db, log, now });
  const ends = await Promise.all(
    Array.from({ length: count }, () => [
      jobs.work("runs", 1, (key: { paperId: string; id: string }, signal) =>
        worker.run(key, signal),
      ),
      jobs.work("kernels", 1, ({ id }: { id: string }, signal) => kernels.verify(id, signal)),
    ]).flat(),
  );
  const endSweeps = startSweepWorkers({ db, jobs, limits: config.runLimits, log, now }, count);
  return async () => {
    await Promise.all([...ends.map((end) => end()), endSweeps()]);
  };
}

/** What a worker died over waits again; what waits and is in no queue is sent. */
export async function sweep({ db, jobs, now }: Pick<Core, "db" | "jobs" | "now">): Promise<void> {
  const waiting = await sweepRuns(db, now());
  const sent = new Set((await jobs.waiting<{ id: string }>("runs")).map(({ id }) => id));
  for (const run of waiting) if (!sent.has(run.id)) await jobs.send("runs", run);
  const known = new Set((await jobs.waiting<{ id: string }>("kernels")).map(({ id }) => id));
  for (const id of await sweepKernels(db, now()))
    if (!known.has(id)) await jobs.send("kernels", { id });
  await sendCells(jobs, await takeUpCells(db, now()));
}
