import type { Db } from "../database/open.ts";
import { notFoundError } from "../feed-error.ts";

/** One of an account's passkeys, as its owner sees it. */
export interface PasskeyView {
  readonly id: string;
  readonly label: string;
  readonly createdAt: Date;
  readonly usedAt: Date | null;
}

/** An account's passkeys, newest first. */
export async function listPasskeys(db: Db, accountId: string): Promise<PasskeyView[]> {
  const rows = await db
    .selectFrom("passkeys")
    .select(["id", "label", "created_at", "used_at"])
    .where("account_id", "=", accountId)
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();
  return rows.map(({ id, label, created_at, used_at }) => ({
    id,
    label,
    createdAt: created_at,
    usedAt: used_at,
  }));
}

/**
 * Removes a passkey. The last one may go too: a magic link always opens the account.
 * @throws FeedError (ERR_NOT_FOUND) if the account has no such passkey.
 */
export async function removePasskey(
  db: Db,
  { accountId, id }: { accountId: string; id: string },
): Promise<void> {
  if (!/^[\w-]{1,1400}$/.test(id)) throw notFoundError("there is no such passkey");
  const removed = await db
    .deleteFrom("passkeys")
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .returning("id")
    .executeTakeFirst();
  if (!removed) throw notFoundError("there is no such passkey");
}
