import { words } from "../text/words.ts";

/** A word, or several that must stand side by side. */
export interface Phrase {
  readonly words: readonly string[];
  readonly quoted: boolean;
}

/** A search as it was typed, taken apart; all words are folded. */
export interface ParsedQuery {
  /** Groups of which one alternative each must be in a paper: those with a quoted phrase. */
  readonly required: readonly (readonly Phrase[])[];
  /** No paper with one of these. */
  readonly excluded: readonly Phrase[];
  /** What ranks: every word that is not excluded, as often as it was typed. */
  readonly words: readonly string[];
}

/** Words beyond these are not read. */
const MOST_WORDS = 256;

const piece = /(?<=^|\s)(-?)"([^"]*)(?:"|$)|(?<=^|\s)(-?)([^\s"]+)|"([^"]*)(?:"|$)|([^\s"]+)/g;

/**
 * Reads the syntax of Postgres's `websearch_to_tsquery`: `"side by side"` must be there, `-word`
 * and `-"several words"` must not, `a or b` are alternatives. Unlike there, plain words only rank:
 * a paper need not have all of them. Nothing is a syntax error. Linear in the length.
 */
export function parseQuery(text: string): ParsedQuery {
  const groups: Phrase[][] = [];
  const excluded: Phrase[] = [];
  let joined = false;
  let room = MOST_WORDS;
  for (const match of text.replace(/[“”„«»]/g, '"').matchAll(piece)) {
    const [, minusPhrase, phrase, minusWord, word, innerPhrase, innerWord] = match;
    const quoted = phrase ?? innerPhrase;
    if (quoted === undefined && /^or$/i.test(word ?? "") && !minusWord && groups.length > 0) {
      joined = true;
      continue;
    }
    const found = words(quoted ?? word ?? innerWord ?? "").slice(0, room);
    if (found.length === 0) continue;
    room -= found.length;
    const term = { words: found, quoted: quoted !== undefined };
    if (minusPhrase || minusWord) excluded.push(term);
    else if (joined) groups.at(-1)!.push(term);
    else groups.push([term]);
    joined = false;
  }
  return {
    required: groups.filter((group) => group.some(({ quoted }) => quoted)),
    excluded,
    words: groups.flat().flatMap((term) => term.words),
  };
}
