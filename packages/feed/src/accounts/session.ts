import { checkMoment } from "../check.ts";
import type { Db } from "../database/open.ts";
import { notFoundError } from "../feed-error.ts";
import { hashToken, newToken } from "../safety/token.ts";
import { type Account, accountView } from "./account.ts";

/** Days after which a session ends: without a visit, and in any case. */
export const sessionDays = { idle: 30, absolute: 180 } as const;

/** Where a session is used from; `ipPrefix` is what `storedPrefix` made of the address. */
export interface Device {
  readonly userAgent: string;
  readonly ipPrefix: string;
}

/** What the browser gets: the token for its cookie, which is kept nowhere else. */
export interface NewSession {
  readonly token: string;
  readonly expiresAt: Date;
}

/** One of an account's sessions, as its owner sees it. */
export interface SessionView {
  /** For `revokeSession`; it opens nothing. */
  readonly id: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly expiresAt: Date;
  readonly userAgent: string;
  readonly ipPrefix: string;
  /** Whether it is the one that asks. */
  readonly current: boolean;
}

const day = 86_400_000;
const idLength = 32;

/**
 * A new session with a token of its own; the one that the browser came with (`replaces`) ends, so
 * that a token that somebody planted before the login is worth nothing after it.
 */
export async function startSession(
  db: Db,
  options: { accountId: string; device: Device; now: Date; replaces?: string | null },
): Promise<NewSession> {
  const { accountId, device, now, replaces } = options;
  checkMoment("startSession: now", now);
  const token = newToken();
  const expiresAt = new Date(now.getTime() + sessionDays.absolute * day);
  if (replaces) await endSession(db, replaces);
  await db
    .insertInto("sessions")
    .values({
      hash: hashToken(token),
      account_id: accountId,
      created_at: now,
      seen_at: now,
      expires_at: expiresAt,
      user_agent: device.userAgent.replace(/[^\x20-\x7e]/g, "").slice(0, 200),
      ip_prefix: device.ipPrefix,
    })
    .execute();
  return { token, expiresAt };
}

/**
 * Whose session this is; null if it ended, or the account is suspended or deleted. A visit is noted
 * at most once in five minutes, so that reading does not write.
 */
export async function sessionOf(
  db: Db,
  { token, now }: { token: string; now: Date },
): Promise<Account | null> {
  checkMoment("sessionOf: now", now);
  const hash = hashToken(token);
  const row = await db
    .selectFrom("sessions")
    .innerJoin("accounts", "accounts.id", "sessions.account_id")
    .selectAll("accounts")
    .select("seen_at")
    .where("hash", "=", hash)
    .where("expires_at", ">", now)
    .where("seen_at", ">", new Date(now.getTime() - sessionDays.idle * day))
    .where("accounts.suspended_at", "is", null)
    .executeTakeFirst();
  if (!row) return null;
  if (now.getTime() - row.seen_at.getTime() > 300_000)
    await db.updateTable("sessions").set({ seen_at: now }).where("hash", "=", hash).execute();
  return accountView(row);
}

/** A new token for a session that goes on, with its old end; null if there is no such session. */
export async function rotateSession(
  db: Db,
  { token, now }: { token: string; now: Date },
): Promise<NewSession | null> {
  checkMoment("rotateSession: now", now);
  const fresh = newToken();
  const row = await db
    .updateTable("sessions")
    .set({ hash: hashToken(fresh), seen_at: now })
    .where("hash", "=", hashToken(token))
    .where("expires_at", ">", now)
    .where("seen_at", ">", new Date(now.getTime() - sessionDays.idle * day))
    .returning("expires_at")
    .executeTakeFirst();
  return row ? { token: fresh, expiresAt: row.expires_at } : null;
}

/** Ends the session of this token (signing out). Nothing happens if there is none. */
export async function endSession(db: Db, token: string): Promise<void> {
  await db.deleteFrom("sessions").where("hash", "=", hashToken(token)).execute();
}

/** An account's sessions that have not ended, the latest visit first. */
export async function listSessions(
  db: Db,
  { accountId, now, current }: { accountId: string; now: Date; current?: string },
): Promise<SessionView[]> {
  checkMoment("listSessions: now", now);
  const rows = await db
    .selectFrom("sessions")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("expires_at", ">", now)
    .where("seen_at", ">", new Date(now.getTime() - sessionDays.idle * day))
    .orderBy("seen_at", "desc")
    .orderBy("hash")
    .execute();
  const own = current === undefined ? null : hashToken(current);
  return rows.map((row) => ({
    id: row.hash.slice(0, idLength),
    createdAt: row.created_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
    userAgent: row.user_agent,
    ipPrefix: row.ip_prefix,
    current: row.hash === own,
  }));
}

/**
 * Ends one of an account's own sessions.
 * @throws FeedError (ERR_NOT_FOUND) if the account has no session of that id.
 */
export async function revokeSession(
  db: Db,
  { accountId, id }: { accountId: string; id: string },
): Promise<void> {
  const rows = /^[0-9a-f]{32}$/.test(id)
    ? await db
        .deleteFrom("sessions")
        .where("account_id", "=", accountId)
        .where("hash", "like", `${id}%`)
        .returning("hash")
        .execute()
    : [];
  if (rows.length === 0) throw notFoundError("there is no such session");
}

/** Ends all of an account's sessions, or all but the one of a token; how many ended. */
export async function revokeAllSessions(
  db: Db,
  { accountId, except }: { accountId: string; except?: string },
): Promise<number> {
  let query = db.deleteFrom("sessions").where("account_id", "=", accountId);
  if (except !== undefined) query = query.where("hash", "!=", hashToken(except));
  return (await query.returning("hash").execute()).length;
}
