import type { InvertedIndex } from "../lexical/inverted-index.ts";
import type { Speller } from "../lexical/speller.ts";
import { stopWords } from "../text/stop-words.ts";
import { words } from "../text/words.ts";
import { type ParsedQuery, parseQuery } from "./parse-query.ts";

/** Longer queries say enough by the words that are known; their others are seldom misspelt. */
const LONGEST_CORRECTED = 6;

/**
 * Reads a query. In a short one (up to six words, stop words apart) the words that no paper has are
 * replaced by those that were probably meant.
 */
export function readQuery(
  q: string,
  index: InvertedIndex,
  speller: Speller,
): { query: ParsedQuery; corrected?: string } {
  const query = parseQuery(q);
  const telling = query.words.filter((word) => !stopWords.has(word));
  if (telling.length > LONGEST_CORRECTED) return { query };
  const replaced = new Map<string, string>();
  for (const word of telling) {
    const term = index.numberOf(word);
    if (term !== undefined && index.frequency(term) > 0) continue;
    const better = speller.correction(word);
    if (better !== undefined) replaced.set(word, better);
  }
  if (replaced.size === 0) return { query };
  const corrected = q.replace(/[\p{L}\p{N}\p{M}]+/gu, (run) => {
    const [word = "", ...more] = words(run);
    return (more.length === 0 && replaced.get(word)) || run;
  });
  return { query: parseQuery(corrected), corrected };
}
