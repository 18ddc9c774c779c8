import { createHmac, randomBytes } from "node:crypto";
import { equalSafely } from "./token.ts";

/** Whom a form was made for: a session's token or, before signing in, the browser's cookie. */
export interface FormOwner {
  /** The service's key (`secret(db, "csrf")`). */
  readonly key: Uint8Array;
  readonly owner: string;
}

/**
 * A token for a form: HMAC-SHA-256 over its owner and a salt. The salt makes every page's token
 * another, so that a compressed page does not leak it to one who can watch lengths.
 */
export function csrfToken({ key, owner }: FormOwner): string {
  const salt = randomBytes(12).toString("base64url");
  return `${salt}.${mac(key, owner, salt)}`;
}

/** Whether a form's token was made for this owner. Any text may come in. */
export function checkCsrf({ key, owner, token }: FormOwner & { readonly token: string }): boolean {
  const [salt = "", given = ""] = token.slice(0, 128).split(".");
  return owner !== "" && equalSafely(given, mac(key, owner, salt));
}

/**
 * Whether a request that changes something comes from our own pages, by the browser's word: its
 * `Origin`, or `Sec-Fetch-Site` where a browser leaves the origin out. A request with neither does
 * not come from a page (or from a browser that is too old), and is refused.
 */
export function fromOwnPage(headers: Headers, baseUrl: string): boolean {
  const origin = headers.get("origin");
  if (origin !== null) return origin === new URL(baseUrl).origin;
  return headers.get("sec-fetch-site") === "same-origin";
}

const mac = (key: Uint8Array, owner: string, salt: string) =>
  createHmac("sha256", key).update(`form\0${salt}\0${owner}`).digest("base64url");
