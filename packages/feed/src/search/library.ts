import { type IndexedPaper, sameText } from "./indexed-paper.ts";
import type { Bm25Parameters } from "./lexical/bm25.ts";
import { InvertedIndex } from "./lexical/inverted-index.ts";
import { grown } from "./lexical/postings.ts";
import { AuthorIndex } from "./query/author-index.ts";
import type { Phrase } from "./query/parse-query.ts";

/** Removed texts that are worth making the index anew for: this many, and a third of all. */
const LEAST_GARBAGE = 1024;

/** The papers by slot, with the words and the authors that they have. */
export class Library {
  readonly words: InvertedIndex;
  readonly authors = new AuthorIndex();
  readonly #slotOf = new Map<string, number>();
  #papers: (IndexedPaper | undefined)[] = [];
  /** 1 in the slot of a paper that is listed. */
  #listed = new Uint8Array(1024);
  #version = 0;
  #changes = 0;

  /** @param weights of title, abstract and authors. */
  constructor(weights: readonly number[], parameters: Bm25Parameters) {
    this.words = new InvertedIndex(weights, parameters);
  }

  get size(): number {
    return this.#slotOf.size;
  }

  /** Changes whenever a paper gets or leaves a slot. */
  get version(): number {
    return this.#version;
  }

  /** How many texts came, changed or went so far. */
  get changes(): number {
    return this.#changes;
  }

  get ids(): string[] {
    return [...this.#slotOf.keys()];
  }

  slotOf(id: string): number | undefined {
    return this.#slotOf.get(id);
  }

  /** The paper in a slot, or nothing once it is removed. */
  at(slot: number): IndexedPaper | undefined {
    return this.#papers[slot];
  }

  /** Whether there is a paper in a slot that may be ranked: others are found by their id alone. */
  readonly isListed = (slot: number): boolean => this.#listed[slot] === 1;

  /** Adds a paper or replaces the one with its id; says whether its text is new. */
  put(paper: IndexedPaper): boolean {
    const old = this.#slotOf.get(paper.id);
    if (old !== undefined) {
      if (sameText(this.#papers[old]!, paper)) {
        this.#place(old, paper);
        return false;
      }
      this.#take(paper.id, old);
    }
    const slot = this.words.add([paper.title, paper.abstract, paper.authors.join("\n")]);
    this.#place(slot, paper);
    this.#slotOf.set(paper.id, slot);
    this.authors.put(slot, paper.authors);
    this.#version++;
    this.#changes++;
    return true;
  }

  delete(id: string): void {
    const slot = this.#slotOf.get(id);
    if (slot === undefined) return;
    this.#take(id, slot);
    this.#changes++;
  }

  /** Gives the room of removed papers back once they are many. */
  tidy(): void {
    const garbage = this.words.slots - this.words.size;
    if (garbage < LEAST_GARBAGE || garbage < this.words.slots / 3) return;
    const old = this.words.compact();
    this.authors.move(old);
    const papers = old.map((slot) => this.#papers[slot]!);
    this.#papers = [];
    this.#listed.fill(0);
    papers.forEach((paper, slot) => {
      this.#place(slot, paper);
      this.#slotOf.set(paper.id, slot);
    });
    this.#version++;
  }

  /** The words of title and abstract that are about something, in their order. */
  subject(slot: number): Uint32Array {
    return this.words.tellingWordsIn(slot, 2);
  }

  /** Slots with the words side by side; looks only into those that have the rarest of them. */
  slotsWith({ words: phrase }: Phrase): number[] {
    const terms = phrase.map((word) => this.words.numberOf(word));
    if (!terms.every((term) => term !== undefined)) return [];
    const [rarest] = terms
      .filter((term) => !this.words.isStopWord(term))
      .sort((a, b) => this.words.frequency(a) - this.words.frequency(b));
    const candidates = rarest === undefined ? this.#slotOf.values() : this.words.slotsWith(rarest);
    return [...candidates].filter((slot) => this.words.hasPhrase(slot, terms));
  }

  /** The `n` words of a paper with the largest tf idf. */
  typicalWords(slot: number, n: number): number[] {
    const weights = new Map<number, number>();
    for (const term of this.subject(slot)) {
      const idf = Math.log(this.size / this.words.frequency(term));
      weights.set(term, (weights.get(term) ?? 0) + idf);
    }
    return [...weights]
      .sort(([s, a], [t, b]) => b - a || s - t)
      .slice(0, n)
      .map(([term]) => term);
  }

  /** Whether the paper of slot a has the smaller id: how ties are broken. */
  readonly earlier = (a: number, b: number): boolean => this.#papers[a]!.id < this.#papers[b]!.id;

  #place(slot: number, paper: IndexedPaper): void {
    this.#papers[slot] = paper;
    if (slot >= this.#listed.length) {
      this.#listed = grown(this.#listed, new Uint8Array(2 * slot));
    }
    this.#listed[slot] = paper.unlisted ? 0 : 1;
  }

  #take(id: string, slot: number): void {
    this.words.remove(slot);
    this.authors.remove(slot);
    this.#papers[slot] = undefined;
    this.#listed[slot] = 0;
    this.#slotOf.delete(id);
    this.#version++;
  }
}
