import { checkRole } from "../accounts/account.ts";
import { checkedText } from "../comments/comment-text.ts";
import type { Db } from "../database/open.ts";
import { isStorable } from "../database/storable.ts";
import type { Role } from "../database/tables.ts";
import { notFoundError } from "../feed-error.ts";
import { removeVotes } from "../votes/vote.ts";
import { type Act, moderate } from "./moderate.ts";

interface OnAccount extends Act {
  readonly accountId: string;
}

/** Gives an account a role. */
export const setRole = (db: Db, act: OnAccount & { readonly role: Role }): Promise<void> =>
  moderate(db, act, async (trx) => {
    checkRole("setRole: role", act.role);
    const { role } = await lockAccount(trx, act.accountId);
    if (role === act.role) return null;
    await change(trx, act.accountId, { role: act.role });
    return {
      action: "account.role",
      subject: `account:${act.accountId}`,
      detail: { from: role, to: act.role },
    };
  });

/**
 * Suspends an account: it may do nothing, and its sessions end at once. Its votes go as well if
 * they were the reason.
 */
export const suspendAccount = (
  db: Db,
  act: OnAccount & { readonly reason: string; readonly withVotes?: boolean },
): Promise<void> =>
  moderate(db, act, async (trx) => {
    const reason = checkedText(act.reason, "reason");
    // Votes lock papers, and papers come before accounts wherever both are locked.
    const votes = act.withVotes ? await removeVotes(trx, act.accountId) : 0;
    const { suspended_at } = await lockAccount(trx, act.accountId);
    await trx.deleteFrom("sessions").where("account_id", "=", act.accountId).execute();
    if (suspended_at !== null && votes === 0) return null;
    await change(trx, act.accountId, { suspended_at: suspended_at ?? act.now });
    return {
      action: "account.suspend",
      subject: `account:${act.accountId}`,
      detail: { reason, votesRemoved: votes },
    };
  });

/** Ends an account's suspension. */
export const reinstateAccount = (db: Db, act: OnAccount): Promise<void> =>
  moderate(db, act, async (trx) => {
    const { suspended_at } = await lockAccount(trx, act.accountId);
    if (suspended_at === null) return null;
    await change(trx, act.accountId, { suspended_at: null });
    return { action: "account.reinstate", subject: `account:${act.accountId}` };
  });

async function lockAccount(trx: Db, id: string) {
  if (!isStorable(id)) throw notFoundError("there is no such account");
  const account = await trx
    .selectFrom("accounts")
    .select(["role", "suspended_at"])
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
  if (!account) throw notFoundError(`there is no account ${id}`);
  return account;
}

const change = (trx: Db, id: string, values: { role?: Role; suspended_at?: Date | null }) =>
  trx.updateTable("accounts").set(values).where("id", "=", id).execute();
