import { getAccount, requireRole } from "../accounts/account.ts";
import { newId } from "../database/id.ts";
import type { Db } from "../database/open.ts";
import { isStorable } from "../database/storable.ts";
import { inTransaction } from "../database/transaction.ts";
import { conflictError, forbiddenError, notFoundError } from "../feed-error.ts";
import { lockPaper, recount } from "../trending/recount.ts";
import { checkedText } from "./comment-text.ts";

/** A comment, and whose account does something to it. */
export interface OwnComment {
  readonly paperId: string;
  readonly commentId: string;
  readonly accountId: string;
  readonly now: Date;
}

/**
 * Adds a comment to a paper, or a reply to one of its comments; returns its id.
 * @throws FeedError `ERR_INPUT` for an empty or too long text, `ERR_NOT_FOUND` if there is no such
 * visible paper or comment to reply to, `ERR_CONFLICT` if that one was deleted or hidden,
 * `ERR_UNAUTHENTICATED` or `ERR_FORBIDDEN` if the account is gone or suspended.
 */
export const addComment = (
  db: Db,
  comment: {
    readonly paperId: string;
    readonly accountId: string;
    readonly parentId?: string | null;
    readonly body: string;
    readonly now: Date;
  },
): Promise<{ id: string }> => {
  const { paperId, accountId, parentId = null, now } = comment;
  return inTransaction(db, async (trx) => {
    const body = checkedText(comment.body, "comment");
    const paper = await lockPaper(trx, paperId);
    if (!paper || paper.hidden_at !== null) {
      throw notFoundError(`addComment: there is no ${paperId}`);
    }
    requireRole(await getAccount(trx, accountId), "reader");
    if (parentId !== null) {
      const parent = await commentOf(trx, paperId, parentId);
      if (parent.deleted_at !== null || parent.hidden_at !== null) {
        throw conflictError("addComment: the comment to reply to was removed");
      }
    }
    const id = newId(now);
    await trx
      .insertInto("comments")
      .values({
        paper_id: paperId,
        id,
        parent_id: parentId,
        account_id: accountId,
        body,
        created_at: now,
      })
      .execute();
    await recount(trx, paperId);
    return { id };
  });
};

/** A comment's row. @throws FeedError `ERR_NOT_FOUND`. */
export async function commentOf(trx: Db, paperId: string, commentId: string) {
  const row =
    isStorable(paperId + commentId) &&
    (await trx
      .selectFrom("comments")
      .selectAll()
      .where("paper_id", "=", paperId)
      .where("id", "=", commentId)
      .forUpdate()
      .executeTakeFirst());
  if (!row) throw notFoundError(`there is no comment ${commentId} on ${paperId}`);
  return row;
}

/** A comment that the account may change. */
async function ownComment(trx: Db, { paperId, commentId, accountId }: OwnComment) {
  await lockPaper(trx, paperId);
  const row = await commentOf(trx, paperId, commentId);
  requireRole(await getAccount(trx, accountId), "reader");
  if (row.account_id !== accountId) throw forbiddenError("this comment is somebody else's");
  if (row.deleted_at !== null) throw conflictError("this comment was deleted");
  return row;
}

/**
 * Replaces the text of one's own comment; what stood there is kept for moderators.
 * @throws FeedError as `addComment`, and `ERR_FORBIDDEN` if it is somebody else's.
 */
export const editComment = (db: Db, edit: OwnComment & { readonly body: string }): Promise<void> =>
  inTransaction(db, async (trx) => {
    const body = checkedText(edit.body, "comment");
    const before = await ownComment(trx, edit);
    if (before.hidden_at !== null) throw conflictError("this comment was hidden by a moderator");
    if (before.body === body) return;
    // Two edits in one millisecond must not share a moment.
    const at = new Date(Math.max(edit.now.getTime(), (before.edited_at?.getTime() ?? 0) + 1));
    await trx
      .insertInto("comment_edits")
      .values({
        paper_id: edit.paperId,
        comment_id: edit.commentId,
        replaced_at: at,
        body: before.body,
      })
      .execute();
    await trx
      .updateTable("comments")
      .set({ body, edited_at: at })
      .where("paper_id", "=", edit.paperId)
      .where("id", "=", edit.commentId)
      .execute();
  });

/** Deletes one's own comment: its text and its earlier texts are gone, replies to it stay. */
export const deleteComment = (db: Db, comment: OwnComment): Promise<void> =>
  inTransaction(db, async (trx) => {
    await ownComment(trx, comment);
    await eraseComment(trx, comment);
    await recount(trx, comment.paperId);
  });

/** Takes the texts out of a comment; the caller counts the paper's comments again. */
export async function eraseComment(
  trx: Db,
  { paperId, commentId, now }: Pick<OwnComment, "paperId" | "commentId" | "now">,
): Promise<void> {
  await trx
    .deleteFrom("comment_edits")
    .where("paper_id", "=", paperId)
    .where("comment_id", "=", commentId)
    .execute();
  await trx
    .updateTable("comments")
    .set({ body: "", deleted_at: now })
    .where("paper_id", "=", paperId)
    .where("id", "=", commentId)
    .execute();
}

/** What a comment said before it was edited, oldest first. */
export async function commentEdits(
  db: Db,
  { paperId, commentId }: { paperId: string; commentId: string },
): Promise<{ body: string; replacedAt: Date }[]> {
  const rows = await db
    .selectFrom("comment_edits")
    .selectAll()
    .where("paper_id", "=", paperId)
    .where("comment_id", "=", commentId)
    .orderBy("replaced_at")
    .execute();
  return rows.map(({ body, replaced_at }) => ({ body, replacedAt: replaced_at }));
}

/**
 * Tells the moderators of a comment; once an account and comment.
 * @throws FeedError `ERR_INPUT`, `ERR_NOT_FOUND`, `ERR_UNAUTHENTICATED`, `ERR_FORBIDDEN`.
 */
export const reportComment = (
  db: Db,
  report: OwnComment & { readonly reason: string },
): Promise<void> =>
  inTransaction(db, async (trx) => {
    const reason = checkedText(report.reason, "reason");
    requireRole(await getAccount(trx, report.accountId), "reader");
    const comment = await commentOf(trx, report.paperId, report.commentId);
    if (comment.deleted_at !== null) throw conflictError("this comment was deleted");
    await trx
      .insertInto("comment_reports")
      .values({
        paper_id: report.paperId,
        comment_id: report.commentId,
        account_id: report.accountId,
        reason,
        created_at: report.now,
      })
      .onConflict((conflict) =>
        conflict.columns(["paper_id", "comment_id", "account_id"]).doNothing(),
      )
      .execute();
  });
