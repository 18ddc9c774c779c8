import { checkCount } from "../check.ts";
import { inputError } from "../feed-error.ts";
import { Meaning } from "./dense/meaning.ts";
import { filterTest, type SearchFilters } from "./filters.ts";
import type { IndexedPaper } from "./indexed-paper.ts";
import { type Bm25Parameters, bm25Defaults } from "./lexical/bm25.ts";
import { Speller } from "./lexical/speller.ts";
import { Library } from "./library.ts";
import { fitLsa, type LsaFactors } from "./lsa/fit-lsa.ts";
import { constraints } from "./query/constraints.ts";
import { idIn } from "./query/paper-id.ts";
import type { ParsedQuery } from "./query/parse-query.ts";
import { readQuery } from "./query/read-query.ts";
import { nothing, type Ranking, rankWords } from "./ranking/rank-words.ts";
import { reciprocalRankFusion } from "./ranking/reciprocal-rank-fusion.ts";

export interface FieldWeights {
  readonly title: number;
  readonly abstract: number;
  readonly authors: number;
}

export interface SearchIndexOptions {
  readonly bm25?: Partial<Bm25Parameters>;
  /** By default Postgres's own weights of A, B and C (1, 0.4, 0.2) in units of the abstract's. */
  readonly weights?: Partial<FieldWeights>;
}

const weightDefaults: FieldWeights = { title: 2.5, abstract: 1, authors: 0.5 };

export interface Hit {
  readonly id: string;
  /** Falls along the list; comparable within one result only. */
  readonly score: number;
  /** What the paper was found by: its identifier, its author, or the rankings that have it. */
  readonly by: "id" | "author" | "words" | "meaning" | "both";
}

export interface SearchRequest {
  readonly q: string;
  readonly filters?: SearchFilters | undefined;
  readonly limit: number;
  readonly offset?: number | undefined;
  /** The query's vector by the model whose vectors the index has; LSA makes its own. */
  readonly vector?: Float32Array | undefined;
  /** One ranking alone, to evaluate it; `hybrid` by default. */
  readonly ranking?: "words" | "meaning" | "hybrid" | undefined;
}

export interface SearchResult {
  readonly hits: readonly Hit[];
  readonly total: number;
  /** The query with misspelt words replaced, where that was done. */
  readonly corrected?: string;
}

/** How much of each list is fused (TREC's usual depth); papers further down follow by words. */
const WINDOW = 1000;
/** Words that stand for a paper when its like is sought. */
const TYPICAL_WORDS = 25;
/** Longer queries are no names. */
const LONGEST_NAME = 6;

/**
 * The papers in memory, for search: BM25 by words, cosines by meaning, fused by reciprocal rank.
 * Filters, phrases and excluded words come before any ranking. Ties within a ranking are broken by
 * id, ties after fusion by the words. Papers that are not listed are found by their id alone.
 */
export class SearchIndex {
  readonly #library: Library;
  readonly #meaning: Meaning;
  readonly #speller: Speller;

  /** @throws FeedError `ERR_INPUT` for a weight or parameter that is not finite and >= 0. */
  constructor(options: SearchIndexOptions = {}) {
    const parameters = { ...bm25Defaults, ...options.bm25 };
    const weights = { ...weightDefaults, ...options.weights };
    for (const [name, value] of Object.entries({ ...parameters, ...weights })) {
      if (!(Number.isFinite(value) && value >= 0)) {
        throw inputError(`SearchIndex: ${name} must be a finite number >= 0, got ${value}`);
      }
    }
    const { title, abstract, authors } = weights;
    this.#library = new Library([title, abstract, authors], parameters);
    this.#meaning = new Meaning(this.#library);
    this.#speller = new Speller(this.#library.words);
  }

  get size(): number {
    return this.#library.size;
  }

  /** What ranks by meaning: a model's name, `lsa`, or `none` as long as no paper has a vector. */
  get dense(): string {
    return this.#meaning.name;
  }

  /** How many of the papers have a vector. */
  get vectors(): number {
    return this.#meaning.size;
  }

  /** Adds a paper, or replaces the one with its id. Linear in its words. */
  put(paper: IndexedPaper): void {
    if (this.#library.put(paper)) this.#meaning.project(paper.id);
  }

  /** Removes a paper, if it is there; its vector stays for its return. */
  delete(id: string): void {
    this.#library.delete(id);
  }

  /** Ranks by a model's vectors from now on; those of any other are dropped. */
  useModel(model: string, dimension: number): void {
    this.#meaning.useModel(model, dimension);
  }

  /**
   * A paper's vector, of any length; before or after the paper comes.
   * @throws EmbeddingDimensionMismatch; FeedError `ERR_INPUT` before `useModel`, or for a number
   * that is not finite.
   */
  setVector(id: string, vector: Float32Array): void {
    this.#meaning.setVector(id, vector);
  }

  /**
   * Ranks by latent semantic analysis of the papers that are here, unless that was done and fewer
   * than half as many texts have come, changed or gone since. Takes seconds from 8,192 papers on;
   * papers that come later are projected on what was found.
   */
  useLsa(): void {
    const texts = this.textsForLsa();
    if (!texts) return;
    this.beginLsa(fitLsa(texts));
    this.continueLsa(this.size);
  }

  /**
   * What `useLsa` would look at, or nothing where it need not: `useLsa` in steps, so that the fit
   * can be done on another thread, by `fitLsa`, and what it found given to `beginLsa`.
   */
  textsForLsa(): Uint32Array[] | undefined {
    return this.#meaning.textsForLsa();
  }

  /** Takes what was found; it ranks once `continueLsa` has given every paper its vector. */
  beginLsa(factors: LsaFactors | undefined): void {
    this.#meaning.beginLsa(factors);
  }

  /** Gives up to `count` papers their vectors; says whether more are waiting. */
  continueLsa(count: number): boolean {
    return this.#meaning.continueLsa(count);
  }

  /** Does what would otherwise delay a search: forgets removed papers, learns new words. */
  settle(): void {
    this.#library.tidy();
    this.#speller.learn();
  }

  /** What a model should embed of a query: its words, spelt right, without syntax. */
  textOf(q: string): string {
    return readQuery(q, this.#library.words, this.#speller).query.words.join(" ");
  }

  /** @throws FeedError `ERR_INPUT` for a limit, an offset or a query that is none. */
  search(request: SearchRequest): SearchResult {
    const { q, filters = {}, limit, offset = 0, vector, ranking = "hybrid" } = request;
    if (typeof q !== "string") throw inputError(`search: q must be a string, got ${typeof q}`);
    checkCount("search: limit", limit, 0, Number.MAX_SAFE_INTEGER);
    checkCount("search: offset", offset, 0, Number.MAX_SAFE_INTEGER);
    const named = this.#slotNamed(q);
    if (named !== undefined) {
      const passes = filterTest(filters)?.(this.#library.at(named)!) ?? true;
      const hits = passes ? [this.#hit(named, 1, "id")] : [];
      return { hits: hits.slice(offset, offset + limit), total: hits.length };
    }
    const { query, corrected } = readQuery(q, this.#library.words, this.#speller);
    const passes = constraints(this.#library, query, filters);
    const { isListed } = this.#library;
    const allowed = passes ? (slot: number) => isListed(slot) && passes(slot) : isListed;
    const first = ranking === "hybrid" ? this.#byAuthor(query, allowed) : [];
    const taken = new Set(first);
    const left = first.length > 0 ? (slot: number) => allowed(slot) && !taken.has(slot) : allowed;
    const terms = this.#terms(query);
    const wanted = offset + limit;
    // Nothing is fused with words alone, so no more than what is shown has to be in order.
    const depth = ranking === "words" ? wanted : WINDOW;
    const lexical = ranking === "meaning" ? nothing : rankWords(this.#library, terms, depth, left);
    const meant = ranking === "words" ? undefined : this.#meaning.vectorOf(terms, vector);
    const dense = this.#meaning.nearest(meant, WINDOW, left);
    return {
      hits: this.#fuse(first, lexical, dense, offset, wanted),
      total: first.length + lexical.total + dense.filter((slot) => !lexical.has(slot)).length,
      ...(corrected !== undefined && { corrected }),
    };
  }

  /**
   * The papers most like one, by its vector and its most telling words; none for an unknown id.
   * @throws FeedError `ERR_INPUT` for a limit that is none.
   */
  similar(id: string, limit: number): { id: string; score: number }[] {
    checkCount("similar: limit", limit, 0, Number.MAX_SAFE_INTEGER);
    const slot = this.#library.slotOf(id);
    if (slot === undefined) return [];
    const others = (other: number) => other !== slot && this.#library.isListed(other);
    const typical = this.#library.typicalWords(slot, TYPICAL_WORDS);
    const { best } = rankWords(this.#library, typical, WINDOW, others);
    const dense = this.#meaning.nearest(this.#meaning.vector(id), WINDOW, others);
    const sums = reciprocalRankFusion([best, dense]);
    return this.#inOrder(sums)
      .slice(0, limit)
      .map((other) => ({ id: this.#library.at(other)!.id, score: sums.get(other)! }));
  }

  #terms(query: ParsedQuery): number[] {
    const { words } = this.#library;
    return query.words
      .flatMap((word) => words.numberOf(word) ?? [])
      .filter((term) => !words.isStopWord(term));
  }

  #slotNamed(q: string): number | undefined {
    const id = q.trim();
    return this.#library.slotOf(id) ?? this.#library.slotOf(idIn(id) ?? id);
  }

  /**
   * Papers of an author whom the whole query names, latest first. A single word is taken for a name
   * only if most papers that have it have it for one.
   */
  #byAuthor({ words, required, excluded }: ParsedQuery, allowed: (slot: number) => boolean) {
    if (words.length > LONGEST_NAME || required.length + excluded.length > 0) return [];
    const { authors, words: index } = this.#library;
    const slots = authors.find(words);
    const [only, ...more] = words;
    const term = only === undefined ? undefined : index.numberOf(only);
    if (more.length === 0 && term !== undefined && index.frequency(term) > 2 * slots.length) {
      return [];
    }
    const day = (slot: number) => this.#library.at(slot)!.day;
    return slots
      .filter(allowed)
      .sort((a, b) => (day(a) === day(b) ? this.#order(a, b) : day(a) < day(b) ? 1 : -1));
  }

  /** The hits from `offset` up to `wanted`: those by author, then the fused ones, then by words. */
  #fuse(
    first: readonly number[],
    lexical: Ranking,
    dense: readonly number[],
    offset: number,
    wanted: number,
  ): Hit[] {
    const sums = reciprocalRankFusion([lexical.best, dense]);
    const meant = new Set(dense);
    const by = (slot: number) =>
      !lexical.has(slot) ? "meaning" : meant.has(slot) ? "both" : "words";
    const fused = this.#inOrder(sums);
    const shown = first.length + fused.length;
    const rest =
      wanted > shown && lexical.total > lexical.best.length
        ? lexical.all().filter((slot) => !sums.has(slot))
        : [];
    return [...first, ...fused, ...rest].slice(offset, wanted).map((slot, i) => {
      // Above every fused score, which is at most 2 / 61.
      if (offset + i < first.length) return this.#hit(slot, 1, "author");
      return this.#hit(slot, sums.get(slot) ?? 0, by(slot));
    });
  }

  /** Equal sums stay as they came: in the first list's order, which is that of the words. */
  #inOrder(sums: ReadonlyMap<number, number>): number[] {
    const entries = [...sums].sort(([, s], [, t]) => t - s);
    return entries.map(([slot]) => slot);
  }

  #order = (a: number, b: number) => (this.#library.earlier(a, b) ? -1 : 1);

  #hit(slot: number, score: number, by: Hit["by"]): Hit {
    return { id: this.#library.at(slot)!.id, score, by };
  }
}
