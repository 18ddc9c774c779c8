import { checkMoment } from "../check.ts";
import type { Db } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import { notFoundError } from "../feed-error.ts";
import { hashToken } from "../safety/token.ts";
import { TokenExpired } from "../safety/token-expired.ts";
import { begun, type Subscription, subscriptionView } from "./subscriber.ts";

/**
 * The owner of the address agrees: once a token, within 48 hours. Ask for this with a POST, since
 * scanners follow every link of a mail.
 * @throws FeedError `ERR_NOT_FOUND` for a token that was never given or is used up; TokenExpired.
 */
export const confirmSubscription = (
  db: Db,
  { token, now }: { token: string; now: Date },
): Promise<Subscription> =>
  inTransaction(db, async (trx) => {
    checkMoment("confirmSubscription: now", now);
    const row = await trx
      .selectFrom("subscribers")
      .selectAll()
      .where("confirm_hash", "=", hashToken(token))
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw notFoundError("this link is used up, or was never given");
    if (row.confirm_expires_at === null || row.confirm_expires_at <= now) {
      throw new TokenExpired("this confirmation link");
    }
    const confirmed = await trx
      .updateTable("subscribers")
      .set({
        confirm_hash: null,
        confirm_expires_at: null,
        confirmed_at: now,
        unsubscribed_at: null,
        suspended_at: null,
        suspended_reason: null,
        hard_bounces: 0,
        ...begun(row, now),
      })
      .where("id", "=", row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return subscriptionView(confirmed);
  });
