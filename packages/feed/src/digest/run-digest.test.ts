import assert from "node:assert/strict";
import { test } from "node:test";
import type { Db } from "../database/open.ts";
import { type Mail, type Mailer, MailRefused } from "../mail/mail.ts";
import { openMailer } from "../mail/open-mailer.ts";
import { type Manner, openSmtpSink, type Taken } from "../mail/smtp-sink.ts";
import { listPaper } from "../papers/list-paper.ts";
import { upsertPapers } from "../papers/upsert-papers.ts";
import { confirmSubscription } from "../subscriptions/confirm-subscription.ts";
import { unsubscribe, updateSubscription } from "../subscriptions/manage-subscription.ts";
import { requestSubscription } from "../subscriptions/request-subscription.ts";
import { subscriptionToken } from "../subscriptions/subscriber.ts";
import { onEachDatabase } from "../testing.ts";
import { type DigestReport, runDigest } from "./run-digest.ts";
import { retryAt } from "./send.ts";

const start = new Date("2026-11-23T12:00:00Z");
const hours = (n: number) => new Date(start.getTime() + n * 3_600_000);
/** The first issue of all readers here: 24 November, 7 o'clock. */
const due = hours(19);
const baseUrl = "https://daily.example.org";
const schedule = { frequency: "daily" as const, hour: 7, zone: "UTC", topics: [] };

async function subscribe(db: Db, name: string, part: { topics?: string[] } = {}): Promise<string> {
  const wish = { ...schedule, ...part, ipPrefix: "", consentText: "yes", now: start };
  const asked = await requestSubscription(db, { ...wish, email: `${name}@example.net` });
  return (await confirmSubscription(db, { token: asked!.token, now: start })).id;
}

async function list(db: Db, id: string, now: Date, topics: string[] = []): Promise<void> {
  const paper = { id, title: `Paper ${id}`, abstract: "a", authors: ["A"], publishedAt: start };
  await upsertPapers(db, [{ ...paper, updatedAt: start }]);
  await listPaper(db, { paperId: id, now });
  if (topics.length > 0)
    await db.updateTable("papers").set({ topics }).where("id", "=", id).execute();
}

const nothing: DigestReport = {
  sent: 0,
  failed: 0,
  later: 0,
  unknown: 0,
  resent: 0,
  empty: 0,
  suspended: 0,
  stopped: null,
};

/** A mailer that does as it is told, and remembers. */
function scripted(manner: (mail: Mail) => MailRefused | "take" = () => "take") {
  const mails: Mail[] = [];
  const mailer: Mailer = {
    domain: "example.org",
    connections: 2,
    async send(mail) {
      mails.push(mail);
      const answer = manner(mail);
      if (answer !== "take") throw answer;
      return { response: "250 taken" };
    },
    close: async () => {},
  };
  return { mails, mailer };
}

const sends = (db: Db) => db.selectFrom("digest_sends").selectAll().orderBy("issue_date").execute();

onEachDatabase(
  "an issue goes out once, at its hour, with what was listed since the last",
  async ({ db }) => {
    await subscribe(db, "ada");
    await list(db, "2411.00001", hours(-6));
    await list(db, "2411.00002", hours(2));
    await list(db, "2411.00003", hours(20));
    const { mails, mailer } = scripted();
    assert.deepEqual(await runDigest(db, mailer, { now: hours(18.9), baseUrl }), nothing);
    assert.deepEqual(await runDigest(db, mailer, { now: due, baseUrl }), { ...nothing, sent: 1 });
    assert.deepEqual(await runDigest(db, mailer, { now: due, baseUrl }), nothing);
    assert.equal(mails.length, 1);
    assert.equal(mails[0]!.to, "ada@example.net");
    // The paper of the morning was before the issue that the reader just missed.
    assert.match(mails[0]!.text, /2411\.00002/);
    assert.doesNotMatch(mails[0]!.text, /2411\.0000[13]/);
    const [send] = await sends(db);
    assert.equal(send!.issue_date, "2026-11-24");
    assert.equal(send!.state, "sent");
    assert.equal(send!.response, "250 taken");
    assert.equal(send!.message_id, `<daily.2026-11-24.${send!.subscriber_id}@example.org>`);
    assert.equal(mails[0]!.messageId, send!.message_id);
    await runDigest(db, mailer, { now: hours(43), baseUrl });
    assert.match(mails[1]!.text, /2411\.00003/);
    assert.doesNotMatch(mails[1]!.text, /2411\.0000[12]/);
  },
);

onEachDatabase(
  "no mail on an empty day, and none without a paper on the reader's topics",
  async ({ db }) => {
    await subscribe(db, "ada", { topics: ["kernels"] });
    const { mails, mailer } = scripted();
    assert.deepEqual(await runDigest(db, mailer, { now: due, baseUrl }), { ...nothing, empty: 1 });
    await list(db, "2411.00001", hours(20), ["vision"]);
    assert.deepEqual(await runDigest(db, mailer, { now: hours(43), baseUrl }), {
      ...nothing,
      empty: 1,
    });
    await list(db, "2411.00002", hours(44), ["kernels", "vision"]);
    await list(db, "2411.00003", hours(44), ["kernels"]);
    await db
      .updateTable("papers")
      .set({ withdrawn_at: start })
      .where("id", "=", "2411.00003")
      .execute();
    await runDigest(db, mailer, { now: hours(67), baseUrl });
    assert.equal(mails.length, 1);
    assert.match(mails[0]!.text, /2411\.00002/);
    assert.doesNotMatch(mails[0]!.text, /2411\.0000[13]/);
  },
);

onEachDatabase(
  "after days of silence one mail catches up; a second hour on a day adds none",
  async ({ db }) => {
    const id = await subscribe(db, "ada");
    for (const day of [0, 1, 2, 9]) await list(db, `2411.0000${day}`, hours(24 * day + 1));
    const { mails, mailer } = scripted();
    await runDigest(db, mailer, { now: hours(24 * 10), baseUrl });
    assert.equal(mails.length, 1);
    assert.match(mails[0]!.text, /2411\.00009/);
    assert.doesNotMatch(mails[0]!.text, /2411\.00001/, "an issue reaches back a week");
    const token = await subscriptionToken(db, id);
    await list(db, "2411.00011", hours(24 * 10 + 1));
    await updateSubscription(db, { ...schedule, hour: 14, token, now: hours(24 * 10) });
    await runDigest(db, mailer, { now: hours(24 * 10 + 2), baseUrl });
    assert.equal(mails.length, 1);
    await runDigest(db, mailer, { now: hours(24 * 11 + 2), baseUrl });
    assert.match(mails[1]!.text, /2411\.00011/);
  },
);

const refusal = (responseCode: number | null, by: MailRefused["by"], message: string) =>
  new MailRefused(message, { responseCode, by });

onEachDatabase("5.1.1 suspends at once, other hard refusals at the third", async ({ db }) => {
  await subscribe(db, "gone");
  await subscribe(db, "full");
  const { mails, mailer } = scripted(({ to }) =>
    to.startsWith("gone")
      ? refusal(550, "recipient", "550 5.1.1 no such user")
      : refusal(552, "message", "552 5.2.2 mailbox full"),
  );
  const reports: DigestReport[] = [];
  for (const day of [0, 1, 2, 3]) {
    await list(db, `2411.0000${day}`, hours(24 * day + 1));
    reports.push(await runDigest(db, mailer, { now: hours(24 * day + 19), baseUrl }));
  }
  assert.deepEqual(
    reports.map(({ failed, suspended }) => [failed, suspended]),
    [
      [2, 1],
      [1, 0],
      [1, 1],
      [0, 0],
    ],
  );
  assert.equal(mails.length, 4);
  const rows = await db.selectFrom("subscribers").selectAll().orderBy("email").execute();
  assert.ok(rows.every(({ suspended_at, next_run_at }) => suspended_at && !next_run_at));
  assert.match(rows[0]!.suspended_reason!, /^5\.2\.2/);
});

onEachDatabase(
  "4xx waits 5 minutes, then twice as long, and is given up after a day",
  async ({ db }) => {
    await subscribe(db, "grey");
    await list(db, "2411.00001", hours(1));
    const { mails, mailer } = scripted(() => refusal(451, "recipient", "451 4.7.1 later"));
    let now = due;
    const waits: number[] = [];
    for (;;) {
      await runDigest(db, mailer, { now, baseUrl });
      const [send] = await sends(db);
      if (!send!.next_attempt_at) break;
      const before = new Date(send!.next_attempt_at.getTime() - 60_000);
      assert.deepEqual(await runDigest(db, mailer, { now: before, baseUrl }), nothing);
      waits.push(Math.round((send!.next_attempt_at.getTime() - now.getTime()) / 60_000));
      now = send!.next_attempt_at;
      // The next day's issue is none of this test's business.
      await db.updateTable("subscribers").set({ next_run_at: null }).execute();
    }
    assert.deepEqual(waits, [5, 10, 20, 40, 80, 160, 320, 640]);
    assert.equal(mails.length, 9);
    assert.equal(new Set(mails.map(({ messageId }) => messageId)).size, 1);
    const [send] = await sends(db);
    assert.deepEqual([send!.state, send!.attempts, send!.resends], ["failed", 9, 0]);
    assert.match(send!.response!, /^given up after 24 hours: 451/);
    const row = await db.selectFrom("subscribers").selectAll().executeTakeFirstOrThrow();
    assert.equal(row.suspended_at, null);
  },
);

onEachDatabase(
  "a broken connection after the content: sent again as the same mail, and counted",
  async ({ db }) => {
    await subscribe(db, "ada");
    await list(db, "2411.00001", hours(1));
    let broken = true;
    const { mails, mailer } = scripted(() => {
      if (!broken) return "take";
      broken = false;
      return refusal(null, "unknown", "closed");
    });
    const first = await runDigest(db, mailer, { now: due, baseUrl });
    assert.deepEqual(first, { ...nothing, unknown: 1 });
    assert.equal((await sends(db))[0]!.state, "unknown");
    const second = await runDigest(db, mailer, { now: hours(19.1), baseUrl });
    assert.deepEqual(second, { ...nothing, resent: 1, sent: 1 });
    assert.deepEqual(mails[0], mails[1]);
    const [send] = await sends(db);
    assert.deepEqual([send!.state, send!.attempts, send!.resends], ["sent", 2, 1]);
  },
);

onEachDatabase(
  "a dead process's claim is unknown after ten minutes, and sent again",
  async ({ db }) => {
    await subscribe(db, "ada");
    await list(db, "2411.00001", hours(1));
    const dead: Mailer = { ...scripted().mailer, send: () => new Promise(() => {}) };
    void runDigest(db, dead, { now: due, baseUrl });
    while ((await sends(db)).length === 0);
    const { mails, mailer } = scripted();
    const soon = new Date(due.getTime() + 9 * 60_000);
    assert.deepEqual(await runDigest(db, mailer, { now: soon, baseUrl }), nothing);
    const late = new Date(due.getTime() + 11 * 60_000);
    assert.deepEqual(await runDigest(db, mailer, { now: late, baseUrl }), {
      ...nothing,
      resent: 1,
      sent: 1,
    });
    assert.equal(mails.length, 1);
  },
);

onEachDatabase("who unsubscribes between two attempts gets no further one", async ({ db }) => {
  const id = await subscribe(db, "ada");
  await list(db, "2411.00001", hours(1));
  const { mails, mailer } = scripted(() => refusal(451, "recipient", "451 later"));
  await runDigest(db, mailer, { now: due, baseUrl });
  await unsubscribe(db, { token: await subscriptionToken(db, id), now: due });
  assert.deepEqual(await runDigest(db, mailer, { now: hours(20), baseUrl }), nothing);
  assert.equal(mails.length, 1);
  assert.equal((await sends(db))[0]!.state, "failed");
});

onEachDatabase(
  "a server that takes nothing stops the run; nobody is suspended, all is sent later",
  async ({ db }) => {
    for (let i = 0; i < 40; i++) await subscribe(db, `r${i}`);
    await list(db, "2411.00001", hours(1));
    const { mails, mailer } = scripted(() => refusal(535, "sender", "535 who are you"));
    const report = await runDigest(db, mailer, { now: due, baseUrl, batch: 15 });
    assert.match(report.stopped!, /535/);
    assert.ok(mails.length < 15, `${mails.length}`);
    const works = scripted();
    let sent = 0;
    for (const minutes of [6, 12]) {
      const now = new Date(due.getTime() + minutes * 60_000);
      sent += (await runDigest(db, works.mailer, { now, baseUrl })).sent;
    }
    assert.equal(sent, 40);
    assert.equal(new Set(works.mails.map(({ to }) => to)).size, 40);
    assert.equal((await db.selectFrom("bounces").selectAll().execute()).length, 0);
  },
);

onEachDatabase("asked to stop, a run ends with nothing half done", async ({ db }) => {
  for (let i = 0; i < 20; i++) await subscribe(db, `r${i}`);
  await list(db, "2411.00001", hours(1));
  const controller = new AbortController();
  const { mails, mailer } = scripted(() => {
    controller.abort();
    return "take";
  });
  const report = await runDigest(db, mailer, { now: due, baseUrl, signal: controller.signal });
  assert.equal(report.stopped, "asked to stop");
  assert.ok(report.sent < 20 && report.sent === mails.length);
  const after = scripted();
  const rest = await runDigest(db, after.mailer, { now: hours(20), baseUrl });
  assert.equal(rest.sent + report.sent, 20);
  assert.equal(rest.resent, 0);
  assert.ok((await sends(db)).every(({ attempts, resends }) => attempts === 1 && resends === 0));
});

onEachDatabase("several runs at once never claim the same send", async ({ db }) => {
  for (let i = 0; i < 60; i++) await subscribe(db, `r${i}`);
  await list(db, "2411.00001", hours(1));
  const { mails, mailer } = scripted();
  const options = { now: due, baseUrl, batch: 7 };
  const reports = await Promise.all([1, 2, 3, 4].map(() => runDigest(db, mailer, options)));
  assert.equal(
    reports.reduce((sum, { sent }) => sum + sent, 0),
    60,
  );
  assert.equal(mails.length, 60);
  assert.equal(new Set(mails.map(({ to }) => to)).size, 60);
});

onEachDatabase("through a real SMTP server: each in its own way, each settled", async ({ db }) => {
  const manners: Record<string, Manner> = {
    take: "take",
    cutlate: "cut-after-250",
    cut: "cut-before-250",
    cutearly: "cut-at-recipient",
    gone: { at: "recipient", code: 550, text: "5.1.1 no such user" },
    grey: { at: "recipient", code: 451, text: "4.7.1 later" },
    spam: { at: "content", code: 554, text: "5.7.1 no" },
  };
  const ids = new Map<string, string>();
  for (const name of Object.keys(manners)) ids.set(await subscribe(db, name), name);
  await list(db, "2411.00001", hours(1));
  const taken: Taken[] = [];
  const sink = await openSmtpSink({
    manner: (to) => manners[to.split("@")[0]!]!,
    taken: (mail) => taken.push(mail),
  });
  const from = "Daily Kernel <digest@example.org>";
  const mailer = openMailer({ smtpUrl: sink.url, from, bounceDomain: "bounce.example.org" });
  const report = await runDigest(db, mailer, { now: due, baseUrl });
  await mailer.close();
  await sink.close();
  assert.deepEqual(report, { ...nothing, sent: 2, unknown: 1, later: 2, failed: 2, suspended: 1 });
  const states = (await sends(db)).map((row) => [ids.get(row.subscriber_id), row.state]);
  assert.deepEqual(Object.fromEntries(states), {
    take: "sent",
    cutlate: "sent",
    cut: "unknown",
    cutearly: "claimed",
    gone: "failed",
    grey: "claimed",
    spam: "failed",
  });
  const mail = taken.find(({ to }) => to === "take@example.net")!;
  assert.match(mail.from, /^b-[0-9a-f]{56}@bounce\.example\.org$/);
  const raw = mail.raw.toString().replace(/\r\n[ \t]+/g, " ");
  assert.match(
    raw,
    /^List-Unsubscribe: <https:\/\/daily\.example\.org\/u\/[0-9a-f]{56}>, <mailto:u-/m,
  );
  assert.match(raw, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  assert.match(raw, /^Message-ID: <daily\.2026-11-24\.[0-9a-f]{24}@bounce\.example\.org>\r$/m);
  for (const header of ["List-Id", "Precedence", "Auto-Submitted", "Feedback-ID"]) {
    assert.match(raw, new RegExp(`^${header}: `, "im"));
  }
});

test("the waits between attempts", () => {
  const minutes = (n: number) => new Date(start.getTime() + n * 60_000);
  assert.deepEqual(retryAt({ attempts: 1, since: start }, start), minutes(5));
  assert.deepEqual(retryAt({ attempts: 8, since: start }, minutes(635)), minutes(1275));
  assert.deepEqual(retryAt({ attempts: 9, since: start }, minutes(160)), minutes(1440));
  assert.equal(retryAt({ attempts: 9, since: start }, minutes(161)), null);
});
