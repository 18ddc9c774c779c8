import { occurrences } from "../text/occurrences.ts";
import { stopWords } from "../text/stop-words.ts";
import { words } from "../text/words.ts";
import { type Bm25Parameters, inverseDocumentFrequency } from "./bm25.ts";
import { grown, Postings } from "./postings.ts";

/** Stands between the fields of a text, so that no phrase runs from one into the next. */
const BORDER = 0xffff_ffff;

/**
 * Which texts have which words. A text has several fields of different weights and gets a slot, a
 * small integer; slots grow and are used once. A word in a field of weight w counts w times and
 * makes the text w longer (Robertson, Zaragoza and Taylor 2004); with weights of 1 this is the BM25
 * of the fields joined, and a field of weight 0 is found by phrases alone. Counts follow every
 * removal, so scores are those of an index made anew.
 */
export class InvertedIndex {
  /** Words by their number, stop words too. */
  readonly terms: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #stop: boolean[] = [];
  readonly #postings: Postings[] = [];
  #frequencies = new Uint32Array(1024);
  /** Every text's words in their order; null once it is removed. */
  readonly #texts: (Uint32Array | null)[] = [];
  #lengths = new Float64Array(1024);
  #norms = new Float64Array(0);
  #normsAreOld = true;
  #totalLength = 0;
  #size = 0;
  readonly #weights: readonly number[];
  readonly #parameters: Bm25Parameters;

  constructor(weights: readonly number[], parameters: Bm25Parameters) {
    this.#weights = weights;
    this.#parameters = parameters;
  }

  /** How many texts there are. */
  get size(): number {
    return this.#size;
  }

  /** How many slots were ever used. */
  get slots(): number {
    return this.#texts.length;
  }

  isLive(slot: number): boolean {
    return this.#texts[slot] !== null;
  }

  /** Adds a text and says in which slot. */
  add(fields: readonly string[]): number {
    return this.#enter(this.#encode(fields));
  }

  remove(slot: number): void {
    const text = this.#texts[slot];
    if (!text) return;
    this.#texts[slot] = null;
    for (const term of this.#countsOf(text).keys()) this.#frequencies[term]!--;
    this.#totalLength -= this.#lengths[slot]!;
    this.#size--;
    this.#normsAreOld = true;
  }

  /**
   * Forgets removed texts for good. Slots move together, in their order: returns the old slot of
   * every new one. One pass over the postings.
   */
  compact(): number[] {
    const kept = [...this.#texts.keys()].filter((slot) => this.#texts[slot] !== null);
    const moved = new Int32Array(this.#texts.length).fill(-1);
    kept.forEach((old, slot) => {
      moved[old] = slot;
      this.#texts[slot] = this.#texts[old]!;
      this.#lengths[slot] = this.#lengths[old]!;
    });
    this.#texts.length = kept.length;
    for (const postings of this.#postings) postings.move(moved);
    this.#normsAreOld = true;
    return kept;
  }

  /** The word's number, if any text ever had it. */
  numberOf(word: string): number | undefined {
    return this.#numbers.get(word);
  }

  /** How many texts have the word; 0 for stop words. */
  frequency(term: number): number {
    return this.#frequencies[term]!;
  }

  isStopWord(term: number): boolean {
    return this.#stop[term]!;
  }

  /** The slots that have the word, removed ones among them. */
  slotsWith(term: number): Uint32Array {
    const postings = this.#postings[term]!;
    return postings.slots.subarray(0, postings.length);
  }

  /** The words of a text's first fields in their order, without stop words; empty once removed. */
  tellingWordsIn(slot: number, fields: number): Uint32Array {
    const text = this.#texts[slot] ?? new Uint32Array();
    const found = new Uint32Array(text.length);
    let length = 0;
    let borders = 0;
    for (let i = 0; i < text.length; i++) {
      const term = text[i]!;
      if (term === BORDER) {
        if (++borders >= fields) break;
      } else if (!this.#stop[term]) found[length++] = term;
    }
    return found.slice(0, length);
  }

  /** Whether the words stand in the text side by side, inside one field. */
  hasPhrase(slot: number, phrase: readonly number[]): boolean {
    const text = this.#texts[slot];
    if (!text) return false;
    const last = text.length - phrase.length;
    for (let at = text.indexOf(phrase[0]!); at >= 0 && at <= last; ) {
      if (phrase.every((term, k) => text[at + k] === term)) return true;
      at = text.indexOf(phrase[0]!, at + 1);
    }
    return false;
  }

  /**
   * Adds every text's BM25 score to `scores` (`slots` numbers, zero before). A word that the query
   * says twice counts twice; unknown and stop words count nothing. Linear in the postings read.
   */
  score(query: readonly number[], scores: Float64Array): void {
    const { k1 } = this.#parameters;
    const norms = this.#currentNorms();
    for (const [term, times] of occurrences(query)) {
      const { slots, counts, length } = this.#postings[term]!;
      if (this.#frequencies[term] === 0) continue;
      const idf = inverseDocumentFrequency(this.#size, this.#frequencies[term]!);
      const weight = times * idf * (k1 + 1);
      for (let i = 0; i < length; i++) {
        const slot = slots[i]!;
        const count = counts[i]!;
        scores[slot] = scores[slot]! + (weight * count) / (count + norms[slot]!);
      }
    }
  }

  #encode(fields: readonly string[]): Uint32Array {
    const text: number[] = [];
    fields.forEach((field, i) => {
      if (i > 0) text.push(BORDER);
      for (const word of words(field)) text.push(this.#number(word));
    });
    return Uint32Array.from(text);
  }

  #enter(text: Uint32Array): number {
    const slot = this.#texts.push(text) - 1;
    if (slot >= this.#lengths.length) {
      this.#lengths = grown(this.#lengths, new Float64Array(2 * slot));
    }
    let length = 0;
    for (const [term, count] of this.#countsOf(text)) {
      this.#postings[term]!.push(slot, count);
      this.#frequencies[term]!++;
      length += count;
    }
    this.#lengths[slot] = length;
    this.#totalLength += length;
    this.#size++;
    this.#normsAreOld = true;
    return slot;
  }

  /** The weighted counts of a text's words, stop words left out. */
  #countsOf(text: Uint32Array): Map<number, number> {
    const counts = new Map<number, number>();
    let field = 0;
    for (const term of text) {
      if (term === BORDER) field++;
      else if (!this.#stop[term] && this.#weights[field]! > 0) {
        counts.set(term, (counts.get(term) ?? 0) + this.#weights[field]!);
      }
    }
    return counts;
  }

  #number(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    const term = this.terms.push(word) - 1;
    this.#numbers.set(word, term);
    this.#stop.push(stopWords.has(word));
    this.#postings.push(new Postings());
    if (term >= this.#frequencies.length) {
      this.#frequencies = grown(this.#frequencies, new Uint32Array(2 * term));
    }
    return term;
  }

  /** k1 (1 - b + b length / mean length) of every slot. */
  #currentNorms(): Float64Array {
    if (!this.#normsAreOld) return this.#norms;
    const { k1, b } = this.#parameters;
    const n = this.#texts.length;
    if (this.#norms.length < n) this.#norms = new Float64Array(this.#lengths.length);
    // Where all texts are empty no posting is read and the quotient does not matter.
    const mean = this.#totalLength / this.#size || 1;
    for (let slot = 0; slot < n; slot++) {
      this.#norms[slot] = k1 * (1 - b + (b * this.#lengths[slot]!) / mean);
    }
    this.#normsAreOld = false;
    return this.#norms;
  }
}
