import { mathSpans } from "@daily-kernel/feed";

/**
 * The opening words of a text, for a list of papers: at most about `length` characters, cut between
 * words and never inside a formula, with an ellipsis where something is left out.
 */
export function opening(text: string, length = 280): string {
  if (text.length <= length) return text;
  let end = text.lastIndexOf(" ", length);
  // A long formula at the end is left out whole.
  for (const { kind, from, to } of mathSpans(text))
    if (kind !== "prose" && from < end && end < to) end = from;
  const kept = text.slice(0, Math.max(0, end)).replace(/[\s,;:.]+$/, "");
  return `${kept}…`;
}
