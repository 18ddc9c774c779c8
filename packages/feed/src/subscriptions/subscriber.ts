import type { Selectable, Updateable } from "kysely";
import type { Db } from "../database/open.ts";
import type { SubscriberTable } from "../database/tables.ts";
import { notFoundError } from "../feed-error.ts";
import { secret } from "../safety/secret.ts";
import type { Preferences } from "./preferences.ts";
import { latestIssue, nextRun } from "./schedule.ts";
import { readSignedId, signId } from "./signed-id.ts";

export type SubscriberRow = Selectable<SubscriberTable>;

/** The name of the secret that signs unsubscribe links and return paths. */
export const mailSecret = (db: Db): Promise<Uint8Array> => secret(db, "mail");

/** A subscription as its owner sees it. */
export interface Subscription extends Required<Preferences> {
  readonly id: string;
  readonly email: string;
  /** `pending` until confirmed; `suspended` when mail to the address came back. */
  readonly state: "pending" | "active" | "unsubscribed" | "suspended";
  readonly confirmedAt: Date | null;
  readonly nextRunAt: Date | null;
  /** When, from which network and to which words consent was given. */
  readonly consent: { readonly at: string; readonly ipPrefix: string; readonly text: string };
}

export const subscriptionView = (row: SubscriberRow): Subscription => ({
  id: row.id,
  email: row.email,
  frequency: row.frequency,
  topics: row.topics,
  hour: row.hour,
  zone: row.zone,
  weekday: row.weekday,
  state: stateOf(row),
  confirmedAt: row.confirmed_at,
  nextRunAt: row.next_run_at,
  consent: row.consent,
});

function stateOf(row: SubscriberRow): Subscription["state"] {
  if (row.unsubscribed_at) return "unsubscribed";
  if (row.suspended_at) return "suspended";
  return row.confirmed_at ? "active" : "pending";
}

/** What a subscription begins with: its first issue reaches back to the one it just missed. */
export const begun = (schedule: Preferences, now: Date): Updateable<SubscriberTable> => ({
  next_run_at: nextRun(schedule, now),
  covered_to: latestIssue(schedule, now)?.at ?? now,
});

/** The token of a subscriber's links: unsubscribe and preferences. */
export const subscriptionToken = async (db: Db, subscriberId: string): Promise<string> =>
  signId(await mailSecret(db), "subscription", subscriberId);

/** The row that a link's token belongs to. @throws FeedError `ERR_NOT_FOUND` */
export async function subscriberOf(db: Db, token: string): Promise<SubscriberRow> {
  const id = readSignedId(await mailSecret(db), "subscription", token);
  const row =
    id && (await db.selectFrom("subscribers").selectAll().where("id", "=", id).executeTakeFirst());
  if (!row) throw notFoundError("this link belongs to no subscription");
  return row;
}
