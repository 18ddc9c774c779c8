import { getAccount, requireRole } from "../accounts/account.ts";
import { addComment } from "../comments/write-comment.ts";
import type { Db } from "../database/open.ts";
import { isStorable } from "../database/storable.ts";
import { inTransaction } from "../database/transaction.ts";
import { conflictError, FeedError, inputError, notFoundError } from "../feed-error.ts";
import { listPaper } from "../papers/list-paper.ts";
import { isHttpsAddress } from "./https-address.ts";

/** What may be submitted, and how much of it. */
export interface SubmissionRules {
  /** A paper's first version may be so many days old. */
  readonly maxAgeDays: number;
  /** How many papers an account may submit on one UTC day. */
  readonly perDay: number;
  /** Whether papers enter the feed on Saturdays and Sundays. */
  readonly weekends: boolean;
}

export const submissionRules: SubmissionRules = { maxAgeDays: 14, perDay: 5, weekends: false };

const day = 86_400_000;

/**
 * Lets a known paper enter the feed for an account, with a first comment and pictures if wanted: all
 * of it or nothing.
 * @throws FeedError `ERR_UNAUTHENTICATED`, `ERR_FORBIDDEN` (no submitter), `ERR_NOT_FOUND`,
 * `ERR_INPUT` (too old), `ERR_CONFLICT` (there already, or a weekend), `ERR_LIMIT` (enough for today).
 */
export const submitPaper = async (
  db: Db,
  submission: {
    readonly paperId: string;
    readonly accountId: string;
    readonly comment?: string | undefined;
    /** Addresses of pictures and films, `https:`. */
    readonly mediaUrls?: readonly string[] | undefined;
    readonly now: Date;
    readonly rules?: SubmissionRules;
  },
): Promise<void> => {
  const { paperId, accountId, comment, mediaUrls = [], now, rules = submissionRules } = submission;
  return inTransaction(db, async (trx) => {
    requireRole(await lockedAccount(trx, accountId), "submitter");
    if (!isStorable(paperId))
      throw notFoundError(`no paper ${JSON.stringify(paperId)} is known here`);
    if (!rules.weekends && [0, 6].includes(now.getUTCDay()))
      throw conflictError("papers do not enter the feed at weekends (UTC): come back on Monday");
    const paper = await trx
      .selectFrom("papers")
      .select(["published_at", "listed_at", "hidden_at"])
      .where("id", "=", paperId)
      .forUpdate()
      .executeTakeFirst();
    if (!paper || paper.hidden_at !== null)
      throw notFoundError(`no paper ${paperId} is known here: index it first`);
    if (paper.listed_at !== null) throw conflictError(`paper ${paperId} is in the feed already`);
    const age = Math.floor((now.getTime() - paper.published_at.getTime()) / day);
    if (age > rules.maxAgeDays)
      throw inputError(
        `paper ${paperId} came to arXiv ${age} days ago, at most ${rules.maxAgeDays} are allowed`,
      );
    await checkDay(trx, accountId, now, rules);
    for (const url of mediaUrls) checkMedia(url);
    if (mediaUrls.length > 0)
      await trx
        .updateTable("papers")
        .set({ media_urls: [...mediaUrls] })
        .where("id", "=", paperId)
        .execute();
    await listPaper(trx, { paperId, now, submittedBy: accountId });
    if (comment !== undefined) await addComment(trx, { paperId, accountId, body: comment, now });
  });
};

/** Locks the account, so that two submissions at once count each other. */
async function lockedAccount(trx: Db, id: string) {
  await trx.selectFrom("accounts").select("id").where("id", "=", id).forUpdate().execute();
  return getAccount(trx, id);
}

async function checkDay(trx: Db, accountId: string, now: Date, rules: SubmissionRules) {
  const { submitted } = await trx
    .selectFrom("papers")
    .select((eb) => eb.fn.countAll<number>().as("submitted"))
    .where("submitted_by", "=", accountId)
    .where("listed_day", "=", now.toISOString().slice(0, 10))
    .executeTakeFirstOrThrow();
  if (submitted >= rules.perDay)
    throw new FeedError(
      "ERR_LIMIT",
      `${rules.perDay} papers a day may be submitted, and you have submitted ${submitted} today`,
    );
}

function checkMedia(url: string): void {
  if (!isHttpsAddress(url))
    throw inputError("mediaUrls must be addresses that start with https://");
}
