import { type Db, json } from "@daily-kernel/feed/node";
import type { Logger } from "../log.ts";
import { verifyChild } from "./verify-child.ts";

interface Parts {
  readonly db: Db;
  readonly log: Logger;
  readonly now: () => Date;
  /** Verifies in a process of its own; another one in tests. */
  readonly verify?: typeof verifyChild;
}

/** A verification takes no longer, in milliseconds; whose began earlier has lost its worker. */
const longest = 600_000;
/** A kernel is begun so many times before it counts as failed: it may be what kills the workers. */
const attemptsAllowed = 2;

/** Verifies what readers sent, by the server's own judge, seed and device. */
export class KernelWorker {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Verifies a kernel if it still waits. When the signal aborts, it goes back into the queue as if
   * it had not begun.
   */
  async verify(id: string, signal: AbortSignal): Promise<void> {
    const { db, log, now, verify = verifyChild } = this.#parts;
    const row = await db
      .updateTable("kernels")
      .set((eb) => ({ state: "verifying", attempts: eb("attempts", "+", 1), started_at: now() }))
      .where("id", "=", id)
      .where("state", "=", "queued")
      .returningAll()
      .executeTakeFirst();
    if (!row) return;
    const mine = () =>
      db
        .updateTable("kernels")
        .where("id", "=", id)
        .where("state", "=", "verifying")
        .where("attempts", "=", row.attempts);
    try {
      const { task, grid, source } = row;
      const within = AbortSignal.any([signal, AbortSignal.timeout(longest)]);
      const verdict = await verify({ task, grid, source }, within);
      await mine()
        .set({
          state: verdict.accepted ? "accepted" : "rejected",
          verdict: json(verdict) as unknown as string,
          verified_at: now(),
        })
        .execute();
      log.info({ kernel: id, task, accepted: verdict.accepted }, "a kernel was verified");
    } catch (error) {
      if (signal.aborted) {
        const attempts = row.attempts - 1;
        await mine().set({ state: "queued", attempts, started_at: null }).execute();
        return;
      }
      log.warn({ kernel: id, err: error }, "a kernel was not verified");
      await mine()
        .set({ state: "failed", error: (error as Error).message.slice(0, 500), verified_at: now() })
        .execute();
    }
  }
}

/**
 * Takes up what dead workers left: their kernels wait again, or have failed if they were begun too
 * often. Returns the kernels that wait.
 */
export async function sweepKernels(db: Db, now: Date): Promise<string[]> {
  const silent = db
    .updateTable("kernels")
    .where("state", "=", "verifying")
    .where("started_at", "<", new Date(now.getTime() - longest - 60_000));
  await silent
    .where("attempts", ">=", attemptsAllowed)
    .set({ state: "failed", error: "its worker died, twice", verified_at: now })
    .execute();
  await silent.set({ state: "queued", started_at: null }).execute();
  const waiting = await db
    .selectFrom("kernels")
    .select("id")
    .where("state", "=", "queued")
    .orderBy("created_at")
    .execute();
  return waiting.map(({ id }) => id);
}
