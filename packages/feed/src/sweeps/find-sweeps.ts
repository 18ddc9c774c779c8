import { type Selectable, sql } from "kysely";
import type { Db } from "../database/open.ts";
import type { RunState, SweepTable } from "../database/tables.ts";
import { notFoundError } from "../feed-error.ts";
import { type CellView, cellView, type SweepView } from "./sweep-view.ts";

const states: readonly RunState[] = ["queued", "running", "done", "failed", "cancelled"];

async function withCells(db: Db, rows: readonly Selectable<SweepTable>[]): Promise<SweepView[]> {
  if (rows.length === 0) return [];
  const counts = await db
    .selectFrom("sweep_cells")
    .select((eb) => ["sweep_id", "state", eb.fn.countAll<number>().as("cells")])
    .where(
      "sweep_id",
      "in",
      rows.map(({ id }) => id),
    )
    .groupBy(["sweep_id", "state"])
    .execute();
  return rows.map(({ id, name, kind, options, created_at }) => ({
    id,
    name,
    kind,
    options,
    createdAt: created_at,
    cells: Object.fromEntries(
      states.map((state) => [
        state,
        counts.find((row) => row.sweep_id === id && row.state === state)?.cells ?? 0,
      ]),
    ) as SweepView["cells"],
  }));
}

/** All sweeps, the latest first. */
export const listSweeps = async (db: Db, limit = 100): Promise<SweepView[]> =>
  withCells(
    db,
    await db.selectFrom("sweeps").selectAll().orderBy("id", "desc").limit(limit).execute(),
  );

/**
 * The sweep with this identifier or name.
 * @throws FeedError `ERR_NOT_FOUND` with the names that there are.
 */
export async function findSweep(db: Db, idOrName: string): Promise<SweepView> {
  const row = await db
    .selectFrom("sweeps")
    .selectAll()
    .where((eb) => eb.or([eb("id", "=", idOrName), eb("name", "=", idOrName)]))
    .executeTakeFirst();
  const [found] = await withCells(db, row ? [row] : []);
  if (found) return found;
  const names = (await listSweeps(db, 5)).map(({ name }) => name);
  throw notFoundError(
    `there is no sweep ${idOrName}${names.length > 0 ? `; the latest are ${names.join(", ")}` : ""}`,
  );
}

/** The cells of a sweep in their order. */
export async function cellsOf(db: Db, sweepId: string): Promise<CellView[]> {
  const rows = await db
    .selectFrom("sweep_cells")
    .selectAll()
    .where("sweep_id", "=", sweepId)
    .orderBy("position")
    .execute();
  return rows.map(cellView);
}

/** One step of a cell: a line of JSON, and where it happened. */
export interface CellEvent {
  readonly machine: string;
  readonly line: string;
}

/** The steps that are kept of a cell, in their order. */
export const cellEvents = (
  db: Db,
  { sweepId, position }: { sweepId: string; position: number },
): Promise<CellEvent[]> =>
  db
    .selectFrom("sweep_events")
    .select(["machine", "line"])
    .where("sweep_id", "=", sweepId)
    .where("cell", "=", position)
    .orderBy("position")
    .execute();

/** The back ends of cells that wait, that of the oldest first, and whether any cell runs. */
export async function openCells(
  db: Db,
): Promise<{ readonly waiting: readonly string[]; readonly running: boolean }> {
  const rows = await db
    .selectFrom("sweep_cells")
    .select(["backend", "state"])
    .where("state", "in", ["queued", "running"])
    .groupBy(["backend", "state"])
    .orderBy(sql`min(sweep_id || lpad(position::text, 10, '0'))`)
    .execute();
  return {
    waiting: rows.filter(({ state }) => state === "queued").map(({ backend }) => backend),
    running: rows.some(({ state }) => state === "running"),
  };
}
