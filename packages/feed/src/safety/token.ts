import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { inputError } from "../feed-error.ts";

/** A fresh secret of 256 random bits: 43 characters of base64url. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** What is kept in place of a token: its SHA-256, 64 hexadecimal digits; `ERR_INPUT` for what is no string. */
export function hashToken(token: string): string {
  if (typeof token !== "string") throw inputError(`a token is a string, got ${typeof token}`);
  return createHash("sha256").update(token).digest("hex");
}

/**
 * Whether two secrets are the same, in a time that tells nothing of where they differ. Their hashes
 * are compared, so that lengths tell nothing either.
 */
export function equalSafely(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash("sha256").update(text).digest());
  return timingSafeEqual(left!, right!);
}
