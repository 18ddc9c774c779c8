import assert from "node:assert/strict";
import { test } from "node:test";
import { newToken } from "../safety/token.ts";
import { onEachDatabase, testDatabase } from "../testing.ts";
import { getAccount, getAccountByName, hasRole, requireRole } from "./account.ts";
import { forgetExpired } from "./forget-expired.ts";
import { consumeMagicLink, requestMagicLink } from "./magic-link.ts";
import { makeAccount } from "./make-account.ts";
import { sessionDays, sessionOf } from "./session.ts";
import { updateProfile } from "./update-profile.ts";

const now = new Date("2026-03-02T10:00:00Z");
const after = (days: number) => new Date(now.getTime() + days * 86_400_000);

onEachDatabase("name and full name change together or alone", async ({ db }) => {
  const { id: accountId } = await makeAccount(db, { name: "ada", now });
  assert.equal((await updateProfile(db, { accountId, name: "Countess" })).name, "countess");
  const both = await updateProfile(db, { accountId, name: "ada", fullName: " Ada  Lovelace " });
  assert.deepEqual([both.name, both.fullName], ["ada", "Ada Lovelace"]);
  assert.deepEqual(await updateProfile(db, { accountId }), both);
  assert.deepEqual(await getAccount(db, accountId), both);
  assert.deepEqual(await getAccountByName(db, "ada"), both);
  assert.equal(await getAccountByName(db, "countess"), null);
});

onEachDatabase("of many who take a name at once one gets it", async ({ db }) => {
  const accounts = [];
  for (const name of ["ann", "bob", "cyd", "dan"])
    accounts.push(await makeAccount(db, { name, now }));
  const taken = await Promise.allSettled(
    accounts.map(({ id }) => updateProfile(db, { accountId: id, name: "Wanted" })),
  );
  assert.equal(taken.filter(({ status }) => status === "fulfilled").length, 1);
  for (const one of taken)
    if (one.status === "rejected") assert.equal(one.reason.code, "ERR_CONFLICT");
});

test("what breaks the rules changes nothing; nobody is not found", async () => {
  const database = await testDatabase();
  const { db } = database;
  const ada = await makeAccount(db, { name: "ada", now });
  const change = (more: object) => updateProfile(db, { accountId: ada.id, ...more });
  await assert.rejects(change({ name: "admin" }), { code: "ERR_INPUT" });
  await assert.rejects(change({ name: "fine-name", fullName: "\u202e" }), { code: "ERR_INPUT" });
  assert.deepEqual(await getAccount(db, ada.id), ada);
  await assert.rejects(updateProfile(db, { accountId: "0".repeat(24), name: "fine-name" }), {
    code: "ERR_NOT_FOUND",
  });
  for (const id of ["", "\0", "x".repeat(24)]) assert.equal(await getAccount(db, id), null);
  for (const name of ["", "\0", "Ada", "ad%"]) assert.equal(await getAccountByName(db, name), null);
  await database.close();
});

test("a role covers those below; a suspended account has none", async () => {
  const database = await testDatabase();
  const account = await makeAccount(database.db, { name: "ada", now });
  const submitter = { ...account, role: "submitter" as const };
  assert.deepEqual(
    (["reader", "submitter", "moderator"] as const).map((role) => hasRole(submitter, role)),
    [true, true, false],
  );
  assert.equal(hasRole(null, "reader"), false);
  assert.equal(hasRole({ ...submitter, suspendedAt: now }, "reader"), false);
  assert.throws(() => requireRole(null, "reader"), { code: "ERR_UNAUTHENTICATED", status: 401 });
  assert.throws(() => requireRole(submitter, "moderator"), { code: "ERR_FORBIDDEN", status: 403 });
  assert.throws(() => requireRole({ ...submitter, suspendedAt: now }, "reader"), /suspended/);
  requireRole(submitter, "reader");
  await database.close();
});

test("tokens and sessions that nobody can use any more are forgotten, the others stay", async () => {
  const database = await testDatabase();
  const { db } = database;
  const browser = newToken();
  const ask = (at: Date) => requestMagicLink(db, { email: "ada@example.org", browser, now: at });
  const used = await ask(now);
  const device = { userAgent: "", ipPrefix: "" };
  const { session } = await consumeMagicLink(db, { ...used, browser, now, ...device });
  await ask(now); // will be too old
  const open = await ask(after(1));
  assert.deepEqual(await forgetExpired(db, { now: after(1) }), { tokens: 2, sessions: 0 });
  assert.ok(await sessionOf(db, { token: session.token, now: after(1) }));
  await consumeMagicLink(db, { ...open, browser, now: after(1), ...device });
  const counts = await forgetExpired(db, { now: after(sessionDays.idle + 1) });
  assert.deepEqual(counts, { tokens: 1, sessions: 2 });
  await database.close();
});
