import { readSignedId, signId } from "../subscriptions/signed-id.ts";

const purpose = "return path";

/** The envelope sender of a subscriber's mails: who bounces is told by where the bounce arrives. */
export const returnPath = (secret: Uint8Array, subscriberId: string, domain: string): string =>
  `b-${signId(secret, purpose, subscriberId)}@${domain}`;

/** The subscriber that a return path belongs to; null if this service did not make it. */
export function readReturnPath(secret: Uint8Array, address: string): string | null {
  const [, signed] = /^b-([0-9a-f]+)@/i.exec(address) ?? [];
  return signed === undefined ? null : readSignedId(secret, purpose, signed);
}
