import { sql } from "kysely";
import type { Db } from "../database/open.ts";
import type { ClaimedSend } from "./send.ts";

/** A claim whose process has not settled it after so long is taken to be dead. */
export const lease = 10 * 60_000;

/**
 * Sends that a process claimed and never settled become `unknown`: it may have died before the
 * server's 250 or after. They are due again at once, under their same Message-ID.
 * @returns how many there were.
 */
export async function settleUnknown(db: Db, { now }: { now: Date }): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable("digest_sends")
    .set({
      state: "unknown",
      next_attempt_at: now,
      response: "the process that claimed it did not settle it",
    })
    .where("state", "=", "claimed")
    .where("next_attempt_at", "is", null)
    .where("claimed_at", "<=", new Date(now.getTime() - lease))
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

interface Row {
  subscriber_id: string;
  issue_date: string;
  kind: "daily" | "weekly";
  message_id: string;
  covers_from: Date;
  covers_to: Date;
  attempts: number;
  first_claimed_at: Date;
  email: string;
  topics: string[];
  again: boolean;
}

/**
 * Claims the sends that wait for another attempt and are due: those the server put off, and those
 * of which nobody knows whether they were accepted. Sends to readers who have left since fail.
 */
export async function claimAgain(
  trx: Db,
  { now, limit }: { now: Date; limit: number },
): Promise<{ sends: ClaimedSend[]; resent: number }> {
  const active = sql<boolean>`(r.unsubscribed_at is null and r.suspended_at is null
    and r.confirmed_at is not null and r.frequency <> 'never')`;
  await sql`
    update digest_sends s set state = 'failed', next_attempt_at = null, settled_at = ${now},
      response = 'the subscription ended before it was sent'
    from subscribers r
    where r.id = s.subscriber_id and not ${active}
      and s.state in ('claimed', 'unknown') and s.next_attempt_at <= ${now}`.execute(trx);
  const { rows } = await sql<Row>`
    with due as (
      select subscriber_id, issue_date, kind, state = 'unknown' as again from digest_sends
      where state in ('claimed', 'unknown') and next_attempt_at <= ${now}
      order by next_attempt_at, subscriber_id limit ${limit} for update skip locked
    )
    update digest_sends s set state = 'claimed', attempts = s.attempts + 1,
      resends = s.resends + due.again::integer, claimed_at = ${now}, next_attempt_at = null
    from due, subscribers r
    where s.subscriber_id = due.subscriber_id and s.issue_date = due.issue_date
      and s.kind = due.kind and r.id = s.subscriber_id
    returning s.subscriber_id, s.issue_date, s.kind, s.message_id, s.covers_from, s.covers_to,
      s.attempts, s.first_claimed_at, r.email, r.topics, due.again`.execute(trx);
  const sends = rows.map((row) => ({
    subscriberId: row.subscriber_id,
    day: row.issue_date,
    kind: row.kind,
    email: row.email,
    messageId: row.message_id,
    attempts: row.attempts,
    since: row.first_claimed_at,
    window: { from: row.covers_from, to: row.covers_to, topics: row.topics },
  }));
  return { sends, resent: rows.filter(({ again }) => again).length };
}
