import { sql } from "kysely";
import type { Db } from "../database/open.ts";

/** Keeps the number of visible papers of a day; in the transaction that shows or hides them. */
export async function addToDay(trx: Db, day: string, papers: number): Promise<void> {
  await sql`
    insert into feed_days as d (day, papers) values (${day}, greatest(${papers}, 0))
    on conflict (day) do update set papers = d.papers + ${papers}`.execute(trx);
}

export interface DayRange {
  /** First and last day, both included, `YYYY-MM-DD`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const filled = (db: Db, { from, to }: DayRange) => {
  let query = db.selectFrom("feed_days").where("papers", ">", 0);
  if (from !== undefined) query = query.where("day", ">=", from);
  if (to !== undefined) query = query.where("day", "<=", to);
  return query;
};

/** The days that have papers, with how many, first day first. */
export const filledDays = (
  db: Db,
  range: DayRange = {},
): Promise<{ day: string; papers: number }[]> =>
  filled(db, range).selectAll().orderBy("day").execute();

/** How many papers the days have together. */
export async function papersInDays(db: Db, range: DayRange): Promise<number> {
  const row = await filled(db, range)
    .select((eb) => eb.fn.sum<number | null>("papers").as("papers"))
    .executeTakeFirst();
  return row?.papers ?? 0;
}

/** The last day with papers, or the last on or before a day; `null` if there is none. */
export async function lastFilledDay(
  db: Db,
  { onOrBefore }: { onOrBefore?: string } = {},
): Promise<string | null> {
  const row = await filled(db, { to: onOrBefore })
    .select("day")
    .orderBy("day", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.day ?? null;
}

/** The nearest days with papers before and after a day. */
export async function neighbouringDays(
  db: Db,
  day: string,
): Promise<{ earlier: string | null; later: string | null }> {
  const near = filled(db, {}).select("day").limit(1);
  const earlier = await near.where("day", "<", day).orderBy("day", "desc").executeTakeFirst();
  const later = await near.where("day", ">", day).orderBy("day").executeTakeFirst();
  return { earlier: earlier?.day ?? null, later: later?.day ?? null };
}
