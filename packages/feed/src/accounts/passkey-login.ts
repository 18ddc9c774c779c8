import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from "@simplewebauthn/server";
import type { Db } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import { FeedError } from "../feed-error.ts";
import { audit } from "../moderation/audit.ts";
import { accountView, requireRole } from "./account.ts";
import { challengeIn, keepChallenge, useChallenge } from "./challenge.ts";
import type { SignedIn } from "./magic-link.ts";
import { relyingParty } from "./relying-party.ts";
import { type Device, startSession } from "./session.ts";

interface Asking {
  readonly baseUrl: string;
  readonly browser: string;
  readonly now: Date;
}

/**
 * What the browser's `navigator.credentials.get` is to be given. It names no passkeys: the
 * authenticator offers those it has for this site, so nobody learns which accounts exist.
 */
export async function loginOptions(
  db: Db,
  { baseUrl, browser, now }: Asking,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(baseUrl).id,
    userVerification: "required",
  });
  const { challenge } = options;
  await keepChallenge(db, { kind: "passkey-login", challenge, browser, accountId: null, now });
  return options;
}

/**
 * Signs in with a passkey: the challenge (once), origin, relying party, user verification, signature
 * and counter must hold. A counter that does not grow tells of a copied key: it is refused and
 * written to the audit log.
 * @throws TokenExpired for the challenge; FeedError (ERR_UNAUTHENTICATED) for everything that does
 * not hold, the same for an unknown passkey; (ERR_FORBIDDEN) for a suspended account.
 */
export async function verifyLogin(
  db: Db,
  options: Asking & {
    readonly response: AuthenticationResponseJSON;
    readonly replaces?: string | null;
  } & Device,
): Promise<SignedIn> {
  const { response, baseUrl, browser, now, userAgent, ipPrefix, replaces = null } = options;
  const challenge = challengeIn(response?.response?.clientDataJSON);
  if (challenge === null || !/^[\w-]{1,1400}$/.test(response.id)) throw refused();
  await useChallenge(db, { kind: "passkey-login", challenge, browser, accountId: null, now });
  const passkey = await db
    .selectFrom("passkeys")
    .selectAll()
    .where("id", "=", response.id)
    .executeTakeFirst();
  if (!passkey || !isOwnHandle(response, passkey.account_id)) throw refused();
  const counter = await counterOf(response, baseUrl, challenge, passkey);
  if ((counter > 0 || passkey.counter > 0) && counter <= passkey.counter) {
    await audit(db, {
      at: now,
      actorId: null,
      action: "passkey.counter",
      subject: `account:${passkey.account_id}`,
      detail: { passkey: passkey.id, had: passkey.counter, got: counter },
    });
    throw refused();
  }
  return inTransaction(db, async (trx) => {
    const moved = await trx
      .updateTable("passkeys")
      .set({ counter, used_at: now })
      .where("id", "=", passkey.id)
      .where("counter", "=", passkey.counter)
      .returning("account_id")
      .executeTakeFirst();
    if (!moved) throw refused();
    const row = await trx
      .selectFrom("accounts")
      .selectAll()
      .where("id", "=", moved.account_id)
      .executeTakeFirst();
    const account = row ? accountView(row) : null;
    if (account === null) throw refused();
    requireRole(account, "reader");
    const device = { userAgent, ipPrefix };
    const session = await startSession(trx, { accountId: account.id, device, now, replaces });
    return { account, session, isNew: false };
  });
}

/** The answer's counter, once everything else about the answer holds. */
async function counterOf(
  response: AuthenticationResponseJSON,
  baseUrl: string,
  challenge: string,
  passkey: { id: string; public_key: Uint8Array },
): Promise<number> {
  const { id, origin } = relyingParty(baseUrl);
  const result = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
    // The counter is compared by the caller, once it is known that the key itself signed it.
    credential: { id: passkey.id, publicKey: new Uint8Array(passkey.public_key), counter: 0 },
  }).catch((cause: unknown) => {
    throw refused(cause);
  });
  if (!result.verified) throw refused();
  return result.authenticationInfo.newCounter;
}

/** The authenticator says whose passkey it is, if it says anything; then it must be so. */
const isOwnHandle = (response: AuthenticationResponseJSON, accountId: string) =>
  !response.response.userHandle ||
  response.response.userHandle === Buffer.from(accountId).toString("base64url");

const refused = (cause?: unknown) =>
  new FeedError("ERR_UNAUTHENTICATED", "this passkey was not accepted", { cause });
