import { type Db, json } from "../database/open.ts";

/** How far a source was read. */
export interface HarvestState<Cursor> {
  readonly source: string;
  readonly cursor: Cursor;
  /** How many papers since it was begun. */
  readonly papers: number;
  readonly finishedAt: Date | null;
}

/** How far a source was read; `undefined` if it never was. The caller knows its cursor's form. */
export async function harvestState<Cursor>(
  db: Db,
  source: string,
): Promise<HarvestState<Cursor> | undefined> {
  const row = await db
    .selectFrom("harvests")
    .selectAll()
    .where("source", "=", source)
    .executeTakeFirst();
  return (
    row && { source, cursor: row.cursor as Cursor, papers: row.papers, finishedAt: row.finished_at }
  );
}

/** Keeps how far a source is read; `begun` starts its count and its clock anew. */
export async function saveHarvest<Cursor extends object>(
  db: Db,
  state: HarvestState<Cursor>,
  { now, begun = false }: { now: Date; begun?: boolean },
): Promise<void> {
  const values = {
    cursor: json(state.cursor) as unknown as string,
    papers: state.papers,
    updated_at: now,
    finished_at: state.finishedAt,
    error: null,
  };
  await db
    .insertInto("harvests")
    .values({ source: state.source, started_at: now, ...values })
    .onConflict((conflict) =>
      conflict.column("source").doUpdateSet({ ...values, ...(begun && { started_at: now }) }),
    )
    .execute();
}

/** Keeps why a source could not be read on; whoever looks after the service sees it. */
export async function saveHarvestError(
  db: Db,
  source: string,
  error: unknown,
  now: Date,
): Promise<void> {
  const message = (error instanceof Error ? error.message : String(error))
    .replace(/\p{Cc}+/gu, " ")
    .toWellFormed()
    .slice(0, 1000);
  await db
    .updateTable("harvests")
    .set({ error: message, updated_at: now })
    .where("source", "=", source)
    .execute();
}
