import { sql } from "kysely";
import type { Db } from "../database/open.ts";
import { inputError } from "../feed-error.ts";
import { visible } from "./feed-page.ts";
import type { PaperView } from "./paper-view.ts";
import { paperView, selectPapers } from "./select-papers.ts";

/**
 * The feed from the newest on, page by page: `next` leads to the page after, `null` at the end.
 * What is listed meanwhile neither repeats nor skips a paper: a cursor is a place in the order, not
 * a number of papers.
 * @throws FeedError `ERR_INPUT` for a cursor that is not from here.
 */
export async function cursorPage(
  db: Db,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: PaperView[]; next: string | null }> {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw inputError(`cursorPage: limit must be an integer >= 1, got ${limit}`);
  }
  let query = selectPapers(db).where(visible);
  if (cursor !== undefined) {
    const [day, published, id] = place(cursor);
    query = query.where(
      sql<boolean>`(papers.listed_day, papers.published_at, papers.id) <
        (${day}::date, ${published}::timestamptz, ${id})`,
    );
  }
  const rows = await query
    .orderBy("papers.listed_day", "desc")
    .orderBy("papers.published_at", "desc")
    .orderBy("papers.id", "desc")
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(paperView);
  return { items, next: rows.length > limit ? cursorAfter(items.at(-1)!) : null };
}

const cursorAfter = ({ listedDay, publishedAt, id }: PaperView) =>
  Buffer.from(`${listedDay} ${publishedAt.toISOString()} ${id}`).toString("base64url");

function place(cursor: string): readonly [string, string, string] {
  const text = Buffer.from(cursor, "base64url").toString();
  const parts = /^(\d{4}-\d\d-\d\d) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([\w./-]+)$/.exec(
    text,
  );
  const [, day = "", published = "", id = ""] = parts ?? [];
  if (Number.isNaN(Date.parse(day)) || Number.isNaN(Date.parse(published))) {
    throw inputError("cursorPage: the cursor is not one that a page gave");
  }
  return [day, published, id];
}
