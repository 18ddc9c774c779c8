import { sql } from "kysely";
import { checkCount } from "../check.ts";
import type { Db } from "../database/open.ts";
import { inputError } from "../feed-error.ts";
import { visible } from "./feed-page.ts";
import type { PaperView } from "./paper-view.ts";
import { fetchPapers, selectPapers } from "./select-papers.ts";

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
  checkCount("cursorPage: limit", limit, 1);
  let query = selectPapers(db).where(visible);
  if (cursor !== undefined) {
    const [day, published, id] = place(cursor);
    query = query.where(
      sql<boolean>`(papers.listed_day, papers.published_at, papers.id) <
        (${day}::date, ${published}::timestamptz, ${id})`,
    );
  }
  query = query
    .orderBy("papers.listed_day", "desc")
    .orderBy("papers.published_at", "desc")
    .orderBy("papers.id", "desc")
    .limit(limit + 1);
  const found = await fetchPapers(db, query);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? cursorAfter(items.at(-1)!) : null };
}

/** The place of a paper in the order: its day as days since 1970, the millisecond, the id. */
const cursorAfter = ({ listedDay, publishedAt, id }: PaperView) =>
  `${Date.parse(listedDay!) / dayMs}.${publishedAt.getTime()}.${id}`;

const dayMs = 86_400_000;

function place(cursor: string): readonly [string, string, string] {
  const parts = /^(\d{1,5})\.(\d{1,13})\.([\w./-]{1,40})$/.exec(cursor);
  if (!parts) throw inputError("cursorPage: the cursor is not one that a page gave");
  const day = new Date(Number(parts[1]) * dayMs).toISOString().slice(0, 10);
  return [day, new Date(Number(parts[2])).toISOString(), parts[3]!];
}
