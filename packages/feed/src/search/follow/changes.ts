import type { Db } from "../../database/open.ts";
import { settleRevisions } from "../../database/revision.ts";
import { inTransaction } from "../../database/transaction.ts";
import type { IndexedPaper } from "../indexed-paper.ts";

/** Rows up to a revision; what comes next has a larger one. */
interface Changes<Row> {
  readonly rows: readonly Row[];
  readonly revision: number;
}

/** Papers that changed after a revision; one that is hidden has none to show. */
export const paperChanges = (
  db: Db,
  revision: number,
  limit: number,
): Promise<Changes<{ id: string; paper: IndexedPaper | null }>> =>
  inTransaction(db, async (trx) => {
    await settleRevisions(trx);
    const rows = await trx
      .selectFrom("papers")
      .select(["id", "title", "abstract", "authors", "topics", "listed_day", "published_at"])
      .select(["claims_hold", "claims_fail", "runs_in_browser", "hidden_at", "revision"])
      .where("revision", ">", revision)
      .orderBy("revision")
      .limit(limit)
      .execute();
    return {
      revision: rows.at(-1)?.revision ?? revision,
      rows: rows.map((row) => ({
        id: row.id,
        paper: row.hidden_at
          ? null
          : {
              id: row.id,
              title: row.title,
              abstract: row.abstract,
              authors: row.authors.map(({ name }) => name),
              day: row.listed_day ?? row.published_at.toISOString().slice(0, 10),
              topics: row.topics,
              claimsHold: row.claims_hold,
              claimsFail: row.claims_fail,
              runsInBrowser: row.runs_in_browser,
            },
      })),
    };
  });

/** A model's vectors that changed after a revision. */
export const vectorChanges = (
  db: Db,
  model: string,
  revision: number,
  limit: number,
): Promise<Changes<{ id: string; vector: Float32Array }>> =>
  inTransaction(db, async (trx) => {
    await settleRevisions(trx);
    const rows = await trx
      .selectFrom("vectors")
      .select(["paper_id", "vector", "revision"])
      .where("model", "=", model)
      .where("revision", ">", revision)
      .orderBy("revision")
      .limit(limit)
      .execute();
    return {
      revision: rows.at(-1)?.revision ?? revision,
      rows: rows.map((row) => ({ id: row.paper_id, vector: floatsOf(row.vector) })),
    };
  });

/** A copy, since what drivers give is not aligned. */
const floatsOf = (bytes: Uint8Array) => new Float32Array(Uint8Array.from(bytes).buffer);
