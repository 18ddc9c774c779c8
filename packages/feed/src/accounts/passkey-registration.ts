import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { decodeAttestationObject } from "@simplewebauthn/server/helpers";
import type { Db } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import { conflictError, inputError } from "../feed-error.ts";
import type { Account } from "./account.ts";
import { challengeIn, keepChallenge, useChallenge } from "./challenge.ts";
import { checkLabel } from "./label.ts";
import { listPasskeys, type PasskeyView } from "./passkey.ts";
import { relyingParty } from "./relying-party.ts";

/** How many passkeys an account may have. */
export const maxPasskeys = 10;

/** EdDSA, ES256, RS256: what authenticators in use can do. */
const algorithms = [-8, -7, -257];

interface Asking {
  readonly account: Account;
  readonly baseUrl: string;
  readonly browser: string;
  readonly now: Date;
}

/**
 * What the browser's `navigator.credentials.create` is to be given. The challenge is kept for five
 * minutes, for this account and this browser.
 * @throws FeedError (ERR_CONFLICT) if the account has as many passkeys as it may.
 */
export async function registrationOptions(
  db: Db,
  { account, baseUrl, browser, now }: Asking,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const owned = await listPasskeys(db, account.id);
  if (owned.length >= maxPasskeys) throw tooMany();
  const options = await generateRegistrationOptions({
    rpName: "Daily Kernel",
    rpID: relyingParty(baseUrl).id,
    userName: account.name,
    userDisplayName: account.fullName || account.name,
    userID: new Uint8Array(Buffer.from(account.id)),
    attestationType: "none",
    excludeCredentials: owned.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: algorithms,
  });
  const { challenge } = options;
  await keepChallenge(db, {
    kind: "passkey-register",
    challenge,
    browser,
    accountId: account.id,
    now,
  });
  return options;
}

/**
 * Takes what `create` gave back and keeps the passkey. The origin, the relying party's id, the
 * challenge (once), the presence and the verification of the user are checked.
 * @throws TokenExpired for the challenge; FeedError (ERR_INPUT) for an answer that does not hold,
 * (ERR_CONFLICT) for a passkey that is known already, or one too many.
 */
export async function verifyRegistration(
  db: Db,
  {
    account,
    baseUrl,
    browser,
    now,
    response,
    label,
  }: Asking & { readonly response: RegistrationResponseJSON; readonly label: string },
): Promise<PasskeyView> {
  const text = checkLabel(label);
  const challenge = challengeIn(response?.response?.clientDataJSON);
  if (challenge === null || !isPlain(response)) throw refused();
  await useChallenge(db, {
    kind: "passkey-register",
    challenge,
    browser,
    accountId: account.id,
    now,
  });
  const { id, origin } = relyingParty(baseUrl);
  const result = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch((cause: unknown) => {
    throw refused(cause);
  });
  if (!result.verified) throw refused();
  const { credential } = result.registrationInfo;
  return inTransaction(db, async (trx) => {
    await trx
      .selectFrom("accounts")
      .select("id")
      .where("id", "=", account.id)
      .forUpdate()
      .execute();
    if ((await listPasskeys(trx, account.id)).length >= maxPasskeys) throw tooMany();
    const kept = await trx
      .insertInto("passkeys")
      .values({
        account_id: account.id,
        id: credential.id,
        public_key: credential.publicKey,
        counter: credential.counter,
        transports: (credential.transports ?? [])
          .filter((t) => /^[a-z-]{1,20}$/.test(t))
          .slice(0, 8),
        label: text,
        created_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!kept) throw conflictError("this passkey is registered already");
    return { id: credential.id, label: text, createdAt: now, usedAt: null };
  });
}

/**
 * Whether an answer carries no certificate. The library would fetch the revocation list that a
 * certificate names, from wherever it points, so what we did not ask for is refused unread.
 */
function isPlain(response: RegistrationResponseJSON): boolean {
  try {
    const { attestationObject } = response.response;
    if (attestationObject.length > 16_384) return false;
    const object = decodeAttestationObject(
      new Uint8Array(Buffer.from(attestationObject, "base64url")),
    );
    const format = object.get("fmt");
    return format === "none" || (format === "packed" && !object.get("attStmt").get("x5c"));
  } catch {
    return false;
  }
}

const refused = (cause?: unknown) =>
  Object.assign(inputError("the passkey's answer does not hold for this site"), { cause });
const tooMany = () =>
  conflictError(`an account has at most ${maxPasskeys} passkeys: remove one first`);
