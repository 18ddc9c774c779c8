import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Db } from "../database/open.ts";
import { newToken } from "../safety/token.ts";
import { TokenExpired } from "../safety/token-expired.ts";
import { onEachDatabase, testDatabase } from "../testing.ts";
import { consumeMagicLink, magicLinkMinutes, requestMagicLink } from "./magic-link.ts";
import { sessionOf } from "./session.ts";

const now = new Date("2026-03-02T10:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const device = { userAgent: "Firefox", ipPrefix: "192.0.2.0/24" };
const browser = newToken();

const consume = (db: Db, token: string, more: object = {}) =>
  consumeMagicLink(db, { token, browser, now: later(1), ...device, ...more });

onEachDatabase("a link signs in, makes the account once, and finds it again", async ({ db }) => {
  const first = await requestMagicLink(db, { email: "Ada@Example.org", browser, now });
  assert.equal(first.email, "ada@example.org");
  const made = await consume(db, first.token);
  assert.equal(made.isNew, true);
  assert.equal(made.account.email, "ada@example.org");
  assert.equal(made.account.role, "reader");
  assert.match(made.account.name, /^reader-\d{5,6}$/);
  assert.deepEqual(await sessionOf(db, { token: made.session.token, now }), made.account);

  const second = await requestMagicLink(db, { email: "ada@example.ORG", browser, now });
  const again = await consume(db, second.token);
  assert.equal(again.isNew, false);
  assert.deepEqual(again.account, made.account);
});

onEachDatabase("of ten uses at the same time one succeeds", async ({ db }) => {
  const { token } = await requestMagicLink(db, { email: "ada@example.org", browser, now });
  const uses = await Promise.allSettled(Array.from({ length: 10 }, () => consume(db, token)));
  assert.equal(uses.filter(({ status }) => status === "fulfilled").length, 1);
  for (const use of uses)
    if (use.status === "rejected") assert.ok(use.reason instanceof TokenExpired);
  assert.equal((await db.selectFrom("sessions").selectAll().execute()).length, 1);
});

onEachDatabase("two links of one new address at the same time make one account", async ({ db }) => {
  const [a, b] = [newToken(), newToken()];
  const one = await requestMagicLink(db, { email: "ada@example.org", browser: a, now });
  const two = await requestMagicLink(db, { email: "ada@example.org", browser: b, now });
  await Promise.allSettled([
    consume(db, one.token, { browser: a }),
    consume(db, two.token, { browser: b }),
  ]);
  assert.equal((await db.selectFrom("accounts").selectAll().execute()).length, 1);
});

test("a link is refused after its time, when used, when unknown", async () => {
  const database = await testDatabase();
  const { db } = database;
  const expired = { name: "TokenExpired", code: "ERR_GONE", status: 410 };
  const { token } = await requestMagicLink(db, { email: "ada@example.org", browser, now });
  await assert.rejects(consume(db, token, { now: later(magicLinkMinutes) }), expired);
  await assert.rejects(consume(db, newToken()), expired);
  await consume(db, token, { now: later(magicLinkMinutes - 0.01) });
  await assert.rejects(consume(db, token), expired);
  await database.close();
});

test("another browser cannot use a link, and does not use it up", async () => {
  const database = await testDatabase();
  const { db } = database;
  const { token } = await requestMagicLink(db, { email: "ada@example.org", browser, now });
  await assert.rejects(consume(db, token, { browser: newToken() }), { code: "ERR_FORBIDDEN" });
  await assert.rejects(consume(db, token, { browser: "" }), { code: "ERR_INPUT" });
  assert.equal((await db.selectFrom("accounts").selectAll().execute()).length, 0);
  await consume(db, token);
  await database.close();
});

test("a browser without a cookie cannot ask", async () => {
  const database = await testDatabase();
  await assert.rejects(
    requestMagicLink(database.db, { email: "ada@example.org", browser: "", now }),
    { code: "ERR_INPUT" },
  );
  await database.close();
});

test("asking does the same for a known and an unknown address", async () => {
  const database = await testDatabase();
  const { db } = database;
  const { token } = await requestMagicLink(db, { email: "known@example.org", browser, now });
  await consume(db, token);
  await db.deleteFrom("login_tokens").execute();
  const ask = (email: string) => requestMagicLink(db, { email, browser, now });
  const answers = [await ask("known@example.org"), await ask("other@example.org")];
  for (const answer of answers) assert.match(answer.token, /^[\w-]{43}$/);
  const rows = await db.selectFrom("login_tokens").selectAll().orderBy("email").execute();
  const shape = rows.map(({ hash: _, email: __, ...rest }) => rest);
  assert.equal(rows.length, 2);
  assert.deepEqual(shape[0], shape[1]);
  await database.close();
});

test("the token is nowhere in the database", async () => {
  const database = await testDatabase();
  const { db } = database;
  const { token } = await requestMagicLink(db, { email: "ada@example.org", browser, now });
  const { session } = await consume(db, token);
  const rows = JSON.stringify([
    await db.selectFrom("login_tokens").selectAll().execute(),
    await db.selectFrom("sessions").selectAll().execute(),
  ]);
  for (const text of [token, browser, session.token]) assert.ok(!rows.includes(text));
  await database.close();
});

test("signing in uses up the address's other links and ends the session that was there", async () => {
  const database = await testDatabase();
  const { db } = database;
  const ask = () => requestMagicLink(db, { email: "ada@example.org", browser, now });
  const [one, two] = [await ask(), await ask()];
  const before = await consume(db, one.token);
  await assert.rejects(consume(db, two.token), { name: "TokenExpired" });
  const planted = before.session.token;
  const after = await consume(db, (await ask()).token, { replaces: planted });
  assert.notEqual(after.session.token, planted);
  assert.equal(await sessionOf(db, { token: planted, now }), null);
  assert.ok(await sessionOf(db, { token: after.session.token, now }));
  await database.close();
});

test("a suspended account cannot sign in, and its link is not used up", async () => {
  const database = await testDatabase();
  const { db } = database;
  const ask = () => requestMagicLink(db, { email: "ada@example.org", browser, now });
  const { account } = await consume(db, (await ask()).token);
  const suspend = (at: Date | null) =>
    db.updateTable("accounts").set({ suspended_at: at }).where("id", "=", account.id).execute();
  await suspend(now);
  const { token } = await ask();
  await assert.rejects(consume(db, token), { code: "ERR_FORBIDDEN", message: /suspended/ });
  await suspend(null);
  await consume(db, token);
  await database.close();
});

test("fuzz: no text is taken for a token (150 cases)", async () => {
  const database = await testDatabase();
  const { db } = database;
  const { token } = await requestMagicLink(db, { email: "ada@example.org", browser, now });
  const near = fc
    .tuple(fc.nat(42), fc.string({ unit: "binary", maxLength: 3 }))
    .map(([at, text]) => token.slice(0, at) + text + token.slice(at + 1));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string({ unit: "binary" }), near), async (text) => {
      fc.pre(text !== token);
      await assert.rejects(consume(db, text), { name: "TokenExpired" });
      assert.equal(await sessionOf(db, { token: text, now }), null);
    }),
    { numRuns: 150 },
  );
  await consume(db, token);
  await database.close();
});
