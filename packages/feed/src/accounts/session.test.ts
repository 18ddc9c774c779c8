import assert from "node:assert/strict";
import { test } from "node:test";
import type { Db } from "../database/open.ts";
import { testDatabase } from "../testing.ts";
import { makeAccount } from "./make-account.ts";
import {
  endSession,
  listSessions,
  revokeAllSessions,
  revokeSession,
  rotateSession,
  sessionDays,
  sessionOf,
  startSession,
} from "./session.ts";

const now = new Date("2026-03-02T10:00:00Z");
const days = (n: number) => new Date(now.getTime() + n * 86_400_000);
const device = { userAgent: "Firefox", ipPrefix: "192.0.2.0/24" };

async function withAccount(work: (db: Db, accountId: string) => Promise<void>) {
  const database = await testDatabase();
  const { id } = await makeAccount(database.db, { name: "ada", now });
  await work(database.db, id);
  await database.close();
}

const start = (db: Db, accountId: string, at = now) =>
  startSession(db, { accountId, device, now: at });

test("a session ends when nobody came for its idle time, and lives on when somebody did", () =>
  withAccount(async (db, accountId) => {
    const { token } = await start(db, accountId);
    assert.equal(await sessionOf(db, { token, now: days(sessionDays.idle) }), null);
    assert.ok(await sessionOf(db, { token, now: days(sessionDays.idle - 1) }));
    assert.ok(await sessionOf(db, { token, now: days(2 * sessionDays.idle - 2) }));
  }));

test("a session ends after its absolute time, however often it is used", () =>
  withAccount(async (db, accountId) => {
    const { token, expiresAt } = await start(db, accountId);
    assert.deepEqual(expiresAt, days(sessionDays.absolute));
    for (let day = 0; day < sessionDays.absolute; day += 10)
      assert.ok(await sessionOf(db, { token, now: days(day) }));
    assert.equal(await sessionOf(db, { token, now: expiresAt }), null);
  }));

test("a visit is noted at most once in five minutes", () =>
  withAccount(async (db, accountId) => {
    const { token } = await start(db, accountId);
    const seen = async () =>
      (await db.selectFrom("sessions").select("seen_at").executeTakeFirstOrThrow()).seen_at;
    await sessionOf(db, { token, now: new Date(now.getTime() + 299_000) });
    assert.deepEqual(await seen(), now);
    const sixth = new Date(now.getTime() + 301_000);
    await sessionOf(db, { token, now: sixth });
    assert.deepEqual(await seen(), sixth);
  }));

test("rotation gives a new token and ends the old one, with the same absolute end", () =>
  withAccount(async (db, accountId) => {
    const old = await start(db, accountId);
    const fresh = await rotateSession(db, { token: old.token, now: days(1) });
    assert.deepEqual(fresh?.expiresAt, old.expiresAt);
    assert.equal(await sessionOf(db, { token: old.token, now: days(1) }), null);
    assert.ok(await sessionOf(db, { token: fresh!.token, now: days(1) }));
    assert.equal(await rotateSession(db, { token: old.token, now: days(1) }), null);
  }));

test("sessions are listed with device and prefix, and end one by one or all but one", () =>
  withAccount(async (db, accountId) => {
    const [a, b, c] = [
      await start(db, accountId),
      await start(db, accountId, days(1)),
      await start(db, accountId, days(2)),
    ];
    const list = await listSessions(db, { accountId, now: days(2), current: b.token });
    assert.deepEqual(
      list.map(({ current }) => current),
      [false, true, false],
    );
    assert.equal(list[0]!.userAgent, "Firefox");
    assert.equal(list[0]!.ipPrefix, "192.0.2.0/24");
    await revokeSession(db, { accountId, id: list[0]!.id });
    assert.equal(await sessionOf(db, { token: c.token, now: days(2) }), null);
    assert.equal(await revokeAllSessions(db, { accountId, except: b.token }), 1);
    assert.equal(await sessionOf(db, { token: a.token, now: days(2) }), null);
    assert.ok(await sessionOf(db, { token: b.token, now: days(2) }));
    await endSession(db, b.token);
    assert.equal(await sessionOf(db, { token: b.token, now: days(2) }), null);
  }));

test("nobody ends the session of another, nor opens one with its listed id or its hash", () =>
  withAccount(async (db, accountId) => {
    const other = await makeAccount(db, { name: "eve", now });
    const { token } = await start(db, accountId);
    const [session] = await listSessions(db, { accountId, now });
    await assert.rejects(revokeSession(db, { accountId: other.id, id: session!.id }), {
      code: "ERR_NOT_FOUND",
    });
    for (const id of ["", "%", "_".repeat(32), "\0", session!.id.slice(1)])
      await assert.rejects(revokeSession(db, { accountId, id }), { code: "ERR_NOT_FOUND" });
    const { hash } = await db.selectFrom("sessions").select("hash").executeTakeFirstOrThrow();
    assert.equal(await sessionOf(db, { token: session!.id, now }), null);
    assert.equal(await sessionOf(db, { token: hash, now }), null);
    assert.ok(await sessionOf(db, { token, now }));
  }));

test("a suspended account's session opens nothing", () =>
  withAccount(async (db, accountId) => {
    const { token } = await start(db, accountId);
    await db.updateTable("accounts").set({ suspended_at: now }).execute();
    assert.equal(await sessionOf(db, { token, now }), null);
  }));

test("a browser's name is kept as one short line of plain characters", () =>
  withAccount(async (db, accountId) => {
    const userAgent = `Fire\r\nfox\0\u202e${"x".repeat(500)}`;
    await startSession(db, { accountId, device: { ...device, userAgent }, now });
    const [session] = await listSessions(db, { accountId, now });
    assert.match(session!.userAgent, /^Firefoxx{193}$/);
  }));
