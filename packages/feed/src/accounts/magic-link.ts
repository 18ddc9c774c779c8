import { randomInt } from "node:crypto";
import { newId } from "../database/id.ts";
import type { Db } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import { FeedError, forbiddenError } from "../feed-error.ts";
import { emailAddress } from "../mail/email-address.ts";
import { hashToken, newToken } from "../safety/token.ts";
import { TokenExpired } from "../safety/token-expired.ts";
import { type Account, accountView, requireRole } from "./account.ts";
import { defaultName } from "./account-name.ts";
import { browserHash } from "./browser-cookie.ts";
import { type Device, type NewSession, startSession } from "./session.ts";

/** How long a link can be used. */
export const magicLinkMinutes = 15;

/** Somebody who has just signed in. */
export interface SignedIn {
  readonly account: Account;
  readonly session: NewSession;
  /** Whether the account was made by this. */
  readonly isNew: boolean;
}

/**
 * A token for a link that is mailed to the address. The same happens for an address that has an
 * account and for one that has not, so the answer tells nobody which it is.
 * @param options.browser value of the cookie that the asking browser keeps; only it can use the link.
 * @throws FeedError (ERR_INPUT) for what is no mail address.
 */
export async function requestMagicLink(
  db: Db,
  { email, browser, now }: { email: string; browser: string; now: Date },
): Promise<{ token: string; email: string }> {
  const address = emailAddress(email);
  const token = newToken();
  await db
    .insertInto("login_tokens")
    .values({
      hash: hashToken(token),
      kind: "magic-link",
      email: address,
      browser_hash: browserHash(browser),
      created_at: now,
      expires_at: new Date(now.getTime() + magicLinkMinutes * 60_000),
    })
    .execute();
  return { token, email: address };
}

/**
 * Signs in with a link, from a POST (mail scanners follow GETs): once, within its time, in the
 * browser that asked. Makes the account at the first time. Every other open link of the address is
 * used up with it, and the session that the browser had (`replaces`) ends.
 * @throws TokenExpired; FeedError (ERR_FORBIDDEN) in another browser, which uses nothing up, and for
 * a suspended account.
 */
export async function consumeMagicLink(
  db: Db,
  options: { token: string; browser: string; now: Date; replaces?: string | null } & Device,
): Promise<SignedIn> {
  const { token, browser, now, userAgent, ipPrefix, replaces = null } = options;
  const hash = hashToken(token);
  return inTransaction(db, async (trx) => {
    const used = await trx
      .updateTable("login_tokens")
      .set({ used_at: now })
      .where("hash", "=", hash)
      .where("kind", "=", "magic-link")
      .where("used_at", "is", null)
      .where("expires_at", ">", now)
      .where("browser_hash", "=", browserHash(browser))
      .returning("email")
      .executeTakeFirst();
    if (!used?.email) throw await refusal(trx, hash, now);
    await trx
      .updateTable("login_tokens")
      .set({ used_at: now })
      .where("email", "=", used.email)
      .where("kind", "=", "magic-link")
      .where("used_at", "is", null)
      .execute();
    const { account, isNew } = await accountOf(trx, used.email, now);
    requireRole(account, "reader");
    const device = { userAgent, ipPrefix };
    const session = await startSession(trx, { accountId: account.id, device, now, replaces });
    return { account, session, isNew };
  });
}

/** Why a link did not work: the holder of a good one learns that it waits for another browser. */
async function refusal(trx: Db, hash: string, now: Date): Promise<FeedError> {
  const open = await trx
    .selectFrom("login_tokens")
    .select("hash")
    .where("hash", "=", hash)
    .where("kind", "=", "magic-link")
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return open
    ? forbiddenError("open this sign-in link in the browser that asked for it")
    : new TokenExpired("this sign-in link");
}

/** The account of an address, made if there is none; of two that make it at once one does. */
async function accountOf(trx: Db, email: string, now: Date) {
  const find = () =>
    trx.selectFrom("accounts").selectAll().where("email", "=", email).executeTakeFirst();
  const known = await find();
  if (known) return { account: accountView(known)!, isNew: false };
  for (let attempt = 0; attempt < 20; attempt++) {
    const name = defaultName(email, String(randomInt(10_000, 1_000_000)));
    const made = await trx
      .insertInto("accounts")
      .values({ id: newId(now), email, name, created_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (made) return { account: accountView(made)!, isNew: true };
    const other = await find();
    if (other) return { account: accountView(other)!, isNew: false };
  }
  throw new FeedError("ERR_CONFLICT", "no free name was found; try again");
}
