import { sql } from "kysely";
import type { Db } from "../database/open.ts";
import { type Issue, latestIssue, nextRun } from "../subscriptions/schedule.ts";
import type { SubscriberRow } from "../subscriptions/subscriber.ts";
import { hasPapers, type Window } from "./issue-papers.ts";
import { messageIdOf } from "./message-id.ts";
import type { ClaimedSend } from "./send.ts";

const DAY = 86_400_000;
/** After a long silence an issue reaches back so many days, not to the beginning. */
const reach = { daily: 7, weekly: 14 };

interface Due {
  readonly subscriber: SubscriberRow;
  readonly kind: "daily" | "weekly";
  readonly day: string;
  readonly window: Window;
}

/**
 * Claims the issues that are due, at most one a subscriber, and moves each subscriber to the next
 * one: in one transaction, so that a send is claimed exactly once, whoever else runs at the same
 * time. An issue without papers is passed over. To be called inside a transaction.
 */
export async function claimNew(
  trx: Db,
  { now, limit, domain }: { now: Date; limit: number; domain: string },
): Promise<{ sends: ClaimedSend[]; empty: number; seen: number }> {
  const subscribers = await trx
    .selectFrom("subscribers")
    .selectAll()
    .where("next_run_at", "<=", now)
    .where("confirmed_at", "is not", null)
    .where("unsubscribed_at", "is", null)
    .where("suspended_at", "is", null)
    .orderBy("next_run_at")
    .orderBy("id")
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  const clock = clockOf(now);
  const due = subscribers.flatMap((subscriber) => dueIssue(subscriber, clock(subscriber).issue));
  const filled = await withPapers(trx, due);
  const claimed = await insertSends(trx, filled, now, domain);
  // A second issue of the same day is not sent; its papers wait for the next one.
  const doubled = new Set(filled.filter((one) => !claimed.has(one.subscriber.id)));
  const next = subscribers.map((subscriber) => clock(subscriber).next);
  await moveOn(trx, subscribers, next, due, doubled);
  const sends = filled.flatMap(({ subscriber, kind, day, window }): ClaimedSend[] => {
    const messageId = claimed.get(subscriber.id);
    return messageId === undefined
      ? []
      : [
          {
            subscriberId: subscriber.id,
            email: subscriber.email,
            kind,
            day,
            window,
            messageId,
            attempts: 1,
            since: now,
          },
        ];
  });
  return { sends, empty: due.length - filled.length, seen: subscribers.length };
}

/** The issue that is due and the run after it, computed once for all with the same schedule. */
function clockOf(now: Date) {
  const known = new Map<string, { issue: Issue | null; next: Date | null }>();
  return (schedule: SubscriberRow) => {
    const { frequency, hour, zone, weekday } = schedule;
    const key = [frequency, hour, zone, weekday].join(" ");
    let times = known.get(key);
    if (!times) {
      times = { issue: latestIssue(schedule, now), next: nextRun(schedule, now) };
      known.set(key, times);
    }
    return times;
  };
}

function dueIssue(subscriber: SubscriberRow, issue: Issue | null): Due[] {
  const { frequency, covered_to, topics } = subscriber;
  if (frequency === "never" || !issue) return [];
  const earliest = new Date(issue.at.getTime() - reach[frequency] * DAY);
  const from = covered_to && covered_to > earliest ? covered_to : earliest;
  return [{ subscriber, kind: frequency, day: issue.day, window: { from, to: issue.at, topics } }];
}

/** Those whose window holds a paper; equal windows are looked at once. */
async function withPapers(trx: Db, due: readonly Due[]): Promise<Due[]> {
  const known = new Map<string, boolean>();
  const filled: Due[] = [];
  for (const one of due) {
    const key = windowKey(one.window);
    let holds = known.get(key);
    if (holds === undefined) {
      holds = await hasPapers(trx, one.window);
      known.set(key, holds);
    }
    if (holds) filled.push(one);
  }
  return filled;
}

export const windowKey = ({ from, to, topics }: Window): string =>
  [from.getTime(), to.getTime(), ...topics].join("\n");

async function insertSends(
  trx: Db,
  due: readonly Due[],
  now: Date,
  domain: string,
): Promise<Map<string, string>> {
  if (due.length === 0) return new Map();
  const rows = due.map(({ subscriber, kind, day, window }) => ({
    subscriber_id: subscriber.id,
    issue_date: day,
    kind,
    state: "claimed" as const,
    message_id: messageIdOf({ subscriberId: subscriber.id, day, kind }, domain),
    covers_from: window.from,
    covers_to: window.to,
    attempts: 1,
    first_claimed_at: now,
    claimed_at: now,
  }));
  const inserted = await trx
    .insertInto("digest_sends")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning(["subscriber_id", "message_id"])
    .execute();
  return new Map(inserted.map((row) => [row.subscriber_id, row.message_id]));
}

async function moveOn(
  trx: Db,
  subscribers: readonly SubscriberRow[],
  next: readonly (Date | null)[],
  due: readonly Due[],
  doubled: ReadonlySet<Due>,
): Promise<void> {
  if (subscribers.length === 0) return;
  const covered = new Map(
    due.filter((one) => !doubled.has(one)).map((one) => [one.subscriber.id, one.window.to]),
  );
  const ids = subscribers.map(({ id }) => id);
  const runs = next.map((at) => at?.toISOString() ?? null);
  const upTo = ids.map((id) => covered.get(id)?.toISOString() ?? null);
  await sql`
    update subscribers set
      next_run_at = moved.next::timestamptz,
      covered_to = coalesce(moved.covered::timestamptz, subscribers.covered_to)
    from unnest(${ids}::text[], ${runs}::text[], ${upTo}::text[]) as moved (id, next, covered)
    where subscribers.id = moved.id`.execute(trx);
}
