import { checkDay } from "../check.ts";
import type { Db } from "../database/open.ts";

export interface DayRange {
  /** First and last day, both included, `YYYY-MM-DD`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const counts = (db: Db, facet: string, { from, to }: DayRange) => {
  let query = db.selectFrom("feed_counts").where("facet", "=", facet).where("papers", ">", 0);
  if (from !== undefined) query = query.where("day", ">=", from);
  if (to !== undefined) query = query.where("day", "<=", to);
  return query;
};

const filled = (db: Db, range: DayRange) => counts(db, "all", range);

/**
 * The days that have papers, with how many, first day first.
 * @throws FeedError `ERR_INPUT` for what is no day; so do the other two.
 */
export async function filledDays(
  db: Db,
  range: DayRange = {},
): Promise<{ day: string; papers: number }[]> {
  const { from, to } = range;
  if (from !== undefined) checkDay("filledDays: from", from);
  if (to !== undefined) checkDay("filledDays: to", to);
  return filled(db, range).select(["day", "papers"]).orderBy("day").execute();
}

/** How many visible papers of a facet the days have together. */
export async function papersInDays(db: Db, facet: string, range: DayRange): Promise<number> {
  const row = await counts(db, facet, range)
    .select((eb) => eb.fn.sum<number | null>("papers").as("papers"))
    .executeTakeFirst();
  return row?.papers ?? 0;
}

/** The last day with papers, or the last on or before a day; `null` if there is none. */
export async function lastFilledDay(
  db: Db,
  { onOrBefore }: { onOrBefore?: string } = {},
): Promise<string | null> {
  if (onOrBefore !== undefined) checkDay("lastFilledDay: onOrBefore", onOrBefore);
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
  checkDay("neighbouringDays: day", day);
  const near = filled(db, {}).select("day").limit(1);
  const earlier = await near.where("day", "<", day).orderBy("day", "desc").executeTakeFirst();
  const later = await near.where("day", ">", day).orderBy("day").executeTakeFirst();
  return { earlier: earlier?.day ?? null, later: later?.day ?? null };
}
