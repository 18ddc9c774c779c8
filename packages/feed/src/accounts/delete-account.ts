import { sql } from "kysely";
import { eraseComment } from "../comments/write-comment.ts";
import type { Db } from "../database/open.ts";
import { nextRevision } from "../database/revision.ts";
import { inTransaction } from "../database/transaction.ts";
import { inputError, notFoundError } from "../feed-error.ts";
import { audit } from "../moderation/audit.ts";
import { lockPaper, recount } from "../trending/recount.ts";
import { removeVotes } from "../votes/vote.ts";
import { getAccount } from "./account.ts";

/** What becomes of the comments: they stay without a name, or their texts go. */
export type CommentsLeft = "anonymous" | "deleted";

/**
 * Deletes an account and what is its own, in one transaction. Votes go, and the papers' counts and
 * heat are as if they had never been; the subscription of the same address goes with its mails;
 * sessions, tokens, passkeys, reports and claims of authorship go, and so do runs, those that are
 * measured just now as soon as their worker hears of it, and kernels of the leaderboard. Records that a run measured stay in the
 * ledger without a name, and so do submitted papers. What is left is a row
 * without address, name or role, so that the audit log's entries keep an id that means nobody.
 * The address and the name are free again.
 * @throws FeedError (ERR_NOT_FOUND), (ERR_INPUT) for another choice of `comments`.
 */
export const deleteAccount = (
  db: Db,
  { id, comments, now }: { id: string; comments: CommentsLeft; now: Date },
): Promise<void> =>
  inTransaction(db, async (trx) => {
    if (comments !== "anonymous" && comments !== "deleted")
      throw inputError("comments must be `anonymous` or `deleted`");
    const account = await getAccount(trx, id);
    if (!account) throw notFoundError("there is no such account");
    // Papers are locked before accounts, everywhere.
    await removeVotes(trx, id);
    await leaveComments(trx, { id, comments, now });
    await leavePapers(trx, id);
    await trx.deleteFrom("comment_reports").where("account_id", "=", id).execute();
    await trx
      .updateTable("records")
      .set({ account_id: null })
      .where("account_id", "=", id)
      .execute();
    await leaveRuns(trx, id, now);
    await trx.deleteFrom("subscribers").where("email", "=", account.email).execute();
    for (const table of ["sessions", "api_tokens", "passkeys", "kernels"] as const)
      await trx.deleteFrom(table).where("account_id", "=", id).execute();
    await trx
      .deleteFrom("login_tokens")
      .where((either) =>
        either.or([either("account_id", "=", id), either("email", "=", account.email)]),
      )
      .execute();
    await trx
      .updateTable("accounts")
      .set({ email: null, name: `deleted-${id}`, full_name: "", role: "reader", deleted_at: now })
      .where("id", "=", id)
      .execute();
    const subject = `account:${id}`;
    await audit(trx, {
      at: now,
      actorId: id,
      action: "account.delete",
      subject,
      detail: { comments },
    });
  });

/** Submitted papers stay without a name; that the account is an author of some is forgotten. */
async function leavePapers(trx: Db, id: string): Promise<void> {
  const claims = await trx
    .deleteFrom("author_claims")
    .where("account_id", "=", id)
    .returning("paper_id")
    .execute();
  const claimed = claims.map(({ paper_id }) => paper_id);
  await trx
    .updateTable("papers")
    .set({ submitted_by: sql`nullif(submitted_by, ${id})`, revision: nextRevision })
    .where((either) =>
      either.or([
        either("submitted_by", "=", id),
        ...(claimed.length > 0 ? [either("id", "in", claimed)] : []),
      ]),
    )
    .execute();
}

async function leaveComments(
  trx: Db,
  { id, comments, now }: { id: string; comments: CommentsLeft; now: Date },
): Promise<void> {
  const rows = await trx
    .selectFrom("comments")
    .select(["paper_id", "id", "deleted_at"])
    .where("account_id", "=", id)
    .orderBy("paper_id")
    .orderBy("id")
    .execute();
  for (const [paperId, own] of Map.groupBy(rows, (row) => row.paper_id)) {
    await lockPaper(trx, paperId);
    for (const { id: commentId, deleted_at } of own)
      if (comments === "deleted" && deleted_at === null)
        await eraseComment(trx, { paperId, commentId, now });
    const ids = own.map((row) => row.id);
    await trx
      .deleteFrom("comment_edits")
      .where("paper_id", "=", paperId)
      .where("comment_id", "in", ids)
      .execute();
    await trx
      .updateTable("comments")
      .set({ account_id: null })
      .where("paper_id", "=", paperId)
      .where("id", "in", ids)
      .execute();
    await recount(trx, paperId);
  }
}

async function leaveRuns(trx: Db, id: string, now: Date): Promise<void> {
  await trx
    .deleteFrom("runs")
    .where("account_id", "=", id)
    .where("state", "!=", "running")
    .execute();
  await trx
    .updateTable("runs")
    .set({ cancel_asked_at: now })
    .where("account_id", "=", id)
    .where("cancel_asked_at", "is", null)
    .execute();
}
