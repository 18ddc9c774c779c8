import { checkText } from "../check.ts";

/**
 * Text that may stand in a mail header: on one line, without control characters and without those
 * that turn the reading direction, at most `limit` UTF-16 units. Line breaks become spaces, so that
 * no text can begin a header of its own.
 */
export function headerText(text: string, limit = 250): string {
  checkText("a text of a header", text);
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, limit)
    .toWellFormed();
}
