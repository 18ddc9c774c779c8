import { createHash } from "node:crypto";
import { FeedError, forbiddenError, inputError, notFoundError } from "@daily-kernel/feed";
import { type Db, newId } from "@daily-kernel/feed/node";
import type { Jobs } from "../jobs/jobs.ts";
import { type KernelView, kernelView } from "./kernel-view.ts";

/** What a reader sends. */
export interface KernelSubmission {
  readonly accountId: string;
  readonly task: string;
  readonly grid: string;
  readonly source: string;
  readonly adapter: string;
  readonly medianNs: number;
}

interface Parts {
  readonly db: Db;
  readonly jobs: Pick<Jobs, "send">;
  readonly now: () => Date;
}

/** A longer kernel is no kernel, in characters. */
const longest = 65_536;
/** Kernels of a reader that may wait at once. */
const waitingAtOnce = 3;
/** Faster than any device, by a factor of ten or more: arithmetic and bytes a second. */
const [mostFlops, mostBytes] = [1e16, 1e14];

/** Kernels that readers want on the leaderboard; `KernelWorker` verifies them before they are listed. */
export class Kernels {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Puts a kernel in the queue for the server's own verification. The same source again, with the
   * same task, grid rule and adapter, keeps the better of its times.
   * @throws FeedError `ERR_NOT_FOUND` for a task that there is not, `ERR_INPUT` for what cannot be,
   * `ERR_FORBIDDEN` for an account that may not, `ERR_LIMIT` with too many that wait.
   */
  async submit(submission: KernelSubmission): Promise<KernelView> {
    const { db, jobs, now } = this.#parts;
    await checkSubmission(submission);
    const { accountId, task, grid, source, adapter, medianNs } = submission;
    const at = now();
    const { id, state } = await db.transaction().execute(async (trx) => {
      await this.#checkAccount(trx, accountId);
      return trx
        .insertInto("kernels")
        .values({
          id: newId(at),
          account_id: accountId,
          task,
          grid,
          source,
          source_hash: createHash("sha256").update(source).digest("hex"),
          adapter,
          median_ns: medianNs,
          created_at: at,
        })
        .onConflict((conflict) =>
          conflict
            .columns(["account_id", "task", "adapter", "grid", "source_hash"])
            .doUpdateSet((eb) => ({
              median_ns: eb.fn<number>("least", ["kernels.median_ns", "excluded.median_ns"]),
            })),
        )
        .returning(["id", "state"])
        .executeTakeFirstOrThrow();
    });
    // Should the process end here, the sweep sends it.
    if (state === "queued") await jobs.send("kernels", { id });
    return (await this.get(id))!;
  }

  async #checkAccount(trx: Db, accountId: string): Promise<void> {
    const account = await trx
      .selectFrom("accounts")
      .select(["suspended_at", "deleted_at"])
      .where("id", "=", accountId)
      .forUpdate()
      .executeTakeFirst();
    if (!account || account.deleted_at) throw forbiddenError("sign in to keep a kernel here");
    if (account.suspended_at) throw forbiddenError("this account is suspended");
    const { waiting } = await trx
      .selectFrom("kernels")
      .select((eb) => eb.fn.countAll<number>().as("waiting"))
      .where("account_id", "=", accountId)
      .where("state", "in", ["queued", "verifying"])
      .executeTakeFirstOrThrow();
    if (Number(waiting) >= waitingAtOnce)
      throw new FeedError("ERR_LIMIT", `${waiting} of your kernels wait already: let them finish`);
  }

  #all() {
    return this.#parts.db
      .selectFrom("kernels")
      .innerJoin("accounts", "accounts.id", "kernels.account_id")
      .selectAll("kernels")
      .select(["accounts.name", "accounts.full_name"]);
  }

  /** The kernel with this id, or `null`. */
  async get(id: string): Promise<KernelView | null> {
    const row = await this.#all().where("kernels.id", "=", id).executeTakeFirst();
    return row ? kernelView(row) : null;
  }

  /** The accepted kernels of a task, by adapter, the fastest first. */
  async ranked(task: string, limit = 100): Promise<KernelView[]> {
    const rows = await this.#all()
      .where("task", "=", task)
      .where("state", "=", "accepted")
      .where("accounts.suspended_at", "is", null)
      .orderBy("adapter")
      .orderBy("median_ns")
      .limit(limit)
      .execute();
    return rows.map(kernelView);
  }

  /** The latest that an account sent for a task, whatever became of them. */
  async own(task: string, accountId: string): Promise<KernelView[]> {
    const rows = await this.#all()
      .where("task", "=", task)
      .where("account_id", "=", accountId)
      .orderBy("kernels.created_at", "desc")
      .limit(5)
      .execute();
    return rows.map(kernelView);
  }

  /**
   * Takes a kernel away.
   * @throws FeedError `ERR_NOT_FOUND` if there is none, `ERR_FORBIDDEN` if it is another's.
   */
  async remove(id: string, by: { id: string; role: string }): Promise<void> {
    const kernel = await this.get(id);
    if (!kernel) throw notFoundError(`there is no kernel ${id}`);
    if (kernel.accountId !== by.id && by.role !== "moderator")
      throw forbiddenError("only who sent a kernel may take it away");
    await this.#parts.db.deleteFrom("kernels").where("id", "=", id).execute();
  }
}

async function checkSubmission(submission: KernelSubmission): Promise<void> {
  const { task: id, grid, source, adapter, medianNs } = submission;
  // Read when the first kernel comes: 300 tasks are no part of a start of the server.
  const { parseGrid, rankedDims } = await import("@daily-kernel/forge");
  const { findTask } = await import("./kernel-tasks.ts");
  const task = findTask(id);
  try {
    parseGrid(grid);
  } catch (error) {
    throw inputError((error as Error).message);
  }
  if (source.trim() === "" || source.length > longest)
    throw inputError(`a source has 1 to ${longest} characters, this one has ${source.length}`);
  if (!/^[\x20-\x7e\u00a0-\uffff]{1,120}$/.test(adapter))
    throw inputError("an adapter has a name of at most 120 characters");
  if (!Number.isFinite(medianNs) || medianNs <= 0 || medianNs > 1e12)
    throw inputError(`a time lies between 0 and 1000 s, got ${medianNs} ns`);
  const dims = rankedDims(task, adapter);
  const seconds = medianNs / 1e9;
  if (task.flops(dims) / seconds > mostFlops || task.bytes(dims) / seconds > mostBytes)
    throw inputError(`nothing computes ${id} at ${dims.join(" x ")} in ${medianNs} ns`);
}
