import { getAccount, requireRole } from "../accounts/account.ts";
import type { Db } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import { type AuditEntry, audit } from "./audit.ts";

/** Who moderates: an account, whose role is checked, or the operator at the service's console. */
export type Moderator = "operator" | { readonly accountId: string };

/** What every act of moderation is given. */
export interface Act {
  readonly by: Moderator;
  readonly now: Date;
}

/**
 * Checks that the actor may moderate, does the work and writes it down, in one transaction. The
 * work returns what to write, or `null` if there was nothing to do.
 * @throws FeedError `ERR_UNAUTHENTICATED` or `ERR_FORBIDDEN` if the actor is no moderator.
 */
export const moderate = (
  db: Db,
  { by, now }: Act,
  work: (trx: Db) => Promise<Pick<AuditEntry, "action" | "subject" | "detail"> | null>,
): Promise<void> =>
  inTransaction(db, async (trx) => {
    if (by !== "operator") requireRole(await getAccount(trx, by.accountId), "moderator");
    const done = await work(trx);
    if (done)
      await audit(trx, { ...done, at: now, actorId: by === "operator" ? null : by.accountId });
  });
