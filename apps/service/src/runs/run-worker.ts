import { availableParallelism } from "node:os";
import { type Db, json, newId, type RunTable } from "@daily-kernel/feed/node";
import type { Device, Preset, RunRecord } from "@daily-kernel/reproduction";
import type { Selectable } from "kysely";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { RunFailed } from "../child/limited-child.ts";
import type { RunLimits } from "../config.ts";
import type { Logger } from "../log.ts";
import { runChild } from "./run-child.ts";

interface Parts {
  readonly root: string;
  readonly db: Db;
  readonly catalogue: Catalogue;
  readonly limits: RunLimits;
  readonly log: Logger;
  readonly now: () => Date;
  /** The measuring program, where it is another. */
  readonly program?: string;
}

/** A worker says that it lives, and asks whether it should stop, so often, in milliseconds. */
const heartbeatEvery = 2_000;
/** A run whose worker was silent for so long is another's, in milliseconds. */
const silentFor = 60_000;
/** A run is begun so many times before it counts as failed: it may be what kills the workers. */
const attemptsAllowed = 2;

type Key = Pick<Selectable<RunTable>, "paper_id" | "id">;
/** The row of a run belongs to the worker that began it last, which the number of attempts tells. */
type Mine = Key & Pick<Selectable<RunTable>, "attempts">;

const cancelled = new DOMException("cancelled by who asked for it", "AbortError");
const lost = new DOMException("another worker has it", "AbortError");

/** Measures what readers asked for, one run after another. */
export class RunWorker {
  readonly #parts: Parts;
  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Measures a run if it still waits, and stores its record. When the signal aborts, the run goes
   * back into the queue as if it had not begun.
   */
  async run(key: { paperId: string; id: string }, signal: AbortSignal): Promise<void> {
    const row = await this.#begin(key);
    if (!row) return;
    const { log } = this.#parts;
    const fields = { run: row.id, slug: row.slug, preset: row.preset };
    log.info(fields, "a run begins");
    try {
      const record = await this.#measure(row, signal);
      await this.#finish(row, record);
      log.info(fields, "a run is done");
    } catch (error) {
      if (signal.aborted) await this.#giveBack(row);
      else if (error === cancelled) await this.#end(row, "cancelled", null);
      else if (error !== lost) {
        log.warn({ ...fields, err: error }, "a run failed");
        const known = error instanceof RunFailed;
        await this.#end(row, "failed", known ? error.message : "the worker failed");
        if (!known) throw error;
      }
    }
  }

  async #begin({ paperId, id }: { paperId: string; id: string }) {
    const at = this.#parts.now();
    return this.#parts.db
      .updateTable("runs")
      .set((eb) => ({
        state: "running",
        attempts: eb("attempts", "+", 1),
        started_at: at,
        heartbeat_at: at,
        progress: 0,
        doing: "starting",
      }))
      .where("paper_id", "=", paperId)
      .where("id", "=", id)
      .where("state", "=", "queued")
      .returningAll()
      .executeTakeFirst();
  }

  async #measure(row: Selectable<RunTable>, signal: AbortSignal): Promise<RunRecord> {
    const { root, limits, program } = this.#parts;
    const stop = new AbortController();
    let [progress, doing] = [0, "starting"];
    let beating: Promise<void> | undefined;
    const beat = () => {
      beating ??= this.#beat(row, progress, doing)
        .then((reason) => {
          if (reason) stop.abort(reason);
        })
        .catch((error) => this.#parts.log.error({ err: error }, "a heartbeat failed"))
        .finally(() => {
          beating = undefined;
        });
    };
    const heart = setInterval(beat, heartbeatEvery);
    try {
      return await runChild(
        {
          root,
          slug: row.slug,
          preset: row.preset as Preset,
          seed: row.seed,
          device: row.device as Device,
          threads: availableParallelism(),
        },
        {
          ...limits,
          signal: AbortSignal.any([signal, stop.signal]),
          onProgress: (fraction, now) => {
            [progress, doing] = [fraction, now];
          },
          ...(program !== undefined && { program }),
        },
      );
    } finally {
      clearInterval(heart);
      await beating;
    }
  }

  /** Says that it lives; answers with a reason to stop, if there is one. */
  async #beat(row: Mine, progress: number, doing: string): Promise<DOMException | null> {
    const found = await this.#mine(row, {
      heartbeat_at: this.#parts.now(),
      progress: Math.min(1, Math.max(0, progress)),
      doing: doing.slice(0, 200),
    });
    if (!found) return lost;
    return found.cancel_asked_at ? cancelled : null;
  }

  async #finish(row: Selectable<RunTable>, record: RunRecord): Promise<void> {
    const { db, catalogue, now } = this.#parts;
    const at = now();
    const { platform, cpu, cores } = record.machine;
    const recordId = newId(at);
    const mine = await db.transaction().execute(async (trx) => {
      const found = await this.#mine(
        row,
        { state: "done", progress: 1, doing: "", finished_at: at, record_id: recordId },
        trx,
      );
      if (!found) return false;
      await trx
        .insertInto("records")
        .values({
          paper_id: row.paper_id,
          id: recordId,
          slug: row.slug,
          preset: record.preset,
          device: record.device,
          machine: `${platform}, ${cpu}, ${cores} cores`,
          account_id: row.account_id,
          record: json(record) as unknown as string,
          created_at: at,
        })
        .execute();
      return true;
    });
    if (mine) await catalogue.publishClaims(row.slug);
  }

  async #end(row: Mine, state: "failed" | "cancelled", error: string | null): Promise<void> {
    await this.#mine(row, { state, error, doing: "", finished_at: this.#parts.now() });
  }

  async #giveBack(row: Mine): Promise<void> {
    await this.#mine(row, {
      state: "queued",
      attempts: row.attempts - 1,
      progress: 0,
      doing: "",
      started_at: null,
      heartbeat_at: null,
    });
  }

  /** Changes the row if it is still this worker's. */
  #mine(
    { paper_id, id, attempts }: Mine,
    values: Partial<Omit<Selectable<RunTable>, keyof Key>>,
    db: Db = this.#parts.db,
  ) {
    return db
      .updateTable("runs")
      .set(values)
      .where("paper_id", "=", paper_id)
      .where("id", "=", id)
      .where("state", "=", "running")
      .where("attempts", "=", attempts)
      .returning(["id", "cancel_asked_at"])
      .executeTakeFirst();
  }
}

/**
 * Takes up what dead workers left: their runs wait again, or have failed if they were begun too
 * often. Returns the runs that wait.
 */
export async function sweepRuns(db: Db, now: Date): Promise<{ paperId: string; id: string }[]> {
  const silent = db
    .updateTable("runs")
    .where("state", "=", "running")
    .where("heartbeat_at", "<", new Date(now.getTime() - silentFor));
  await silent
    .where("cancel_asked_at", "is not", null)
    .set({ state: "cancelled", doing: "", finished_at: now })
    .execute();
  await silent
    .where("attempts", ">=", attemptsAllowed)
    .set({ state: "failed", error: "its worker died, twice", doing: "", finished_at: now })
    .execute();
  await silent
    .set({ state: "queued", doing: "", progress: 0, started_at: null, heartbeat_at: null })
    .execute();
  const waiting = await db
    .selectFrom("runs")
    .select(["paper_id", "id"])
    .where("state", "=", "queued")
    .orderBy("created_at")
    .execute();
  return waiting.map(({ paper_id, id }) => ({ paperId: paper_id, id }));
}
