import type { Db } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import { conflictError, notFoundError } from "../feed-error.ts";
import { hashToken, newToken } from "../safety/token.ts";
import { type Account, accountView } from "./account.ts";
import { checkLabel } from "./label.ts";

/** How many tokens an account may have at a time. */
export const maxApiTokens = 20;

/** One of an account's API tokens; the token itself was shown once, when it was made. */
export interface ApiTokenView {
  /** For `revokeApiToken`; it opens nothing. */
  readonly id: string;
  readonly label: string;
  readonly createdAt: Date;
  readonly usedAt: Date | null;
}

/** What tokens begin with, so that a leaked one can be recognised. */
const mark = "dk_";
const idLength = 32;

/**
 * A token for programs, sent as `Authorization: Bearer dk_...`. Only its hash is kept.
 * @throws FeedError (ERR_INPUT) for the label, (ERR_CONFLICT) if the account has too many.
 */
export async function createApiToken(
  db: Db,
  { accountId, label, now }: { accountId: string; label: string; now: Date },
): Promise<ApiTokenView & { readonly token: string }> {
  const text = checkLabel(label);
  const token = mark + newToken();
  const hash = hashToken(token);
  return inTransaction(db, async (trx) => {
    await trx
      .selectFrom("accounts")
      .select("id")
      .where("id", "=", accountId)
      .forUpdate()
      .executeTakeFirstOrThrow(() => notFoundError("there is no such account"));
    const owned = await listApiTokens(trx, accountId);
    if (owned.length >= maxApiTokens)
      throw conflictError(`an account has at most ${maxApiTokens} tokens: revoke one first`);
    await trx
      .insertInto("api_tokens")
      .values({ hash, account_id: accountId, label: text, created_at: now })
      .execute();
    return { id: hash.slice(0, idLength), label: text, createdAt: now, usedAt: null, token };
  });
}

/** Whose token this is; null if there is none, or the account is suspended or deleted. */
export async function accountOfApiToken(
  db: Db,
  { token, now }: { token: string; now: Date },
): Promise<Account | null> {
  if (!token.startsWith(mark)) return null;
  const hash = hashToken(token);
  const row = await db
    .selectFrom("api_tokens")
    .innerJoin("accounts", "accounts.id", "api_tokens.account_id")
    .selectAll("accounts")
    .select("used_at")
    .where("hash", "=", hash)
    .where("accounts.suspended_at", "is", null)
    .executeTakeFirst();
  if (!row) return null;
  if (row.used_at === null || now.getTime() - row.used_at.getTime() > 300_000)
    await db.updateTable("api_tokens").set({ used_at: now }).where("hash", "=", hash).execute();
  return accountView(row);
}

/** An account's tokens, newest first. */
export async function listApiTokens(db: Db, accountId: string): Promise<ApiTokenView[]> {
  const rows = await db
    .selectFrom("api_tokens")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("created_at", "desc")
    .orderBy("hash")
    .execute();
  return rows.map((row) => ({
    id: row.hash.slice(0, idLength),
    label: row.label,
    createdAt: row.created_at,
    usedAt: row.used_at,
  }));
}

/** @throws FeedError (ERR_NOT_FOUND) if the account has no token of that id. */
export async function revokeApiToken(
  db: Db,
  { accountId, id }: { accountId: string; id: string },
): Promise<void> {
  const rows = /^[0-9a-f]{32}$/.test(id)
    ? await db
        .deleteFrom("api_tokens")
        .where("account_id", "=", accountId)
        .where("hash", "like", `${id}%`)
        .returning("hash")
        .execute()
    : [];
  if (rows.length === 0) throw notFoundError("there is no such token");
}
