import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { makeAccount } from "./accounts/make-account.ts";
import { sessionOf, startSession } from "./accounts/session.ts";
import { addComment } from "./comments/write-comment.ts";
import { composeDigest } from "./digest/compose-digest.ts";
import { runDigest } from "./digest/run-digest.ts";
import type { Mailer } from "./mail/mail.ts";
import { openMailer } from "./mail/open-mailer.ts";
import { auditLog } from "./moderation/audit.ts";
import { reports } from "./moderation/moderate-comments.ts";
import { changedSince } from "./papers/changes.ts";
import { filledDays, lastFilledDay, neighbouringDays } from "./papers/feed-days.ts";
import { type FeedQuery, feedPage } from "./papers/feed-page.ts";
import { getPaper } from "./papers/get-paper.ts";
import { listPaper } from "./papers/list-paper.ts";
import { type PaperInput, upsertPapers } from "./papers/upsert-papers.ts";
import { clientAddress } from "./safety/address.ts";
import { isPublicAddress } from "./safety/public-address.ts";
import { RateLimiter } from "./safety/rate-limiter.ts";
import { confirmSubscription } from "./subscriptions/confirm-subscription.ts";
import { getSubscription, unsubscribe } from "./subscriptions/manage-subscription.ts";
import { requestSubscription } from "./subscriptions/request-subscription.ts";
import { morning as now, onEachDatabase, samplePaper, samplePaperView } from "./testing.ts";
import { vote } from "./votes/vote.ts";

const never = new Date(Number.NaN);
const none = null as unknown as string;
const coded = (code: string, message: RegExp) => (error: Error & { code?: string }) =>
  error.code === code && message.test(error.message);

onEachDatabase("what the database would choke on is refused by name", async ({ db }) => {
  const reject = (promise: Promise<unknown>, message: RegExp, code = "ERR_INPUT") =>
    assert.rejects(promise, coded(code, message));
  for (const id of ["2407.2680", "1412.00001", "2413.00001", "math/0313001", "2409.00001v2"]) {
    await reject(upsertPapers(db, [samplePaper("2409.00009"), samplePaper(id)]), /papers\[1\]\.id/);
  }
  for (const papers of [null, {}, [null]]) {
    await reject(upsertPapers(db, papers as unknown as PaperInput[]), /papers/);
  }
  assert.equal(await getPaper(db, "2409.00009"), null);

  const paperId = "2409.00001";
  await upsertPapers(db, [samplePaper(paperId)]);
  const { id: accountId } = await makeAccount(db, { name: "ada", email: "a@example.org", now });
  await reject(makeAccount(db, { name: "ada", now }), /taken/, "ERR_CONFLICT");
  const sameMail = { name: "ada2", email: "a@example.org", now };
  await reject(makeAccount(db, sameMail), /taken/, "ERR_CONFLICT");
  await reject(makeAccount(db, { name: "bob", role: "king" as "reader", now }), /role.*king/);
  await reject(listPaper(db, { paperId, now: never }), /now/);
  const stranger = { paperId, now, submittedBy: "0".repeat(24) };
  await reject(listPaper(db, stranger), /account/, "ERR_NOT_FOUND");
  await reject(vote(db, { paperId, accountId, now: never }), /now/);
  await reject(addComment(db, { paperId, accountId, body: "x", now: never }), /time/);
  await reject(
    startSession(db, {
      accountId,
      device: { userAgent: "", ipPrefix: "" },
      now: never,
    }),
    /now/,
  );
  await reject(sessionOf(db, { token: "x", now: never }), /now/);
  await reject(sessionOf(db, { token: none, now }), /token/);

  const page: FeedQuery = { sort: "newest", limit: 5, offset: 0 };
  await reject(feedPage(db, { ...page, hasClaims: "x" as "hold" }), /hasClaims/);
  await reject(feedPage(db, { ...page, minVotes: 1e12 }), /minVotes/);
  await reject(filledDays(db, { from: "x" }), /from/);
  await reject(lastFilledDay(db, { onOrBefore: "2024-02-30" }), /onOrBefore/);
  await reject(neighbouringDays(db, "x"), /day/);
  await reject(changedSince(db, Number.NaN, 5), /revision/);
  await reject(changedSince(db, 0, -1), /limit/);
  await reject(auditLog(db, { limit: Number.NaN }), /limit/);
  await reject(reports(db, { limit: -1 }), /limit/);

  const wish = {
    email: "s@example.org",
    frequency: "daily" as const,
    topics: [],
    hour: 7,
    zone: "UTC",
    ipPrefix: "192.0.2.0/24",
    consentText: "yes",
    now,
  };
  await reject(requestSubscription(db, { ...wish, now: never }), /now/);
  await reject(requestSubscription(db, { ...wish, consentText: "a\0" }), /consentText/);
  await reject(confirmSubscription(db, { token: none, now }), /token/);
  await reject(unsubscribe(db, { token: none, now }), /link/, "ERR_NOT_FOUND");
  await reject(getSubscription(db, { token: none }), /link/, "ERR_NOT_FOUND");

  const mailer: Mailer = {
    domain: "x.org",
    connections: 1,
    close: async () => {},
    send: () => assert.fail("nothing is due"),
  };
  const baseUrl = "https://x.org";
  await reject(runDigest(db, mailer, { now: never, baseUrl }), /now/);
  await reject(runDigest(db, mailer, { now, baseUrl: "x.org" }), /baseUrl/);
  await reject(runDigest(db, mailer, { now, baseUrl: "https://x.org/" }), /baseUrl/);
  await reject(runDigest(db, mailer, { now, baseUrl, batch: 0 }), /batch/);
});

test("a key that cannot sign is refused before the first mail", () => {
  const open = (privateKey: string) =>
    openMailer({
      smtpUrl: "smtp://127.0.0.1:9",
      from: "d@example.org",
      dkim: { domain: "example.org", selector: "s", privateKey },
    });
  assert.throws(() => open("junk"), coded("ERR_INPUT", /dkim\.privateKey/));
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  assert.throws(() => open(pem), coded("ERR_INPUT", /RSA/));
});

test("a list's name stands in its angle brackets as it is, whatever the site is called", () => {
  const listId = (siteName: string) =>
    composeDigest({
      kind: "daily",
      day: "2024-09-13",
      papers: [samplePaperView()],
      baseUrl: "https://x.org",
      siteName,
      domain: "x.org",
      reader: { token: "t" },
    }).headers["List-Id"];
  assert.equal(listId("Daily Kernel"), "Daily Kernel <digest.x.org>");
  assert.equal(listId("Daily.Kernel"), '"Daily.Kernel" <digest.x.org>');
  assert.equal(listId("Däily"), "=?UTF-8?B?RMOkaWx5?= <digest.x.org>");
  for (const word of listId("論".repeat(60))!.split(" ").slice(0, -1)) {
    assert.match(word, /^=\?UTF-8\?B\?[\w+/=]{1,60}\?=$/);
  }
});

test("the limiter knows its buckets and the time; addresses that are none are nobody's", () => {
  const limiter = new RateLimiter({ a: { limit: 1, seconds: 1 } });
  assert.throws(() => limiter.take("b" as "a", "k", now), coded("ERR_INPUT", /bucket b/));
  assert.throws(() => limiter.take("a", "k", never), coded("ERR_INPUT", /now/));
  assert.equal(isPublicAddress(none), false);
  assert.equal(clientAddress("192.0.2.1", undefined, 1), "192.0.2.1");
});
