import { inputError } from "../feed-error.ts";

/** Names that mean the service, or a page of it. */
const reserved = new Set(
  `about abuse account accounts admin administrator anonymous api app apps arxiv atom auth
   blog bot claims comments contact daily daily-kernel date deleted digest docs feed guest
   health healthz help home host hostmaster info ledger legal login logout mail mailer-daemon me
   metrics mod moderator moderators month new nobody null official openapi owner papers password
   postmaster privacy register root rss run runs search security session settings signin
   signout signup sitemap staff static status submit subscribe subscriptions support system team
   terms trending undefined unsubscribe user users webmaster week www you`.split(/\s+/),
);

/**
 * A name as it is kept: 2 to 39 of `a-z`, `0-9` and single hyphens inside, lower case, not one that
 * could be taken for the service. Letters that look like others cannot come in, nor anything that
 * turns the direction of text.
 * @throws FeedError (ERR_INPUT) that says which rule was broken.
 */
export function checkName(name: string): string {
  const lower = name.trim().toLowerCase();
  if (!/^[a-z0-9-]{2,39}$/.test(lower))
    throw inputError("name must be 2 to 39 of the letters a-z, digits and hyphens");
  if (/^-|-$|--/.test(lower))
    throw inputError("name must not begin or end with a hyphen, nor have two in a row");
  if (reserved.has(lower) || lower.startsWith("deleted-"))
    throw inputError(`name must not be ${lower}, which is reserved`);
  return lower;
}

/**
 * A name to begin with, from a mail address that it does not give away: at most half of the local
 * part, its first word's letters only, and five random digits.
 * @param digits five digits or more.
 */
export function defaultName(email: string, digits: string): string {
  const local = email.slice(0, email.indexOf("@"));
  const word = /[a-z]+/.exec(local)?.[0] ?? "";
  const half = word.slice(0, Math.min(10, Math.floor(local.length / 2)));
  return `${half.length >= 2 ? half : "reader"}-${digits}`;
}

/**
 * The name beside it, in any script: at most 80 characters, one line, without control characters
 * and without the marks that reorder or hide text. White space is collapsed.
 * @throws FeedError (ERR_INPUT).
 */
export function checkFullName(name: string): string {
  if (/[\p{Cc}\p{Cs}\p{Co}\p{Cn}]/u.test(name.replace(/[\t\n\r]/g, " ")) || hidden.test(name))
    throw inputError("full name must not contain control characters or marks that reorder text");
  if (/[\r\n]/.test(name.trim())) throw inputError("full name must be one line");
  const clean = name.normalize("NFC").replace(/\s+/gu, " ").trim();
  if ([...clean].length > 80) throw inputError("full name must have at most 80 characters");
  if (/\p{M}{4}/u.test(clean)) throw inputError("full name must not stack accents");
  return clean;
}

/** Bidirectional controls, invisible formatting, line separators and tags. */
const hidden =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
