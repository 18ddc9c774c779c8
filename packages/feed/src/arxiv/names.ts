import { checkText } from "../check.ts";
import { latexToText } from "./latex.ts";

/** What follows a name after a comma and belongs to it. */
const suffix = /^(?:jr|sr|ii|iii|iv|v|m\.?d|ph\.?\s?d)\.?$/i;

/**
 * The authors of a paper from one line, as arXiv's raw records and feeds give them: names between
 * commas, semicolons or `and`, affiliations in parentheses left out, `Jr.` kept with its name,
 * `The X Collaboration: A. Author` two entries. Order and spelling stay as they are.
 */
export function parseAuthors(line: string): string[] {
  const names: string[] = [];
  for (const part of withoutParentheses(latexToText(line)).split(separators)) {
    const name = tidyName(part);
    if (name === "" || /^et al\b/i.test(name)) continue;
    if (suffix.test(name) && names.length > 0) names.push(`${names.pop()} ${name}`);
    else names.push(name);
  }
  return names;
}

const separators =
  /\s*[,;]\s*(?:and\s+|&\s*)?|\s+and\s+|\s+&\s+|(?<=collaborations?|consortium|team|group):/i;

/** A name without the words around it; the kind of space is a plain one. */
export const tidyName = (name: string): string =>
  name
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^(?:for the|on behalf of the|the) (?=.*\bcollaboration\b)/i, "")
    .replace(/^and /, "");

/** Affiliations may hold parentheses themselves; one that is never closed ends with the line. */
function withoutParentheses(line: string): string {
  let depth = 0;
  let out = "";
  for (const character of line) {
    if (character === "(") depth++;
    else if (character === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0) out += character;
  }
  return out;
}

/** Letters that no decomposition takes apart. */
const plain: Readonly<Record<string, string>> = {
  ø: "o",
  ł: "l",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  ħ: "h",
  ŧ: "t",
  ŋ: "n",
};

/**
 * A name for comparing, never for showing: without accents and case, punctuation as one space.
 * `J.-P. Müller`, `j p muller` and `J. P. MULLER` are the same.
 */
export function foldName(name: string): string {
  checkText("foldName: name", name);
  return name
    .toWellFormed()
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[øłßæœđðþıħŧŋ]/g, (letter) => plain[letter]!)
    .replace(/['’ʼ`´]/g, "")
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]+/gu, " ")
    .trim()
    .normalize("NFC");
}
