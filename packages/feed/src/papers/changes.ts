import { sql } from "kysely";
import { checkCount } from "../check.ts";
import type { Db } from "../database/open.ts";
import { settledRevision } from "../database/revision.ts";
import { inputError } from "../feed-error.ts";
import type { PaperView } from "./paper-view.ts";
import { fetchPapers, selectPapers } from "./select-papers.ts";

/**
 * Papers that changed after a revision, in the order of their revisions, hidden and unlisted ones
 * too (`hiddenAt`, `listedAt`): what caches and indexes follow. Whoever goes on from the last one's
 * `revision` misses none: what a transaction still running may yet precede comes with a later call.
 * @throws FeedError `ERR_INPUT`
 */
export async function changedSince(db: Db, revision: number, limit: number): Promise<PaperView[]> {
  if (!Number.isSafeInteger(revision)) {
    throw inputError(`changedSince: revision must be an integer, got ${revision}`);
  }
  checkCount("changedSince: limit", limit);
  const settled = await settledRevision(db);
  const query = selectPapers(db)
    .where("papers.revision", ">", revision)
    .where("papers.revision", "<=", settled)
    .orderBy("papers.revision")
    .limit(limit);
  return fetchPapers(db, query);
}

/** The largest revision; 0 while there is no paper. It moves whenever a reader may see a change. */
export async function latestRevision(db: Db): Promise<number> {
  const { rows } = await sql<{ revision: number | null }>`
    select max(revision) as revision from papers`.execute(db);
  return rows[0]?.revision ?? 0;
}

/** How many visible papers each topic has, most first. */
export async function topicCounts(db: Db): Promise<{ topic: string; papers: number }[]> {
  const { rows } = await sql<{ topic: string; papers: number }>`
    select substr(facet, 7) as topic, sum(papers) as papers from feed_counts
    where facet like 'topic:%' group by facet having sum(papers) > 0
    order by papers desc, topic`.execute(db);
  return rows;
}
