import { checkCount } from "../check.ts";
import { checkedText } from "../comments/comment-text.ts";
import { commentOf } from "../comments/write-comment.ts";
import type { Db } from "../database/open.ts";
import { lockPaper, recount } from "../trending/recount.ts";
import { type Act, moderate } from "./moderate.ts";

interface OnComment extends Act {
  readonly paperId: string;
  readonly commentId: string;
}

const subject = ({ paperId, commentId }: OnComment) => `comment:${paperId}:${commentId}`;

/** Hides a comment from readers, and settles the reports of it. */
export const hideComment = (db: Db, act: OnComment & { readonly reason: string }): Promise<void> =>
  moderate(db, act, async (trx) => {
    const reason = checkedText(act.reason, "reason");
    await setHidden(trx, act, act.now, reason);
    return { action: "comment.hide", subject: subject(act), detail: { reason } };
  });

/** Shows a hidden comment again, and settles the reports of it. */
export const restoreComment = (db: Db, act: OnComment): Promise<void> =>
  moderate(db, act, async (trx) => {
    await setHidden(trx, act, null, null);
    return { action: "comment.restore", subject: subject(act) };
  });

/** Settles the reports of a comment that may stay. */
export const dismissReports = (db: Db, act: OnComment): Promise<void> =>
  moderate(db, act, async (trx) => {
    await settleReports(trx, act);
    return { action: "comment.dismiss-reports", subject: subject(act) };
  });

async function setHidden(
  trx: Db,
  act: OnComment,
  hiddenAt: Date | null,
  reason: string | null,
): Promise<void> {
  await lockPaper(trx, act.paperId);
  await commentOf(trx, act.paperId, act.commentId);
  await trx
    .updateTable("comments")
    .set({ hidden_at: hiddenAt, hidden_reason: reason })
    .where("paper_id", "=", act.paperId)
    .where("id", "=", act.commentId)
    .execute();
  await settleReports(trx, act);
  await recount(trx, act.paperId);
}

const settleReports = (trx: Db, { paperId, commentId, now }: OnComment) =>
  trx
    .updateTable("comment_reports")
    .set({ resolved_at: now })
    .where("paper_id", "=", paperId)
    .where("comment_id", "=", commentId)
    .where("resolved_at", "is", null)
    .execute();

/** A comment with the reports of it that nobody has settled. */
export interface ReportedComment {
  readonly paperId: string;
  readonly paperTitle: string;
  readonly commentId: string;
  readonly body: string;
  /** The author's account name; null if the account is gone. */
  readonly author: string | null;
  readonly reports: readonly {
    readonly by: string | null;
    readonly reason: string;
    readonly at: Date;
  }[];
}

/** What waits for a moderator, longest first; at most `limit` comments. */
export async function reports(db: Db, { limit }: { limit: number }): Promise<ReportedComment[]> {
  checkCount("reports: limit", limit);
  const open = await db
    .selectFrom("comment_reports")
    .select(["paper_id", "comment_id"])
    .where("resolved_at", "is", null)
    .groupBy(["paper_id", "comment_id"])
    .orderBy((eb) => eb.fn.min("created_at"))
    .limit(limit)
    .execute();
  if (open.length === 0) return [];
  const rows = await db
    .selectFrom("comment_reports as report")
    .innerJoin("comments as comment", (join) =>
      join
        .onRef("comment.paper_id", "=", "report.paper_id")
        .onRef("comment.id", "=", "report.comment_id"),
    )
    .innerJoin("papers", "papers.id", "report.paper_id")
    .leftJoin("accounts as reporter", "reporter.id", "report.account_id")
    .leftJoin("accounts as author", "author.id", "comment.account_id")
    .select([
      "report.paper_id",
      "report.comment_id",
      "report.reason",
      "report.created_at",
      "comment.body",
      "papers.title",
      "reporter.name as reporter",
      "author.name as author",
    ])
    .where("report.resolved_at", "is", null)
    .where(
      "report.comment_id",
      "in",
      open.map(({ comment_id }) => comment_id),
    )
    .orderBy("report.created_at")
    .execute();
  const ofComment = Map.groupBy(rows, (row) => `${row.paper_id} ${row.comment_id}`);
  return open.flatMap(({ paper_id, comment_id }) => {
    const these = ofComment.get(`${paper_id} ${comment_id}`) ?? [];
    const [first] = these;
    return first
      ? {
          paperId: paper_id,
          paperTitle: first.title,
          commentId: comment_id,
          body: first.body,
          author: first.author,
          reports: these.map(({ reporter, reason, created_at }) => ({
            by: reporter,
            reason,
            at: created_at,
          })),
        }
      : [];
  });
}
