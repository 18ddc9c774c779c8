import type { Db } from "../../database/open.ts";
import { settledRevision } from "../../database/revision.ts";
import type { IndexedPaper } from "../indexed-paper.ts";

/** Rows up to a revision; what comes next has a larger one. */
interface Changes<Row> {
  readonly rows: readonly Row[];
  readonly revision: number;
}

/** Papers that changed after a revision; one that is hidden has none to show. */
export async function paperChanges(
  db: Db,
  revision: number,
  limit: number,
): Promise<Changes<{ id: string; paper: IndexedPaper | null }>> {
  const settled = await settledRevision(db);
  const rows = await db
    .selectFrom("papers")
    .select(["id", "title", "abstract", "authors", "topics", "listed_day", "published_at"])
    .select(["claims_hold", "claims_fail", "runs_in_browser", "hidden_at", "revision"])
    .where("revision", ">", revision)
    .where("revision", "<=", settled)
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
            unlisted: row.listed_day === null,
          },
    })),
  };
}

/** A model's vectors that changed after a revision. */
export async function vectorChanges(
  db: Db,
  model: string,
  revision: number,
  limit: number,
): Promise<Changes<{ id: string; vector: Float32Array }>> {
  const settled = await settledRevision(db);
  const rows = await db
    .selectFrom("vectors")
    .select(["paper_id", "vector", "revision"])
    .where("model", "=", model)
    .where("revision", ">", revision)
    .where("revision", "<=", settled)
    .orderBy("revision")
    .limit(limit)
    .execute();
  return {
    revision: rows.at(-1)?.revision ?? revision,
    rows: rows.map((row) => ({ id: row.paper_id, vector: floatsOf(row.vector) })),
  };
}

/** A copy, since what drivers give is not aligned. */
const floatsOf = (bytes: Uint8Array) => new Float32Array(Uint8Array.from(bytes).buffer);
