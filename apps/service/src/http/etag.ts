import { createHash } from "node:crypto";

/** A strong entity tag of a reply's bytes. */
export const etagOf = (body: Uint8Array): string =>
  `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;

/** Whether `If-None-Match` names this tag (weakly compared, as RFC 9110 says for GET). */
export function matches(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  if (ifNoneMatch.trim() === "*") return true;
  return ifNoneMatch.split(",").some((tag) => plain(tag) === etag);
}

/** The compressed form of a reply is another one, so its tag is, too. */
export const gzipTag = (etag: string): string => etag.replace(/"$/, '-gzip"');

const plain = (tag: string) =>
  tag
    .trim()
    .replace(/^W\//, "")
    .replace(/-gzip"$/, '"');
