import type { Db } from "./open.ts";

/** Runs in the transaction that `db` is, or else in one of its own: all of it or nothing. */
export const inTransaction = <T>(db: Db, work: (trx: Db) => Promise<T>): Promise<T> =>
  db.isTransaction ? work(db) : db.transaction().execute(work);
