import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What Prometheus reads at `/metrics`. */
export interface Metrics {
  readonly registry: Registry;
  /** What the gauges show, at most ten seconds old. */
  readings(): Promise<Readings>;
  /** A request was answered: by route (never by address), method and status. */
  request(route: string, method: string, status: number, seconds: number): void;
  /** A job ended. */
  job(queue: string, outcome: "done" | "failed", seconds: number): void;
}

/** Numbers that are read from the database when someone looks. */
export interface Readings {
  readonly jobs: readonly { queue: string; waiting: number; active: number; failed: number }[];
  readonly mails: readonly { state: string; mails: number }[];
  readonly runs: readonly { state: string; runs: number }[];
  readonly cells: readonly { state: string; cells: number }[];
  readonly harvests: readonly { source: string; ageSeconds: number }[];
  readonly papers: number;
  readonly searchable: number;
}

/** How long readings may stand before they are taken again, in milliseconds. */
const readingsLast = 10_000;

/** The process's own numbers (memory, event loop, collections) and the service's. */
export function openMetrics(read: () => Promise<Readings>, now: () => number): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: "daily_kernel_request_seconds",
    help: "Time to answer a request.",
    labelNames: ["route", "method", "status"],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers,
  });
  const jobSeconds = new Counter({
    name: "daily_kernel_job_seconds_total",
    help: "Time spent in jobs, by queue and outcome.",
    labelNames: ["queue", "outcome"],
    registers,
  });
  const jobCount = new Counter({
    name: "daily_kernel_jobs_total",
    help: "Jobs that ended, by queue and outcome.",
    labelNames: ["queue", "outcome"],
    registers,
  });
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<Readings> | undefined;
  const readings = () => {
    if (reading === undefined || now() - readAt > readingsLast) {
      readAt = now();
      const taken = read();
      reading = taken;
      taken.catch(() => {
        if (reading === taken) reading = undefined;
      });
    }
    return reading;
  };
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    fill: (
      readings: Readings,
      set: (value: number, labels?: Record<Label, string>) => void,
    ) => void,
  ) =>
    new Gauge({
      name: `daily_kernel_${name}`,
      help,
      labelNames,
      registers,
      async collect() {
        const now = await readings();
        this.reset();
        fill(now, (value, labels) => (labels ? this.set(labels, value) : this.set(value)));
      },
    });
  gauge("queue_jobs", "Jobs in each queue.", ["queue", "state"], ({ jobs }, set) => {
    for (const { queue, waiting, active, failed } of jobs) {
      set(waiting, { queue, state: "waiting" });
      set(active, { queue, state: "active" });
      set(failed, { queue, state: "failed" });
    }
  });
  gauge("digest_mails", "Digest mails by state.", ["state"], ({ mails }, set) => {
    for (const row of mails) set(row.mails, { state: row.state });
  });
  gauge("runs", "Reproductions asked for, by state.", ["state"], ({ runs }, set) => {
    for (const row of runs) set(row.runs, { state: row.state });
  });
  gauge("sweep_cells", "Cells of the forge's sweeps, by state.", ["state"], ({ cells }, set) => {
    for (const row of cells) set(row.cells, { state: row.state });
  });
  gauge(
    "harvest_age_seconds",
    "Time since a source was read to its end.",
    ["source"],
    ({ harvests }, set) => {
      for (const { source, ageSeconds } of harvests) set(ageSeconds, { source });
    },
  );
  gauge("papers", "Papers in the feed.", [], ({ papers }, set) => set(papers));
  gauge("search_papers", "Papers that search knows.", [], ({ searchable }, set) => set(searchable));
  return {
    registry,
    readings,
    request: (route, method, status, seconds) =>
      requests.observe({ route, method, status: String(status) }, seconds),
    job: (queue, outcome, seconds) => {
      jobSeconds.inc({ queue, outcome }, seconds);
      jobCount.inc({ queue, outcome });
    },
  };
}
