import { sql } from "kysely";
import type { Db } from "./open.ts";

/** The class of our advisory locks; the number only has to be nobody else's. */
export const revisionLocks = 7_301_221;

/** The value for `papers.revision` in an update of what readers see. */
export const nextRevision = sql<number>`next_revision()`;

/**
 * A revision up to which everything is committed that ever will be: no running transaction has one
 * below. Transactions do not end in the order of their revisions, so a follower that went on from
 * the largest it sees would miss some. It makes nobody wait. The last revision is read before the
 * locks: who takes one between the two takes a larger one.
 */
export async function settledRevision(db: Db): Promise<number> {
  const last = await sql<{ revision: number }>`
    select case when is_called then last_value else 0 end as revision from revisions`.execute(db);
  const open = await sql<{ revision: number | null }>`
    select min(objid::bigint) as revision from pg_locks
    where locktype = 'advisory' and classid = ${sql.lit(revisionLocks)}::oid and objsubid = 2
      and database = (select oid from pg_database where datname = current_database())`.execute(db);
  const latest = last.rows[0]!.revision;
  return Math.min(latest, open.rows[0]?.revision ?? latest);
}
