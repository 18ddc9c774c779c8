import { composeDigest, inputError, notFoundError } from "@daily-kernel/feed";
import {
  claimStates,
  type DigestReport,
  feedPage,
  lastFilledDay,
  runDigest,
} from "@daily-kernel/feed/node";
import type { Verb } from "./verb.ts";

/** Sends the digests that are due. */
export const digest: Verb<object, DigestReport> = ({ db, mailer, config, now }, _, io) =>
  runDigest(db, mailer, {
    now: now(),
    baseUrl: config.baseUrl,
    signal: io.signal,
    onProgress: ({ sent, failed, later }) =>
      io.progress(`${sent} sent, ${failed} refused, ${later} put off`),
  });

/** How many digests are due, and how many wait for another attempt; sends nothing. */
export const due: Verb<object, { due: number; waiting: number; confirmed: number }> = async ({
  db,
  now,
}) => {
  const row = await db
    .selectFrom("subscribers")
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere("next_run_at", "<=", now()).as("due"),
      eb.fn
        .countAll<number>()
        .filterWhere("confirmed_at", "is not", null)
        .filterWhere("unsubscribed_at", "is", null)
        .as("confirmed"),
    ])
    .executeTakeFirstOrThrow();
  const { waiting } = await db
    .selectFrom("digest_sends")
    .select((eb) => eb.fn.countAll<number>().as("waiting"))
    .where("state", "in", ["claimed", "unknown"])
    .executeTakeFirstOrThrow();
  return { ...row, waiting };
};

/** What a day's issue looks like; the last day with papers if none is named. */
export const issue: Verb<
  { day: string | null },
  { subject: string; text: string; html: string }
> = async ({ db, config, mailer }, args) => {
  const day = args.day ?? (await lastFilledDay(db));
  if (day === null) throw notFoundError("there is no day with papers yet");
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw inputError(`a day looks like 2024-09-13, not ${day}`);
  const { items, total } = await feedPage(db, {
    from: day,
    to: day,
    sort: "trending-day",
    limit: 100,
    offset: 0,
  });
  if (items.length === 0) throw notFoundError(`no paper was listed on ${day}: no mail goes out`);
  const papers = [];
  for (const paper of items)
    papers.push({ ...paper, claimStates: await claimStates(db, paper.id) });
  const { subject, text, html } = composeDigest({
    kind: "daily",
    day,
    papers,
    total,
    baseUrl: config.baseUrl,
    domain: mailer.domain,
    reader: { token: "preview" },
  });
  return { subject, text, html };
};
