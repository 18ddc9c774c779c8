import { sql } from "kysely";
import { checkMoment } from "../check.ts";
import { newId } from "../database/id.ts";
import { type Db, json } from "../database/open.ts";
import { isStorable } from "../database/storable.ts";
import { inTransaction } from "../database/transaction.ts";
import { inputError } from "../feed-error.ts";
import { emailAddress } from "../mail/email-address.ts";
import { hashToken, newToken } from "../safety/token.ts";
import { type Preferences, tidyPreferences } from "./preferences.ts";

export interface SubscriptionRequest extends Preferences {
  readonly email: string;
  /** The network that asked, cut to its prefix. */
  readonly ipPrefix: string;
  /** The words that were agreed to. */
  readonly consentText: string;
  readonly now: Date;
}

/** How long a confirmation link works, and how soon another can be asked for. */
const lifetime = 48 * 3_600_000;
const pause = 5 * 60_000;

/**
 * Notes that somebody wants the digest at an address; nothing is sent there until its owner confirms.
 * The caller mails the token and answers the same in every case. `null` says that there is nothing
 * to mail: the address receives the digest already, asked a moment ago, or called our mail spam.
 * @throws FeedError `ERR_INPUT`
 */
export async function requestSubscription(
  db: Db,
  request: SubscriptionRequest,
): Promise<{ token: string } | null> {
  const email = emailAddress(request.email);
  const { now, ipPrefix, consentText } = request;
  const preferences = tidyPreferences(request);
  if (preferences.frequency === "never") {
    throw inputError("subscription: frequency must be daily or weekly to begin with");
  }
  checkMoment("requestSubscription: now", now);
  for (const [name, text] of Object.entries({ ipPrefix, consentText })) {
    if (typeof text !== "string" || !isStorable(text)) {
      throw inputError(`requestSubscription: ${name} must be a text without NUL`);
    }
  }
  const token = newToken();
  const values = {
    ...preferences,
    topics: [...preferences.topics],
    confirm_hash: hashToken(token),
    confirm_expires_at: new Date(now.getTime() + lifetime),
    consent: json({ at: now.toISOString(), ipPrefix, text: consentText }),
  };
  return inTransaction(db, async (trx) => {
    const changed = await trx
      .insertInto("subscribers")
      .values({ id: newId(now), email, created_at: now, ...values })
      .onConflict((conflict) =>
        conflict
          .column("email")
          .doUpdateSet(values)
          .where((row) =>
            row.and([
              // Not one that is in force: a stranger may not change it.
              row.or([
                row("subscribers.confirmed_at", "is", null),
                row("subscribers.unsubscribed_at", "is not", null),
                row("subscribers.suspended_at", "is not", null),
              ]),
              row(sql`coalesce(subscribers.suspended_reason, '')`, "not like", sql`'complaint%'`),
              row.or([
                row("subscribers.confirm_expires_at", "is", null),
                row(
                  "subscribers.confirm_expires_at",
                  "<=",
                  new Date(now.getTime() + lifetime - pause),
                ),
              ]),
            ]),
          ),
      )
      .returning("id")
      .executeTakeFirst();
    return changed ? { token } : null;
  });
}
