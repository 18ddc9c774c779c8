import { getAccount } from "../accounts/account.ts";
import { checkMoment } from "../check.ts";
import type { Db } from "../database/open.ts";
import { nextRevision } from "../database/revision.ts";
import { inTransaction } from "../database/transaction.ts";
import { notFoundError } from "../feed-error.ts";
import { lockPaper, recount } from "../trending/recount.ts";
import { countAgain } from "./feed-counts.ts";

/**
 * Lets a known paper enter the feed, on the UTC day of `now`; its heat starts at one vote at that
 * moment. Once: of a paper that is listed already nothing changes, and the answer is `false`.
 * @throws FeedError `ERR_NOT_FOUND` if the paper is not known, or the account that submitted.
 */
export const listPaper = (
  db: Db,
  { paperId, now, submittedBy }: { paperId: string; now: Date; submittedBy?: string | null },
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    checkMoment("listPaper: now", now);
    const paper = await lockPaper(trx, paperId);
    if (!paper) throw notFoundError(`listPaper: no paper ${paperId} is known`);
    if (paper.listed_at !== null) return false;
    if (submittedBy != null && !(await getAccount(trx, submittedBy))) {
      throw notFoundError(`listPaper: there is no account ${submittedBy}`);
    }
    const day = now.toISOString().slice(0, 10);
    await trx
      .updateTable("papers")
      .set({
        listed_at: now,
        listed_day: day,
        ...(submittedBy != null && { submitted_by: submittedBy }),
        revision: nextRevision,
      })
      .where("id", "=", paperId)
      .execute();
    await countAgain(trx, [{ before: paper, after: { ...paper, listed_day: day } }]);
    await recount(trx, paperId);
    return true;
  });
