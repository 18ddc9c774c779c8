import type { Db } from "../database/open.ts";
import { attemptsAllowed, type CellKey } from "./do-cell.ts";

/** A cell whose worker was silent for so long is another's, in milliseconds. */
const silentFor = 60_000;

/**
 * Takes up what dead workers left: their cells wait again, or have failed if they were begun too
 * often. Returns the cells that wait, the oldest first.
 */
export async function takeUpCells(
  db: Db,
  now: Date,
): Promise<(CellKey & { readonly backend: string })[]> {
  const silent = db
    .updateTable("sweep_cells")
    .where("state", "=", "running")
    .where("heartbeat_at", "<", new Date(now.getTime() - silentFor));
  await silent
    .where("cancel_asked_at", "is not", null)
    .set({ state: "cancelled", doing: "", finished_at: now })
    .execute();
  await silent
    .where("attempts", ">=", attemptsAllowed)
    .set({
      state: "failed",
      error: `its worker died, for the ${attemptsAllowed}th time`,
      doing: "",
      finished_at: now,
    })
    .execute();
  await silent
    .set({ state: "queued", error: "its worker died", doing: "", heartbeat_at: null })
    .execute();
  const waiting = await db
    .selectFrom("sweep_cells")
    .select(["sweep_id", "position", "backend"])
    .where("state", "=", "queued")
    .orderBy("sweep_id")
    .orderBy("position")
    .execute();
  return waiting.map(({ sweep_id, position, backend }) => ({
    sweepId: sweep_id,
    position,
    backend,
  }));
}
