import { sql } from "kysely";
import { getAccount, requireRole } from "../accounts/account.ts";
import { checkMoment } from "../check.ts";
import type { Db } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import { notFoundError } from "../feed-error.ts";
import { voteWeight } from "../trending/formulas.ts";
import { lockPaper, recount } from "../trending/recount.ts";

export interface Voted {
  /** The paper's votes now. */
  readonly votes: number;
  readonly voted: boolean;
}

/**
 * An account's vote for a paper, once however often it is cast. A vote counts as cast now by the
 * database's clock at the latest: a clock that is ahead gains nothing.
 * @throws FeedError `ERR_NOT_FOUND` if there is no such visible paper, `ERR_UNAUTHENTICATED` or
 * `ERR_FORBIDDEN` if the account is gone or suspended.
 */
export const vote = (
  db: Db,
  { paperId, accountId, now }: { paperId: string; accountId: string; now: Date },
): Promise<Voted> =>
  inTransaction(db, async (trx) => {
    checkMoment("vote: now", now);
    const paper = await lockPaper(trx, paperId);
    if (!paper || paper.hidden_at !== null) throw notFoundError(`vote: there is no ${paperId}`);
    const account = await getAccount(trx, accountId);
    requireRole(account, "reader");
    const inserted = await trx
      .insertInto("votes")
      .values({
        paper_id: paperId,
        account_id: accountId,
        created_at: sql<Date>`least(${now}::timestamptz, clock_timestamp())`,
        weight: voteWeight(account.createdAt, now),
      })
      .onConflict((conflict) => conflict.columns(["paper_id", "account_id"]).doNothing())
      .returning("account_id")
      .execute();
    const votes = inserted.length > 0 ? (await recount(trx, paperId)).votes : paper.votes;
    return { votes, voted: true };
  });

/**
 * Takes an account's vote back, if there is one; the paper's score is as if it had never been.
 * @throws FeedError `ERR_NOT_FOUND` if there is no such paper.
 */
export const unvote = (
  db: Db,
  { paperId, accountId }: { paperId: string; accountId: string },
): Promise<Voted> =>
  inTransaction(db, async (trx) => {
    const paper = await lockPaper(trx, paperId);
    if (!paper) throw notFoundError(`unvote: there is no ${paperId}`);
    const deleted = await trx
      .deleteFrom("votes")
      .where("paper_id", "=", paperId)
      .where("account_id", "=", accountId)
      .returning("account_id")
      .execute();
    const votes = deleted.length > 0 ? (await recount(trx, paperId)).votes : paper.votes;
    return { votes, voted: false };
  });

/** Which of the papers an account has voted for. */
export async function votedPapers(
  db: Db,
  accountId: string,
  paperIds: readonly string[],
): Promise<Set<string>> {
  if (paperIds.length === 0) return new Set();
  const rows = await db
    .selectFrom("votes")
    .select("paper_id")
    .where("account_id", "=", accountId)
    .where("paper_id", "in", paperIds)
    .execute();
  return new Set(rows.map((row) => row.paper_id));
}

/** Takes all of an account's votes back; returns how many there were. */
export const removeVotes = (db: Db, accountId: string): Promise<number> =>
  inTransaction(db, async (trx) => {
    const rows = await trx
      .selectFrom("votes")
      .select("paper_id")
      .where("account_id", "=", accountId)
      .orderBy("paper_id")
      .execute();
    for (const { paper_id } of rows) await unvote(trx, { paperId: paper_id, accountId });
    return rows.length;
  });
