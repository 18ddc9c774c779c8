import { setTimeout as sleep } from "node:timers/promises";
import { FeedError, forbiddenError, inputError, notFoundError } from "@daily-kernel/feed";
import { type Db, newId, type RunState } from "@daily-kernel/feed/node";
import { sql } from "kysely";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { RunLimits } from "../config.ts";
import type { Jobs } from "../jobs/jobs.ts";
import { hasEnded, type RunView, runView } from "./run-view.ts";

/** What a reader asks for. */
export interface RunRequest {
  readonly slug: string;
  readonly preset: "quick" | "full";
  readonly seed: number;
  readonly accountId: string;
}

interface Parts {
  readonly db: Db;
  readonly catalogue: Catalogue;
  readonly jobs: Pick<Jobs, "send">;
  readonly limits: RunLimits;
  /** Aborted when the service ends, and with it everybody who follows. */
  readonly ending: AbortSignal;
  readonly now: () => Date;
}

/** How often a run that is followed is looked at, in milliseconds. */
const lookEvery = 700;

/** Reproductions on the server: asked for by readers, measured by workers (`RunWorker`). */
export class Runs {
  readonly #parts: Parts;
  readonly #looks = new Map<string, Promise<RunView | null>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Puts a run in the queue, within the reader's quota.
   * @throws FeedError `ERR_NOT_FOUND` for a paper without a reproduction, `ERR_INPUT` for a preset
   * or seed that cannot be, `ERR_FORBIDDEN` for an account that may not, `ERR_LIMIT` over the quota.
   */
  async request({ slug, preset, seed, accountId }: RunRequest): Promise<RunView> {
    const { db, catalogue, jobs, now } = this.#parts;
    const entry = (await catalogue.entries()).get(slug);
    if (!entry?.built) throw notFoundError(`"${slug}" has no reproduction to run`);
    if (preset !== "quick" && preset !== "full")
      throw inputError(`preset must be quick or full, got ${preset}`);
    if (!Number.isSafeInteger(seed) || seed < 0)
      throw inputError(`seed must be an integer from 0 to ${Number.MAX_SAFE_INTEGER}, got ${seed}`);
    const at = now();
    const paperId = entry.paper.arxiv;
    const row = await db.transaction().execute(async (trx) => {
      await this.#checkQuota(trx, accountId, at);
      return trx
        .insertInto("runs")
        .values({
          paper_id: paperId,
          id: newId(at),
          slug,
          account_id: accountId,
          preset,
          device: "wasm",
          seed,
          created_at: at,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
    });
    // Should the process end here, the sweep sends it.
    await jobs.send("runs", { paperId, id: row.id });
    return runView(row);
  }

  async #checkQuota(trx: Db, accountId: string, at: Date): Promise<void> {
    const { perDay, atOnce } = this.#parts.limits;
    const account = await trx
      .selectFrom("accounts")
      .select(["suspended_at", "deleted_at"])
      .where("id", "=", accountId)
      .forUpdate()
      .executeTakeFirst();
    if (!account || account.deleted_at) throw forbiddenError("sign in to run a reproduction here");
    if (account.suspended_at) throw forbiddenError("this account is suspended");
    const recent = await trx
      .selectFrom("runs")
      .select("state")
      .where("account_id", "=", accountId)
      .where((eb) =>
        eb.or([
          eb("created_at", ">", new Date(at.getTime() - 86_400_000)),
          eb("state", "in", ["queued", "running"]),
        ]),
      )
      .execute();
    const open = recent.filter((run) => !hasEnded(run)).length;
    if (open >= atOnce)
      throw new FeedError(
        "ERR_LIMIT",
        `you have ${open} ${open === 1 ? "run" : "runs"} waiting or running, ${atOnce} at once is allowed: wait for it or cancel it`,
      );
    if (recent.length >= perDay)
      throw new FeedError(
        "ERR_LIMIT",
        `${perDay} runs in 24 hours are allowed, and you have had ${recent.length}: run it in your browser or on your own machine`,
      );
  }

  /** The run with this id, or `null`. */
  async get(id: string): Promise<RunView | null> {
    const row = await this.#parts.db
      .selectFrom("runs")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    return row ? runView(row) : null;
  }

  /** Runs of a paper or of an account, or all, the latest first. */
  async list(
    filter: { paperId?: string; accountId?: string; open?: boolean },
    limit: number,
  ): Promise<RunView[]> {
    let query = this.#parts.db.selectFrom("runs").selectAll();
    if (filter.paperId !== undefined) query = query.where("paper_id", "=", filter.paperId);
    if (filter.accountId !== undefined) query = query.where("account_id", "=", filter.accountId);
    if (filter.open) query = query.where("state", "in", ["queued", "running"]);
    const rows = await query.orderBy("created_at", "desc").limit(limit).execute();
    return rows.map(runView);
  }

  /**
   * Cancels a run: at once if it waits, at the worker's next sign of life if it runs. One that has
   * ended stays as it is.
   * @throws FeedError `ERR_NOT_FOUND` if there is none, `ERR_FORBIDDEN` if it is another's.
   */
  async cancel(id: string, by: { id: string; role: string }): Promise<RunView> {
    const { db, now } = this.#parts;
    const run = await this.get(id);
    if (!run) throw notFoundError(`there is no run ${id}`);
    if (run.accountId !== by.id && by.role !== "moderator")
      throw forbiddenError("only who asked for a run may cancel it");
    const at = now();
    await db
      .updateTable("runs")
      .set({
        cancel_asked_at: at,
        state: sql<RunState>`case state when 'queued' then 'cancelled' else state end`,
        finished_at: sql<Date | null>`case state when 'queued' then ${at}::timestamptz end`,
      })
      .where("paper_id", "=", run.paperId)
      .where("id", "=", id)
      .where("state", "in", ["queued", "running"])
      .execute();
    return (await this.get(id))!;
  }

  /**
   * A run as it is now and each time it changes, until it has ended (or the service does).
   * @throws FeedError `ERR_NOT_FOUND` if there is none.
   */
  async *follow(id: string, signal?: AbortSignal): AsyncGenerator<RunView, void, void> {
    const { ending } = this.#parts;
    const over = signal ? AbortSignal.any([signal, ending]) : ending;
    let last = "";
    while (!over.aborted) {
      const run = await this.#look(id);
      if (!run) throw notFoundError(`there is no run ${id}`);
      const text = JSON.stringify(run);
      if (text !== last) yield run;
      last = text;
      if (hasEnded(run)) return;
      await sleep(lookEvery, undefined, { signal: over }).catch(() => {});
    }
  }

  /** However many follow a run, it is looked at once a moment. */
  #look(id: string): Promise<RunView | null> {
    const known = this.#looks.get(id);
    if (known) return known;
    const look = this.get(id);
    this.#looks.set(id, look);
    setTimeout(() => this.#looks.delete(id), lookEvery / 2).unref();
    return look;
  }
}
