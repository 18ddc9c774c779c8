import { checkText } from "../check.ts";

/** Controls but white space, bidirectional overrides and isolates, the byte order mark. */
const invisible = /(?!\s)\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * The text without what could hide or turn around what stands beside it.
 * @throws TypeError (`ERR_TYPE`) for what is no string.
 */
export function visibleText(text: string): string {
  checkText("text", text);
  return text.toWellFormed().replace(invisible, "");
}
