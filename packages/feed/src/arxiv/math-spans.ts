import { checkText } from "../check.ts";

/** A run of mathematics or of prose in a text; `display` mathematics stands on its own line. */
export interface Span {
  readonly kind: "prose" | "inline" | "display";
  /** Where it is, delimiters included. */
  readonly from: number;
  readonly to: number;
  /** How long the delimiters on either side are. */
  readonly delimiter: number;
}

/**
 * Cuts a text at its mathematics: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`. A dollar sign opens only before
 * something that is no space and closes only after something that is none and not before a digit;
 * between the two there is no other dollar sign. So prices stay prose: `$5 to $10`, `a lone $`. A
 * number followed by words is a price as well (`$5 for one but 6$`).
 *
 * The rule is Pandoc's, with the last sentence added. Linear in the text's length.
 */
export function mathSpans(text: string): Span[] {
  checkText("mathSpans: text", text);
  const spans: Span[] = [];
  let prose = 0;
  let at = 0;
  while (at < text.length) {
    const found = mathAt(text, at);
    if (found === null) {
      at += text[at] === "\\" ? 2 : 1;
      continue;
    }
    if (found.from > prose)
      spans.push({ kind: "prose", from: prose, to: found.from, delimiter: 0 });
    spans.push(found);
    at = prose = found.to;
  }
  if (prose < text.length)
    spans.push({ kind: "prose", from: prose, to: text.length, delimiter: 0 });
  return spans;
}

/** Mathematics goes on for at most so many characters. */
const longest = 2000;

/** The mathematics that opens at a place; `null` if none does. */
export function mathAt(text: string, from: number): Span | null {
  if (text[from] === "$") {
    return text[from + 1] === "$" ? closedBy(text, from, "$$", "display") : dollarsAt(text, from);
  }
  if (text[from] !== "\\") return null;
  if (text[from + 1] === "(") return closedBy(text, from, "\\)", "inline");
  if (text[from + 1] === "[") return closedBy(text, from, "\\]", "display");
  return null;
}

function closedBy(text: string, from: number, end: string, kind: Span["kind"]): Span | null {
  const at = text.slice(from + 2, from + 2 + longest).indexOf(end);
  return at <= 0 ? null : { kind, from, to: from + 4 + at, delimiter: 2 };
}

function dollarsAt(text: string, from: number): Span | null {
  if (isSpace(text[from + 1])) return null;
  let to = from + 1;
  const end = Math.min(text.length, from + longest);
  while (to < end && text[to] !== "$") to += text[to] === "\\" ? 2 : 1;
  if (to >= end || isSpace(text[to - 1]) || isDigit(text[to + 1])) return null;
  if (isPrice(text.slice(from + 1, to))) return null;
  return { kind: "inline", from, to: to + 1, delimiter: 1 };
}

const isSpace = (character: string | undefined) => character === undefined || /\s/.test(character);
const isDigit = (character: string | undefined) => character !== undefined && /\d/.test(character);

/** A number and then words, with nothing of TeX in it. */
const isPrice = (inside: string) =>
  /^\d/.test(inside) && / [a-z]{2,} /i.test(inside) && !/[\^_{}=]|\\[a-z]{2}/i.test(inside);
