import { sql } from "kysely";
import type { Db } from "../database/open.ts";
import { isStorable } from "../database/storable.ts";
import { countedColumns } from "../papers/feed-counts.ts";
import { halfLives, weights } from "./formulas.ts";

/**
 * Counts a paper's votes and comments again and computes its heat from their rows, in one order, so
 * that the same rows always give the same number. The paper's row must be locked by the caller.
 * The database's clock is the judge of what lies in the future. O(votes + comments).
 */
export async function recount(trx: Db, paperId: string): Promise<{ votes: number }> {
  const { rows } = await sql<{ votes: number }>`
    with events as (
      select listed_at as at, ${sql.lit(weights.listing)}::float8 as weight, '' as id
        from papers where id = ${paperId} and listed_at is not null
      union all
      select created_at, weight * ${sql.lit(weights.vote)}::float8, account_id
        from votes where paper_id = ${paperId}
      union all
      select least(min(created_at), clock_timestamp()), ${sql.lit(weights.comment)}::float8,
             'c' || account_id
        from comments
        where paper_id = ${paperId} and account_id is not null
          and deleted_at is null and hidden_at is null
        group by account_id
    ),
    exponents as (
      select at, id,
        extract(epoch from at)::float8 / 3600 / ${sql.lit(halfLives.day)} + ln(weight) / ln(2::float8) as day,
        extract(epoch from at)::float8 / 3600 / ${sql.lit(halfLives.week)} + ln(weight) / ln(2::float8) as week
      from events
    ),
    largest as (select max(day) as day, max(week) as week from exponents),
    heats as (
      select
        max(l.day) + ln(sum(power(2::float8, greatest(e.day - l.day, -1000)) order by e.day, e.id))
          / ln(2::float8) as day,
        max(l.week) + ln(sum(power(2::float8, greatest(e.week - l.week, -1000)) order by e.week, e.id))
          / ln(2::float8) as week
      from exponents e, largest l
    )
    update papers set
      votes = (select count(*) from votes where paper_id = ${paperId}),
      comment_count = (
        select count(*) from comments
        where paper_id = ${paperId} and deleted_at is null and hidden_at is null
      ),
      heat_day = coalesce(heats.day, 0),
      heat_week = coalesce(heats.week, 0),
      revision = next_revision()
    from heats
    where papers.id = ${paperId}
    returning votes`.execute(trx);
  return { votes: rows[0]?.votes ?? 0 };
}

/** Locks a paper's row, so that who counts next counts what this transaction wrote. */
export async function lockPaper(trx: Db, paperId: string) {
  if (!isStorable(paperId)) return undefined;
  return trx
    .selectFrom("papers")
    .select(["id", "listed_at", "votes", ...countedColumns])
    .where("id", "=", paperId)
    .forUpdate()
    .executeTakeFirst();
}
