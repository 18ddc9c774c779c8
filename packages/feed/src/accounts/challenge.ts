import type { Db } from "../database/open.ts";
import { hashToken } from "../safety/token.ts";
import { TokenExpired } from "../safety/token-expired.ts";
import { browserHash } from "./browser-cookie.ts";

type Kind = "passkey-login" | "passkey-register";

interface Question {
  readonly kind: Kind;
  readonly challenge: string;
  readonly browser: string;
  /** Whose passkey it will be; null when somebody unknown signs in. */
  readonly accountId: string | null;
  readonly now: Date;
}

/** How long a passkey's challenge can be answered. */
const challengeMinutes = 5;

/** Keeps a challenge until it is answered, bound to the browser that got it. */
export async function keepChallenge(db: Db, question: Question): Promise<void> {
  const { kind, challenge, browser, accountId, now } = question;
  await db
    .insertInto("login_tokens")
    .values({
      hash: hashToken(challenge),
      kind,
      account_id: accountId,
      challenge,
      browser_hash: browserHash(browser),
      created_at: now,
      expires_at: new Date(now.getTime() + challengeMinutes * 60_000),
    })
    .execute();
}

/**
 * Uses a challenge up, whether or not the answer then proves right.
 * @throws TokenExpired if it was used, is too old, or was another's.
 */
export async function useChallenge(db: Db, question: Question): Promise<void> {
  const { kind, challenge, browser, accountId, now } = question;
  const used = await db
    .updateTable("login_tokens")
    .set({ used_at: now })
    .where("hash", "=", hashToken(challenge))
    .where("kind", "=", kind)
    .where("account_id", accountId === null ? "is" : "=", accountId)
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .where("browser_hash", "=", browserHash(browser))
    .returning("hash")
    .executeTakeFirst();
  if (!used) throw new TokenExpired("this passkey request");
}

/**
 * The challenge that an authenticator says it answered, from its client data. Answers from inside a
 * frame of another site are refused here, since the library lets them pass without their origin.
 * @returns null for what is no client data.
 */
export function challengeIn(clientDataJson: unknown): string | null {
  if (typeof clientDataJson !== "string" || clientDataJson.length > 4096) return null;
  try {
    const data = JSON.parse(Buffer.from(clientDataJson, "base64url").toString("utf8"));
    const own = data?.crossOrigin === undefined || data.crossOrigin === false;
    return own && typeof data.challenge === "string" ? data.challenge : null;
  } catch {
    return null;
  }
}
