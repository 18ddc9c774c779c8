import { fileURLToPath } from "node:url";
import {
  type BegunCell,
  beatCell,
  beginCell,
  type CellKey,
  cellEvents,
  type Db,
  endCell,
  finishCell,
  giveBackCell,
  giveUpCell,
  keepEvent,
  type Standing,
} from "@daily-kernel/feed/node";
import { limitedChild, RunFailed } from "../child/limited-child.ts";
import type { Logger } from "../log.ts";
import type { CellMessage, CellTask, Kept } from "./cell-messages.ts";
import type { CellResult } from "./cell-result.ts";

interface Parts {
  readonly db: Db;
  readonly limits: { readonly seconds: number; readonly megabytes: number };
  readonly log: Logger;
  readonly now: () => Date;
  /** Who it is: no two that live at the same time are the same. */
  readonly id: string;
  readonly machine: string;
  /** Says, at each sign of life, that this worker is there. */
  readonly onBeat?: () => Promise<void>;
  /** The program of a cell, where it is another. */
  readonly program?: string;
}

/** A worker says that it lives, and asks whether it should stop, so often, in milliseconds. */
const heartbeatEvery = 2_000;

const cancelled = new DOMException("cancelled by who asked for it", "AbortError");
const lost = new DOMException("another worker has it", "AbortError");
const stopReason = (found: Standing) =>
  found === "mine" ? null : found === "cancelled" ? cancelled : lost;

/** Does cells of sweeps, each in a process apart; what a cell found so far is in the database. */
export class SweepWorker {
  readonly #parts: Parts;
  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Does a cell if it still waits, from the step on that is not kept, and keeps its result. When
   * the signal aborts, or its process is killed, the cell waits again.
   */
  async do(key: CellKey, signal: AbortSignal): Promise<void> {
    const { db, log, now, id, machine } = this.#parts;
    const cell = await beginCell(db, key, { worker: id, machine, now: now() });
    if (!cell) return;
    const fields = { ...key, task: cell.task, backend: cell.backend };
    log.info(fields, "a cell begins");
    try {
      const result = await this.#work(cell, signal);
      await finishCell(db, cell, { result, now: now() });
      log.info(fields, "a cell is done");
    } catch (error) {
      if (signal.aborted) await giveBackCell(db, cell);
      else if (error === cancelled)
        await endCell(db, cell, { state: "cancelled", error: null, now: now() });
      else if (error !== lost) await this.#fail(cell, error as Error);
    }
  }

  async #fail(cell: BegunCell, error: Error): Promise<void> {
    const { db, log, now } = this.#parts;
    log.warn({ sweepId: cell.sweepId, position: cell.position, err: error }, "a cell failed");
    const known = error instanceof RunFailed;
    if (known && !error.killed)
      return endCell(db, cell, {
        state: "failed",
        error: error.message.slice(0, 500),
        now: now(),
      });
    await giveUpCell(db, cell, {
      error: known ? error.message : "the worker failed",
      now: now(),
    });
    if (!known) throw error;
  }

  async #work(cell: BegunCell, signal: AbortSignal): Promise<CellResult> {
    const { db, limits, machine, log, now, program, onBeat = async () => {} } = this.#parts;
    const stop = new AbortController();
    const heed = (found: Standing) => {
      const reason = stopReason(found);
      if (reason) stop.abort(reason);
    };
    let [progress, doing] = [0, "starting"];
    let beating: Promise<void> | undefined;
    const beat = () => {
      beating ??= beatCell(db, cell, { progress, doing, now: now() })
        .then(heed)
        .then(onBeat)
        .catch((error) => log.error({ err: error }, "a heartbeat failed"))
        .finally(() => {
          beating = undefined;
        });
    };
    const heart = setInterval(beat, heartbeatEvery);
    const { kind, task, backend, seed, request } = cell;
    const events = await cellEvents(db, cell);
    const first = { kind, task, backend, seed, request, machine, events } as CellTask;
    try {
      return await limitedChild<CellMessage, CellResult>({
        program: program ?? fileURLToPath(new URL("./cell-program.ts", import.meta.url)),
        what: "a cell",
        seconds: limits.seconds,
        megabytes: limits.megabytes,
        first,
        signal: AbortSignal.any([signal, stop.signal]),
        onProgress: (fraction, now) => {
          [progress, doing] = [fraction, now];
        },
        onMessage: async (message, child) => {
          if (message.type === "result") return message.result;
          const { position, line } = message;
          const found = await keepEvent(db, cell, { position, machine, line, now: now() });
          heed(found);
          if (found !== "lost") child.send({ type: "kept", position } satisfies Kept, () => {});
          return undefined;
        },
      });
    } finally {
      clearInterval(heart);
      await beating;
    }
  }
}
