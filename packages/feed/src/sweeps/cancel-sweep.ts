import { sql } from "kysely";
import type { Db } from "../database/open.ts";
import type { RunState } from "../database/tables.ts";
import { findSweep } from "./find-sweeps.ts";
import type { SweepView } from "./sweep-view.ts";

/**
 * Cancels what is left of a sweep: cells that wait at once, those that run at their worker's next
 * sign of life. What has ended stays as it is.
 * @throws FeedError `ERR_NOT_FOUND` if there is none.
 */
export async function cancelSweep(db: Db, idOrName: string, now: Date): Promise<SweepView> {
  const { id } = await findSweep(db, idOrName);
  await db
    .updateTable("sweep_cells")
    .set({
      cancel_asked_at: now,
      state: sql<RunState>`case state when 'queued' then 'cancelled' else state end`,
      finished_at: sql<Date | null>`case state when 'queued' then ${now}::timestamptz end`,
    })
    .where("sweep_id", "=", id)
    .where("state", "in", ["queued", "running"])
    .execute();
  return findSweep(db, id);
}
