import { type Account, requireRole } from "../accounts/account.ts";
import type { Db } from "../database/open.ts";
import { nextRevision } from "../database/revision.ts";
import { isStorable } from "../database/storable.ts";
import type { AuthorClaimTable } from "../database/tables.ts";
import { inTransaction } from "../database/transaction.ts";
import { conflictError, forbiddenError, notFoundError } from "../feed-error.ts";
import { audit } from "../moderation/audit.ts";
import type { PublicAccount } from "../papers/paper-view.ts";

export type AuthorClaimStatus = AuthorClaimTable["status"];

/** An account that says that it is an author; a moderator has looked where it is verified. */
export interface AuthorClaim {
  readonly authorId: string;
  readonly status: AuthorClaimStatus;
  readonly changedAt: Date;
  readonly account: PublicAccount;
  /** Whether the account takes part in the paper's discussion. */
  readonly comments: boolean;
}

/**
 * Says that an account is one of a paper's authors. Readers say it of themselves, which waits for a
 * moderator; what a moderator says is verified, and takes the place of what another account said.
 * The same again changes nothing.
 * @throws FeedError `ERR_FORBIDDEN`, `ERR_NOT_FOUND`, `ERR_CONFLICT` if another account said so.
 */
export const claimAuthorship = (
  db: Db,
  claim: {
    readonly paperId: string;
    readonly authorId: string;
    readonly accountId: string;
    readonly by: Account;
    readonly now: Date;
  },
): Promise<{ status: AuthorClaimStatus }> => {
  const { paperId, authorId, accountId, by, now } = claim;
  return inTransaction(db, async (trx) => {
    requireRole(by, "reader");
    const moderates = by.role === "moderator";
    if (accountId !== by.id && !moderates)
      throw forbiddenError("only a moderator may say who somebody else is");
    await checkAuthor(trx, paperId, authorId);
    await checkAccount(trx, accountId);
    const before = await trx
      .selectFrom("author_claims")
      .select(["account_id", "status"])
      .where("paper_id", "=", paperId)
      .where("author_id", "=", authorId)
      .executeTakeFirst();
    const same = before?.account_id === accountId;
    if (same && (before.status === "claimed_verified" || !moderates))
      return { status: before.status };
    if (before && !same && !moderates)
      throw conflictError("another account says that it is this author: ask a moderator");
    const status = moderates ? "claimed_verified" : "claimed";
    const values = { account_id: accountId, status, changed_at: now } as const;
    await trx
      .insertInto("author_claims")
      .values({ paper_id: paperId, author_id: authorId, ...values })
      .onConflict((conflict) => conflict.columns(["paper_id", "author_id"]).doUpdateSet(values))
      .execute();
    await trx
      .updateTable("papers")
      .set({ revision: nextRevision })
      .where("id", "=", paperId)
      .execute();
    const detail = { authorId, accountId, status };
    const subject = `paper:${paperId}`;
    await audit(trx, { at: now, actorId: by.id, action: "author.claim", subject, detail });
    return { status };
  });
};

async function checkAuthor(trx: Db, paperId: string, authorId: string): Promise<void> {
  if (!isStorable(paperId))
    throw notFoundError(`no paper ${JSON.stringify(paperId)} is known here`);
  const paper = await trx
    .selectFrom("papers")
    .select("authors")
    .where("id", "=", paperId)
    .where("hidden_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
  if (!paper) throw notFoundError(`no paper ${paperId} is known here`);
  if (!paper.authors.some(({ id }) => id === authorId))
    throw notFoundError(`paper ${paperId} has no author ${authorId}`);
}

async function checkAccount(trx: Db, accountId: string): Promise<void> {
  const account = await trx
    .selectFrom("accounts")
    .select("id")
    .where("id", "=", accountId)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  if (!account) throw notFoundError(`there is no account ${accountId}`);
}

/** Who says that he or she wrote which of the papers; papers that nobody claims are left out. */
export async function authorClaims(
  db: Db,
  paperIds: readonly string[],
): Promise<Map<string, AuthorClaim[]>> {
  if (paperIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("author_claims as claim")
    .innerJoin("accounts", "accounts.id", "claim.account_id")
    .select(["claim.paper_id", "claim.author_id", "claim.status", "claim.changed_at"])
    .select(["accounts.id", "accounts.name", "accounts.full_name"])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom("comments")
            .select("comments.id")
            .whereRef("comments.paper_id", "=", "claim.paper_id")
            .whereRef("comments.account_id", "=", "claim.account_id")
            .where("comments.deleted_at", "is", null)
            .where("comments.hidden_at", "is", null),
        )
        .as("comments"),
    )
    .where("claim.paper_id", "in", paperIds)
    .where("accounts.deleted_at", "is", null)
    .where("accounts.suspended_at", "is", null)
    .execute();
  const views = rows.map((row) => ({
    paperId: row.paper_id,
    authorId: row.author_id,
    status: row.status,
    changedAt: row.changed_at,
    account: { id: row.id, name: row.name, fullName: row.full_name },
    comments: Boolean(row.comments),
  }));
  return Map.groupBy(views, ({ paperId }) => paperId);
}
