import { createHmac } from "node:crypto";
import { equalSafely } from "../safety/token.ts";

const idLength = 24;
const signatureLength = 32;

const signature = (secret: Uint8Array, purpose: string, id: string) =>
  createHmac("sha256", secret).update(`${purpose}\n${id}`).digest("hex").slice(0, signatureLength);

/**
 * A subscriber's id with a signature of the service: nothing is stored for it and it never expires.
 * In 56 hexadecimal digits, since it has to survive mail servers that turn addresses to lower case.
 */
export const signId = (secret: Uint8Array, purpose: string, id: string): string =>
  id + signature(secret, purpose, id);

/** The id in what `signId` made for the same purpose; null if it was not made by this service. */
export function readSignedId(secret: Uint8Array, purpose: string, text: string): string | null {
  if (typeof text !== "string") return null;
  const lower = text.toLowerCase();
  if (!/^[0-9a-f]{56}$/.test(lower)) return null;
  const id = lower.slice(0, idLength);
  return equalSafely(lower.slice(idLength), signature(secret, purpose, id)) ? id : null;
}
