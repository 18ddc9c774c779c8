import { inputError } from "../feed-error.ts";

/** Most characters (UTF-16 units) of a comment, and of the reason of a report. */
export const textLimits = { comment: 10_000, reason: 500 } as const;

/**
 * A text as the database keeps it: without control characters and halves of surrogate pairs, and
 * not empty.
 * @throws FeedError `ERR_INPUT` naming the field.
 */
export function checkedText(text: string, field: keyof typeof textLimits): string {
  if (typeof text !== "string") throw inputError(`the ${field} must be a text, got ${typeof text}`);
  const tidy = text
    .toWellFormed()
    .replaceAll("\r\n", "\n")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
    .trim();
  if (tidy === "") throw inputError(`the ${field} is empty`);
  const most = textLimits[field];
  if (tidy.length > most) {
    throw inputError(`the ${field} has ${tidy.length} characters, at most ${most} are possible`);
  }
  return tidy;
}
