import { sql } from "kysely";
import type { Db } from "./open.ts";

/** The advisory lock that orders revisions; the number only has to be nobody else's. */
export const revisionLock = 7_301_221;

/** The value for `papers.revision` in an update of what readers see. */
export const nextRevision = sql<number>`next_revision()`;

/**
 * Waits until every transaction that took a revision has ended, so that what is read after it in
 * this transaction misses none below the largest.
 */
export const settleRevisions = (trx: Db) =>
  sql`select pg_advisory_xact_lock(${sql.lit(revisionLock)})`.execute(trx);
