import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createTransport } from "nodemailer";
import type { Db } from "../database/open.ts";
import { confirmSubscription } from "../subscriptions/confirm-subscription.ts";
import { requestSubscription } from "../subscriptions/request-subscription.ts";
import { mailSecret, subscriptionToken } from "../subscriptions/subscriber.ts";
import { onEachDatabase } from "../testing.ts";
import { openBounceListener } from "./bounce-listener.ts";
import { readBounce } from "./bounce-report.ts";
import { type Received, receiveMail } from "./receive-mail.ts";
import { readReturnPath, returnPath } from "./return-path.ts";
import { unsubscribeAddress } from "./unsubscribe-address.ts";

const now = new Date("2026-11-24T12:00:00Z");
const domain = "bounce.example.org";

/** A report as mail servers write it: what people read, what machines read, what came back. */
function report(type: string, machine: string, original = "Subject: x"): Buffer {
  const lines = `From: MAILER-DAEMON@mx.example.net
To: <somebody@${domain}>
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=${type}; boundary="=_b"

--=_b
Content-Type: text/plain

Your mail could not be delivered.

--=_b
Content-Type: message/${type}

${machine}
--=_b
Content-Type: message/rfc822

${original}

body
--=_b--
`;
  return Buffer.from(lines.replaceAll("\n", "\r\n"));
}

const dsn = (action: string, status: string, diagnostic: string, original?: string) =>
  report(
    "delivery-status",
    `Reporting-MTA: dns; mx.example.net
Arrival-Date: Tue, 24 Nov 2026 07:00:00 +0000

Final-Recipient: rfc822; ada@example.net
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; ${diagnostic}
`,
    original,
  );

const arf = (kind: string, original: string) =>
  report(
    "feedback-report",
    `Feedback-Type: ${kind}\nUser-Agent: Provider/1.0\nVersion: 1\n`,
    original,
  );

async function subscribe(db: Db, at = now) {
  const wish = { frequency: "daily", hour: 7, zone: "UTC", topics: [] } as const;
  const asked = await requestSubscription(db, {
    ...wish,
    email: "ada@example.net",
    ipPrefix: "",
    consentText: "yes",
    now: at,
  });
  const { id } = await confirmSubscription(db, { token: asked!.token, now: at });
  return { id, path: returnPath(await mailSecret(db), id, domain) };
}

const did = async (received: Promise<Received>) => (await received).did;

test("a delivery status notification is read: hard, soft, and the status that says more", async () => {
  const hard = await readBounce(
    dsn("failed", "5.1.1", "550 5.1.1 <ada@example.net>: no\n such user"),
  );
  assert.deepEqual(
    { ...hard, original: "" },
    {
      kind: "hard",
      status: "5.1.1",
      detail: "smtp; 550 5.1.1 <ada@example.net>: no such user",
      original: "",
    },
  );
  assert.match(hard!.original, /Subject: x/);
  assert.equal((await readBounce(dsn("failed", "5.0.0", "550 5.1.1 gone")))!.status, "5.1.1");
  assert.equal((await readBounce(dsn("delayed", "4.4.1", "timed out")))!.kind, "soft");
  assert.equal((await readBounce(dsn("failed", "4.4.7", "gave up")))!.kind, "soft");
  assert.equal(await readBounce(dsn("delivered", "2.0.0", "ok")), null);
  assert.equal((await readBounce(arf("abuse", "Subject: x")))!.kind, "complaint");
  assert.equal(await readBounce(arf("not-spam", "Subject: x")), null);
  const away = Buffer.from("Auto-Submitted: auto-replied\r\nSubject: away\r\n\r\n5.1.1 failed");
  assert.equal(await readBounce(away), null);
  assert.equal(await readBounce(Buffer.alloc(1_000_001, 65)), null);
});

onEachDatabase(
  "5.1.1 suspends at once; other hard bounces at the third in a month",
  async ({ db }) => {
    const { id, path } = await subscribe(db);
    const day = (n: number) => new Date(now.getTime() + n * 86_400_000);
    const full = dsn("failed", "5.2.2", "552 5.2.2 mailbox full");
    const receive = (raw: Buffer, at: Date) =>
      did(receiveMail(db, { recipient: path, raw, now: at }));
    assert.equal(await receive(full, day(0)), "noted");
    assert.equal(await receive(dsn("delayed", "4.4.1", "later"), day(1)), "noted");
    assert.equal(await receive(full, day(2)), "noted");
    assert.equal(await receive(full, day(31)), "noted", "the first is forgotten");
    assert.equal(await receive(full, day(31)), "suspended");
    const row = await db.selectFrom("subscribers").selectAll().executeTakeFirstOrThrow();
    assert.deepEqual([row.suspended_at, row.next_run_at, row.hard_bounces], [day(31), null, 3]);
    // Confirmed anew, old bounces are forgiven; 5.1.1 does not wait.
    const again = await subscribe(db, day(32));
    assert.equal(again.id, id);
    assert.equal(await receive(dsn("failed", "5.1.1", "550 5.1.1 no"), day(33)), "suspended");
    assert.equal(await receive(dsn("failed", "5.1.1", "550 5.1.1 no"), day(33)), "noted");
  },
);

onEachDatabase(
  "an abuse report is known by the link in the mail that came back",
  async ({ db }) => {
    const { id } = await subscribe(db);
    const token = await subscriptionToken(db, id);
    const original = `List-Unsubscribe: <https://daily.example.org/u/\n ${token}>,\n <mailto:x@y.org>\nSubject: x`;
    const folded = original.replace("/u/\n ", "/u/");
    const recipient = `feedback@${domain}`;
    assert.equal(
      await did(receiveMail(db, { recipient, raw: arf("abuse", folded), now })),
      "suspended",
    );
    const row = await db.selectFrom("subscribers").selectAll().executeTakeFirstOrThrow();
    assert.match(row.suspended_reason!, /^complaint/);
    assert.equal(
      (await db.selectFrom("bounces").select("kind").executeTakeFirst())!.kind,
      "complaint",
    );
  },
);

onEachDatabase("what this service did not sign changes nothing", async ({ db }) => {
  const { id, path } = await subscribe(db);
  const raw = dsn("failed", "5.1.1", "550 5.1.1 no");
  const forged = `b-${id}${"0".repeat(32)}@${domain}`;
  const otherPurpose = `b-${await subscriptionToken(db, id)}@${domain}`;
  for (const recipient of [
    forged,
    otherPurpose,
    `feedback@${domain}`,
    "",
    `u-${"0".repeat(56)}@x`,
  ]) {
    assert.equal(await did(receiveMail(db, { recipient, raw, now })), "nothing", recipient);
  }
  const reply = Buffer.from("Subject: away\r\n\r\nI am away");
  assert.equal(await did(receiveMail(db, { recipient: path, raw: reply, now })), "nothing");
  assert.equal((await db.selectFrom("bounces").selectAll().execute()).length, 0);
  assert.equal(readReturnPath(await mailSecret(db), path.toUpperCase()), id);
});

onEachDatabase(
  "a listener takes bounces and unsubscriptions, and relays nothing",
  async ({ db }) => {
    const { id, path } = await subscribe(db);
    let broken = true;
    const listener = await openBounceListener({
      host: "127.0.0.1",
      port: 0,
      domain,
      receive: (mail) => {
        if (broken) throw new Error("the database is away");
        return receiveMail(db, { ...mail, now });
      },
    });
    const client = createTransport({ host: "127.0.0.1", port: listener.port, ignoreTLS: true });
    const send = (to: string, raw: Buffer) =>
      client.sendMail({ envelope: { from: "", to: [to] }, raw });
    const bounce = dsn("failed", "5.2.2", "552 5.2.2 full");
    const code = (responseCode: number) => (error: { responseCode?: number }) =>
      error.responseCode === responseCode;
    await assert.rejects(send("ada@example.net", bounce), code(550));
    await assert.rejects(send(`b-${"0".repeat(56)}@example.net`, bounce), code(550));
    await assert.rejects(send(path, bounce), code(451));
    broken = false;
    await send(path, bounce);
    await assert.rejects(send(path, Buffer.alloc(1_200_000, "a\r\n")), code(552));
    const row = () => db.selectFrom("subscribers").selectAll().executeTakeFirstOrThrow();
    assert.equal((await row()).hard_bounces, 1);
    const token = await subscriptionToken(db, id);
    await send(unsubscribeAddress(token, domain), Buffer.from("Subject: unsubscribe\r\n\r\n"));
    assert.deepEqual((await row()).unsubscribed_at, now);
    client.close();
    await listener.close();
  },
);

test("fuzz: a report in pieces is read or is none (500 cases)", async () => {
  const whole = dsn("failed", "5.1.1", "550 5.1.1 no").toString("latin1");
  await fc.assert(
    fc.asyncProperty(
      fc.nat(whole.length),
      fc.nat(40),
      fc.string({ unit: "binary" }),
      async (at, length, text) => {
        const raw = Buffer.from(whole.slice(0, at) + text + whole.slice(at + length));
        const read = await readBounce(raw);
        assert.ok(read === null || ["hard", "soft", "complaint"].includes(read.kind));
      },
    ),
    { numRuns: 500 },
  );
});
