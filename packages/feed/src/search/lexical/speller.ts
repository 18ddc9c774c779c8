import { editDistance } from "./edit-distance.ts";
import type { InvertedIndex } from "./inverted-index.ts";
import { trigramSimilarity, trigrams } from "./trigrams.ts";

/** pg_trgm's own threshold: words that share fewer trigrams are not taken for one another. */
const SIMILARITY = 0.3;
/** Shorter words have too many neighbours. */
const SHORTEST = 4;
/** Edits that a word of so many letters may need: one in three. */
const mostEdits = (letters: number) => Math.floor(letters / 3);

/** Finds the word that was probably meant, among those of the index. */
export class Speller {
  readonly #index: InvertedIndex;
  readonly #terms = new Map<string, number[]>();
  /** Words with a smaller number have their trigrams in the map. */
  #known = 0;

  constructor(index: InvertedIndex) {
    this.#index = index;
  }

  /** Reads the words that are new in the index; linear in their letters. */
  learn(): void {
    const { terms } = this.#index;
    for (; this.#known < terms.length; this.#known++) {
      for (const run of trigrams(terms[this.#known]!)) {
        const list = this.#terms.get(run);
        if (list) list.push(this.#known);
        else this.#terms.set(run, [this.#known]);
      }
    }
  }

  /**
   * The word to take in place of one that no text has: of all with a trigram similarity above 0.3
   * and at most one edit for three letters, the one with the fewest edits, then the most similar,
   * then the most frequent, then the first in the alphabet. Nothing for words of under four
   * letters or with digits.
   */
  correction(word: string): string | undefined {
    if (word.length < SHORTEST || /\p{N}/u.test(word)) return undefined;
    this.learn();
    let best: { word: string; edits: number; similarity: number; frequency: number } | undefined;
    for (const term of this.#candidates(word)) {
      const candidate = this.#index.terms[term]!;
      const similarity = trigramSimilarity(word, candidate);
      if (similarity <= SIMILARITY) continue;
      const edits = editDistance(word, candidate);
      if (edits > mostEdits(word.length)) continue;
      const found = { word: candidate, edits, similarity, frequency: this.#index.frequency(term) };
      if (!best || order(found, best) < 0) best = found;
    }
    return best?.word;
  }

  /** Words in use with more shared trigrams than any below the threshold could have. */
  #candidates(word: string): number[] {
    const runs = trigrams(word);
    const shared = new Map<number, number>();
    for (const run of runs) {
      for (const term of this.#terms.get(run) ?? []) {
        shared.set(term, (shared.get(term) ?? 0) + 1);
      }
    }
    // common / union > s needs common > s |A|, since the union is no smaller than A.
    return [...shared]
      .filter(([term, common]) => common > SIMILARITY * runs.size && this.#index.frequency(term))
      .map(([term]) => term);
  }
}

type Found = { word: string; edits: number; similarity: number; frequency: number };

const order = (a: Found, b: Found) =>
  a.edits - b.edits ||
  b.similarity - a.similarity ||
  b.frequency - a.frequency ||
  (a.word < b.word ? -1 : 1);
