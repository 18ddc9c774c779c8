import assert from "node:assert/strict";
import { test } from "node:test";
import type { Db } from "../database/open.ts";
import type { FeedError } from "../feed-error.ts";
import { hashToken } from "../safety/token.ts";
import { TokenExpired } from "../safety/token-expired.ts";
import { onEachDatabase } from "../testing.ts";
import { confirmSubscription } from "./confirm-subscription.ts";
import { composeConfirmation } from "./confirmation-mail.ts";
import { getSubscription, unsubscribe, updateSubscription } from "./manage-subscription.ts";
import { tidyPreferences } from "./preferences.ts";
import { requestSubscription } from "./request-subscription.ts";
import { readSignedId, signId } from "./signed-id.ts";
import { subscriptionToken } from "./subscriber.ts";

const now = new Date("2026-11-24T12:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const wish = {
  email: " Ada@Example.org ",
  frequency: "daily" as const,
  topics: ["kernels"],
  hour: 7,
  zone: "Europe/Paris",
  ipPrefix: "192.0.2.0/24",
  consentText: "Send me the digest.",
  now,
};
const chosen = { frequency: "daily" as const, topics: [], hour: 7, zone: "UTC" };
const code = (expected: string) => (error: FeedError) => error.code === expected;

const subscribed = async (db: Db) => {
  const asked = await requestSubscription(db, wish);
  return confirmSubscription(db, { token: asked!.token, now });
};

onEachDatabase(
  "asking stores no token, sends nothing yet and keeps the consent",
  async ({ db }) => {
    const asked = await requestSubscription(db, wish);
    const row = await db.selectFrom("subscribers").selectAll().executeTakeFirstOrThrow();
    assert.equal(row.email, "ada@example.org");
    assert.equal(row.confirm_hash, hashToken(asked!.token));
    assert.equal(Buffer.from(asked!.token, "base64url").length, 32);
    assert.ok(!JSON.stringify(row).includes(asked!.token));
    assert.equal(row.next_run_at, null);
    assert.equal(row.confirmed_at, null);
    assert.deepEqual(row.consent, {
      at: now.toISOString(),
      ipPrefix: "192.0.2.0/24",
      text: "Send me the digest.",
    });
  },
);

onEachDatabase(
  "confirming works once, within 48 hours, and sets the first issue",
  async ({ db }) => {
    const { token } = (await requestSubscription(db, wish))!;
    await assert.rejects(confirmSubscription(db, { token: "x", now }), code("ERR_NOT_FOUND"));
    await assert.rejects(confirmSubscription(db, { token, now: later(48 * 60) }), TokenExpired);
    const confirmed = await confirmSubscription(db, { token, now: later(48 * 60 - 1) });
    assert.equal(confirmed.state, "active");
    assert.deepEqual(confirmed.nextRunAt, new Date("2026-11-27T06:00:00Z"));
    await assert.rejects(confirmSubscription(db, { token, now }), code("ERR_NOT_FOUND"));
    const row = await db.selectFrom("subscribers").select("covered_to").executeTakeFirstOrThrow();
    assert.deepEqual(row.covered_to, new Date("2026-11-26T06:00:00Z"));
  },
);

onEachDatabase("nobody can flood or change an address that is not theirs", async ({ db }) => {
  const first = await requestSubscription(db, wish);
  assert.equal(await requestSubscription(db, { ...wish, now: later(4) }), null);
  const second = await requestSubscription(db, { ...wish, now: later(6) });
  await assert.rejects(
    confirmSubscription(db, { token: first!.token, now: later(7) }),
    code("ERR_NOT_FOUND"),
  );
  await confirmSubscription(db, { token: second!.token, now: later(7) });
  const before = await db.selectFrom("subscribers").selectAll().execute();
  assert.equal(await requestSubscription(db, { ...wish, hour: 3, now: later(600) }), null);
  assert.deepEqual(await db.selectFrom("subscribers").selectAll().execute(), before);
});

onEachDatabase(
  "one-click unsubscribe: any time, again and again, and back by asking",
  async ({ db }) => {
    const { id } = await subscribed(db);
    const token = await subscriptionToken(db, id);
    assert.equal((await unsubscribe(db, { token, now: later(1) })).state, "unsubscribed");
    assert.equal(
      (await unsubscribe(db, { token: token.toUpperCase(), now: later(9) })).state,
      "unsubscribed",
    );
    const row = await db.selectFrom("subscribers").selectAll().executeTakeFirstOrThrow();
    assert.deepEqual(row.unsubscribed_at, later(1));
    assert.equal(row.next_run_at, null);
    const forged = id + "0".repeat(32);
    for (const wrong of [forged, "", `${token}0`, token.slice(1)]) {
      await assert.rejects(unsubscribe(db, { token: wrong, now }), code("ERR_NOT_FOUND"));
    }
    await assert.rejects(updateSubscription(db, { token, now, ...chosen }), code("ERR_CONFLICT"));
    const again = await requestSubscription(db, { ...wish, now: later(99) });
    assert.equal((await getSubscription(db, { token })).state, "unsubscribed");
    const back = await confirmSubscription(db, { token: again!.token, now: later(100) });
    assert.equal(back.state, "active");
    assert.equal(back.id, id);
  },
);

onEachDatabase("unsubscribing withdraws a confirmation that is still open", async ({ db }) => {
  const asked = await requestSubscription(db, wish);
  const { id } = await db.selectFrom("subscribers").select("id").executeTakeFirstOrThrow();
  await unsubscribe(db, { token: await subscriptionToken(db, id), now });
  await assert.rejects(
    confirmSubscription(db, { token: asked!.token, now: later(1) }),
    code("ERR_NOT_FOUND"),
  );
});

onEachDatabase("preferences: changed by the link, paused by never", async ({ db }) => {
  const { id } = await subscribed(db);
  const token = await subscriptionToken(db, id);
  const weekly = { ...chosen, frequency: "weekly" as const, weekday: 5, topics: ["b", "a", "b"] };
  const changed = await updateSubscription(db, { token, now, ...weekly });
  assert.deepEqual(changed.topics, ["a", "b"]);
  assert.deepEqual(changed.nextRunAt, new Date("2026-11-27T07:00:00Z"));
  const paused = await updateSubscription(db, { token, now, ...chosen, frequency: "never" });
  assert.equal(paused.nextRunAt, null);
  const on = await updateSubscription(db, { token, now: later(9000), ...chosen });
  assert.deepEqual(on.nextRunAt, new Date("2026-12-01T07:00:00Z"));
  const row = await db.selectFrom("subscribers").select("covered_to").executeTakeFirstOrThrow();
  assert.deepEqual(row.covered_to, later(9000));
});

onEachDatabase("who called our mail spam is not asked again", async ({ db }) => {
  await subscribed(db);
  await db
    .updateTable("subscribers")
    .set({ suspended_at: now, suspended_reason: "complaint" })
    .execute();
  assert.equal(await requestSubscription(db, { ...wish, now: later(9000) }), null);
  await db.updateTable("subscribers").set({ suspended_reason: "5.1.1" }).execute();
  assert.notEqual(await requestSubscription(db, { ...wish, now: later(9000) }), null);
});

test("preferences out of range are refused by name", () => {
  const wrong: [object, RegExp][] = [
    [{ hour: 24 }, /hour must be an integer in 0\.\.23, got 24/],
    [{ hour: Number.NaN }, /hour/],
    [{ zone: "Mars/Olympus" }, /zone/],
    [{ weekday: 0 }, /weekday/],
    [{ frequency: "hourly" }, /frequency/],
    [{ topics: ["a\nb"] }, /topics/],
    [{ topics: "ab" }, /topics/],
  ];
  for (const [part, message] of wrong) {
    assert.throws(
      () => tidyPreferences({ ...chosen, ...part } as typeof chosen),
      (error: FeedError) => error.code === "ERR_INPUT" && message.test(error.message),
    );
  }
});

test("a signed id serves only the purpose that it was made for", () => {
  const key = new Uint8Array(32).fill(7);
  const id = "0123456789abcdef01234567";
  assert.equal(readSignedId(key, "a", signId(key, "a", id)), id);
  assert.equal(readSignedId(key, "b", signId(key, "a", id)), null);
  assert.equal(readSignedId(new Uint8Array(32), "a", signId(key, "a", id)), null);
});

test("the confirmation mail leads to a page with a button, by its token", () => {
  const mail = composeConfirmation({ email: "a@b.org", token: "t-_0", baseUrl: "https://x.org/" });
  assert.match(mail.text, /https:\/\/x\.org\/subscribe\/confirm\?token=t-_0\n/);
  assert.ok(mail.html!.includes("https://x.org/subscribe/confirm?token=t-_0"));
});
