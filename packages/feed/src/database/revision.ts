import { sql } from "kysely";
import type { Db } from "./open.ts";

/** The class of our advisory locks; the number only has to be nobody else's. */
export const revisionLocks = 7_301_221;

/** The value for `papers.revision` in an update of what readers see. */
export const nextRevision = sql<number>`next_revision()`;

/** The last revision that a transaction took, ended or not; 0 before the first. */
export async function lastRevision(db: Db): Promise<number> {
  const { rows } = await sql<{ revision: number }>`
    select case when is_called then last_value else 0 end as revision from revisions`.execute(db);
  return rows[0]!.revision;
}

/**
 * A revision up to which everything is committed that ever will be: no running transaction has one
 * below. Transactions do not end in the order of their revisions, so a follower that went on from
 * the largest it sees would miss some. It makes nobody wait. The last revision is read before the
 * locks: who takes one between the two takes a larger one.
 */
export async function settledRevision(db: Db): Promise<number> {
  const latest = await lastRevision(db);
  const open = await sql<{ revision: number | null }>`
    select min(objid::bigint) as revision from pg_locks
    where locktype = 'advisory' and classid = ${sql.lit(revisionLocks)}::oid and objsubid = 2
      and database = (select oid from pg_database where datname = current_database())`.execute(db);
  return Math.min(latest, open.rows[0]?.revision ?? latest);
}
