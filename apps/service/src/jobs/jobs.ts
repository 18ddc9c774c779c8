import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@daily-kernel/feed/node";
import { sql } from "kysely";
import PgBoss from "pg-boss";
import type { Logger } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { type QueueName, queues } from "./queues.ts";

/** One queue, as the admin page and the metrics show it. */
interface QueueHealth {
  readonly queue: QueueName;
  readonly waiting: number;
  readonly active: number;
  readonly failed: number;
  readonly lastDoneAt: Date | null;
}

/** A job that failed for good: the dead letter. */
export interface DeadLetter {
  readonly queue: string;
  readonly id: string;
  readonly failedAt: Date | null;
  readonly error: string;
}

export interface JobsHealth {
  readonly queues: readonly QueueHealth[];
  readonly dead: readonly DeadLetter[];
}

/** What a job does. Rejecting makes the queue try again, as far as its rule goes. */
export type Handler<T extends object> = (data: T, signal: AbortSignal) => Promise<unknown>;

interface Options {
  readonly database: Database;
  /** Where there is a server, the queue has its own connections to it. */
  readonly databaseUrl: string | null;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** The number of the lock that a process holds while it starts its queues; any will do. */
const startLock = 20_241_124;

/** The queue, in the database of everything else. */
export class Jobs {
  readonly #boss: PgBoss;
  readonly #database: Database;
  readonly #log: Logger;
  readonly #metrics: Metrics;
  readonly #stopping = new AbortController();
  readonly #active = new Set<Promise<unknown>>();

  #started = false;

  constructor({ database, databaseUrl, log, metrics }: Options) {
    this.#database = database;
    this.#log = log;
    this.#metrics = metrics;
    this.#boss = new PgBoss({
      ...(databaseUrl === null
        ? { db: { executeSql: (text: string, values?: unknown[]) => database.run(text, values) } }
        : { connectionString: databaseUrl, max: 4 }),
      archiveCompletedAfterSeconds: 3600,
      archiveFailedAfterSeconds: 3 * 86_400,
      deleteAfterDays: 3,
    });
    this.#boss.on("error", (error) => log.error({ err: error }, "the queue"));
  }

  /** Makes the queues, if they are not there yet, and begins to keep time. */
  async start(): Promise<void> {
    if (this.#started) return;
    this.#started = true;
    const { db, kind } = this.#database;
    if (kind === "pglite") return this.#begin();
    // Processes that make the same tables at the same time would wait for each other for ever.
    await db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(${startLock})`.execute(trx);
      await this.#begin();
    });
  }

  async #begin(): Promise<void> {
    await this.#boss.start();
    const there = new Set((await this.#boss.getQueues()).map(({ name }) => name));
    for (const [name, { cron: _, ...rule }] of Object.entries(queues))
      if (!there.has(name)) await this.#boss.createQueue(name, { name, ...rule });
  }

  /**
   * Starts a worker on a queue, which takes one job at a time; call it again for more at once. The
   * function that comes back ends it.
   */
  async work<T extends object>(
    queue: QueueName,
    pollingIntervalSeconds: number,
    handler: Handler<T>,
  ): Promise<() => Promise<void>> {
    const id = await this.#boss.work<T>(queue, { pollingIntervalSeconds }, async ([job]) => {
      if (!job) return;
      const work = this.#do(queue, job.data, handler);
      this.#active.add(work);
      await work.finally(() => this.#active.delete(work));
    });
    return () => this.#boss.offWork({ id });
  }

  /**
   * Starts a worker on several queues, which takes one job of all of them at a time: of the first
   * one of `ready` that has any. The function that comes back lets it take no more.
   */
  workInTurn<T extends object>(
    ready: () => Promise<readonly QueueName[]>,
    pollingIntervalSeconds: number,
    handler: Handler<T>,
  ): () => void {
    const ended = new AbortController();
    const over = AbortSignal.any([ended.signal, this.#stopping.signal]);
    const takeOne = async () => {
      for (const queue of await ready()) {
        const [job] = over.aborted ? [] : await this.#boss.fetch<T>(queue);
        if (!job) continue;
        await this.#do(queue, job.data, handler).then(
          () => this.#boss.complete(queue, job.id),
          (error: Error) => this.#boss.fail(queue, job.id, { message: error.message }),
        );
        return true;
      }
      return false;
    };
    const takeAll = async () => {
      while (!over.aborted) {
        const did = await takeOne().catch((error) => {
          this.#log.error({ err: error }, "the queue");
          return false;
        });
        if (!did)
          await sleep(1000 * pollingIntervalSeconds, null, { signal: over }).catch(() => {});
      }
    };
    const work = takeAll();
    this.#active.add(work);
    work.finally(() => this.#active.delete(work));
    return () => ended.abort();
  }

  async #do<T extends object>(queue: QueueName, data: T, handler: Handler<T>): Promise<void> {
    const start = performance.now();
    const seconds = () => (performance.now() - start) / 1000;
    try {
      await handler(data, this.#stopping.signal);
      this.#metrics.job(queue, "done", seconds());
    } catch (error) {
      this.#metrics.job(queue, "failed", seconds());
      // A job that was cut short by the end of the process is taken up again by the next one.
      if (!this.#stopping.signal.aborted) this.#log.error({ err: error, queue }, "a job failed");
      throw error;
    }
  }

  /** Runs the queue by its timetable from now on. */
  async schedule(queue: QueueName, data: object = {}): Promise<void> {
    const { cron } = queues[queue];
    if (cron) await this.#boss.schedule(queue, cron, data, { tz: "UTC" });
  }

  async unschedule(queue: QueueName): Promise<void> {
    await this.#boss.unschedule(queue);
  }

  async send(queue: QueueName, data: object = {}): Promise<void> {
    await this.#boss.send(queue, data);
  }

  /** What the jobs that wait in a queue are about. */
  async waiting<T extends object>(queue: QueueName): Promise<T[]> {
    const { rows } = await this.#database.run(
      `select data from pgboss.job where name = $1 and state in ('created', 'retry')`,
      [queue],
    );
    return (rows as { data: T }[]).map(({ data }) => data);
  }

  /** How much waits, what runs, and what failed for good. */
  async health(): Promise<JobsHealth> {
    const [there] = (
      await this.#database.run("select to_regclass('pgboss.job') is not null as made", [])
    ).rows as { made: boolean }[];
    if (!there?.made) return { queues: [], dead: [] };
    const counted = await this.#database.run(
      `select name, state, count(*)::int as jobs, max(completed_on) as last
         from pgboss.job where name = any($1) group by name, state`,
      [Object.keys(queues)],
    );
    const rows = counted.rows as {
      name: string;
      state: string;
      jobs: number;
      last: Date | null;
    }[];
    const failed = await this.#database.run(
      `select name, id, completed_on, output from pgboss.job
        where state = 'failed' order by completed_on desc limit 50`,
      [],
    );
    const count = (name: string, ...states: string[]) =>
      rows
        .filter((row) => row.name === name && states.includes(row.state))
        .reduce((sum, row) => sum + row.jobs, 0);
    return {
      queues: (Object.keys(queues) as QueueName[]).map((queue) => ({
        queue,
        waiting: count(queue, "created", "retry"),
        active: count(queue, "active"),
        failed: count(queue, "failed"),
        lastDoneAt:
          rows.find((row) => row.name === queue && row.state === "completed")?.last ?? null,
      })),
      dead: (
        failed.rows as {
          name: string;
          id: string;
          completed_on: Date | null;
          output: { message?: string } | null;
        }[]
      ).map(({ name, id, completed_on, output }) => ({
        queue: name,
        id,
        failedAt: completed_on,
        error: (output?.message ?? JSON.stringify(output)).slice(0, 500),
      })),
    };
  }

  /** Puts a dead letter back into its queue. */
  async retry({ queue, id }: Pick<DeadLetter, "queue" | "id">): Promise<void> {
    await this.#boss.retry(queue, id);
  }

  /** Takes no more jobs, tells those at work to end, and waits for them. */
  async stop(): Promise<void> {
    if (!this.#started || this.#stopping.signal.aborted) return;
    this.#stopping.abort(new DOMException("the service is ending", "AbortError"));
    await this.#boss.stop({ graceful: false, wait: false, close: false });
    await Promise.allSettled([...this.#active]);
    await this.#boss.stop({ graceful: false });
  }
}
