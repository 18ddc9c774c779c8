import { type Db, json } from "../database/open.ts";
import { nextRevision } from "../database/revision.ts";
import type { ClaimCell, Verdict } from "../database/tables.ts";
import { inTransaction } from "../database/transaction.ts";
import { conflictError, notFoundError } from "../feed-error.ts";
import { countAgain } from "../papers/feed-counts.ts";
import type { ClaimState } from "../papers/paper-view.ts";
import { lockPaper } from "../trending/recount.ts";

/** A paper's claims with their standing, in the claims' order. */
export async function claimStates(db: Db, paperId: string): Promise<ClaimState[]> {
  const rows = await db
    .selectFrom("claim_states")
    .selectAll()
    .where("paper_id", "=", paperId)
    .orderBy("position")
    .orderBy("claim_id")
    .execute();
  return rows.map(({ paper_id: _, claim_id, recorded_at, ...row }) => ({
    id: claim_id,
    ...row,
    recordedAt: recorded_at,
  }));
}

/**
 * Replaces the standing of all of a paper's claims, and what the feed shows of them. The same again
 * changes nothing.
 * @throws FeedError `ERR_NOT_FOUND` if the paper is not known, `ERR_CONFLICT` if two have one id.
 */
export const setClaimStates = (
  db: Db,
  paperId: string,
  states: readonly ClaimState[],
): Promise<void> =>
  inTransaction(db, async (trx) => {
    if (new Set(states.map(({ id }) => id)).size < states.length) {
      throw conflictError(`setClaimStates: two claims of ${paperId} have the same id`);
    }
    const paper = await lockPaper(trx, paperId);
    if (!paper) throw notFoundError(`setClaimStates: no paper ${paperId} is known`);
    const sorted = [...states].sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
    if (serial(await claimStates(trx, paperId)) === serial(sorted)) return;
    await trx.deleteFrom("claim_states").where("paper_id", "=", paperId).execute();
    if (sorted.length > 0) {
      const rows = sorted.map(({ id, recordedAt, ...state }) => ({
        ...state,
        paper_id: paperId,
        claim_id: id,
        recorded_at: recordedAt,
      }));
      await trx.insertInto("claim_states").values(rows).execute();
    }
    const having = (verdict: Verdict) => sorted.filter((one) => one.verdict === verdict).length;
    const cells: ClaimCell[] = sorted.map(({ verdict, scale, stale }) => ({
      verdict,
      scale,
      stale,
    }));
    const counts = {
      claims_hold: having("holds"),
      claims_fail: having("fails"),
      claims_inconclusive: having("inconclusive"),
      claims_not_measured: having("not-measured"),
    };
    await trx
      .updateTable("papers")
      .set({ ...counts, claim_cells: json(cells), revision: nextRevision })
      .where("id", "=", paperId)
      .execute();
    await countAgain(trx, [{ before: paper, after: { ...paper, ...counts } }]);
  });

const fields = [
  "id",
  "position",
  "statement",
  "scale",
  "verdict",
  "reason",
  "reported",
  "measured",
  "stale",
  "recordedAt",
  "preset",
  "device",
  "machine",
] as const satisfies readonly (keyof ClaimState)[];

const serial = (states: readonly ClaimState[]) =>
  JSON.stringify(states.map((state) => fields.map((field) => state[field])));
