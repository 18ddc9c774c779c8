import type { Db } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import { conflictError } from "../feed-error.ts";
import { type Preferences, tidyPreferences } from "./preferences.ts";
import { nextRun } from "./schedule.ts";
import { type Subscription, subscriberOf, subscriptionView } from "./subscriber.ts";

/** The subscription that a link's token belongs to. @throws FeedError `ERR_NOT_FOUND` */
export const getSubscription = async (
  db: Db,
  { token }: { token: string },
): Promise<Subscription> => subscriptionView(await subscriberOf(db, token));

/**
 * Ends the mails, whatever state the subscription was in; the same again changes nothing.
 * @throws FeedError `ERR_NOT_FOUND`
 */
export const unsubscribe = (
  db: Db,
  { token, now }: { token: string; now: Date },
): Promise<Subscription> =>
  inTransaction(db, async (trx) => {
    const row = await subscriberOf(trx, token);
    if (row.unsubscribed_at) return subscriptionView(row);
    const ended = await trx
      .updateTable("subscribers")
      .set({
        unsubscribed_at: now,
        next_run_at: null,
        confirm_hash: null,
        confirm_expires_at: null,
      })
      .where("id", "=", row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return subscriptionView(ended);
  });

/**
 * Changes what a subscriber chose; `never` pauses.
 * @throws FeedError `ERR_NOT_FOUND`, `ERR_INPUT`, `ERR_CONFLICT` if no mails go there at present.
 */
export const updateSubscription = (
  db: Db,
  { token, now, ...chosen }: Preferences & { token: string; now: Date },
): Promise<Subscription> =>
  inTransaction(db, async (trx) => {
    const preferences = tidyPreferences(chosen);
    const row = await subscriberOf(trx, token);
    if (subscriptionView(row).state !== "active") {
      throw conflictError("this subscription is not in force: subscribe again");
    }
    const changed = await trx
      .updateTable("subscribers")
      .set({
        ...preferences,
        topics: [...preferences.topics],
        next_run_at: nextRun(preferences, now),
        // After a pause the papers of the pause are not made up for.
        ...(row.frequency === "never" && { covered_to: now }),
      })
      .where("id", "=", row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return subscriptionView(changed);
  });
