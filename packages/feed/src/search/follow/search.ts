import type { Db } from "../../database/open.ts";
import type { Embedder } from "../embedders/embedder.ts";
import type { LsaFactors } from "../lsa/fit-lsa.ts";
import type { SearchRequest, SearchResult } from "../search-index.ts";
import { Thread } from "../thread/thread.ts";
import { paperChanges, vectorChanges } from "./changes.ts";
import { LatestUsed } from "./latest-used.ts";
import type { LsaThread } from "./lsa-thread.ts";
import type { SearchThread } from "./search-thread.ts";

export interface SearchOptions {
  /** The model that ranks by meaning; latent semantic analysis of the papers if there is none. */
  readonly embedder?: Embedder | null | undefined;
  /** Milliseconds between looks at the database; 0 leaves `refresh` to the caller. */
  readonly every?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What a look in between failed of; the next one tries again. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** What search works with at the moment. */
export interface SearchState {
  /** How many papers are known to it, unlisted ones too. */
  readonly papers: number;
  /** Whether the first reading of the database is still under way. */
  readonly reading: boolean;
  /** What ranks by meaning: the model's name, `lsa`, or `none` as long as there are no vectors. */
  readonly dense: string;
  /** How many of the papers have a vector. */
  readonly vectors: number;
  /** Whether latent semantic analysis is being done, to take the place of what is in use. */
  readonly fitting: boolean;
}

/** Rows that are read, and papers that are put into the index, before others have their turn. */
const PAGE = 200;
/** As many papers are there when `start` is through; more come in behind its back. */
const FIRST = 5000;
/** Papers that get vectors of LSA at a time: some milliseconds. */
const PROJECTED = 100;
/** Queries whose vectors are kept. */
const QUERIES = 256;

/**
 * The index on a thread of its own, which follows the database by its revisions: as many processes
 * as share a database stay current, each with an index of its own. Latent semantic analysis is done
 * on another thread yet; words are searched before and while it is.
 */
export class Search {
  readonly #db: Db;
  readonly #embedder: Embedder | null;
  readonly #onError: (error: unknown) => void;
  readonly #thread = new Thread<SearchThread>(new URL("./search-thread.ts", import.meta.url));
  readonly #queries = new LatestUsed<Promise<Float32Array>>(QUERIES);
  readonly #end = new AbortController();
  #papersSeen = 0;
  #vectorsSeen = 0;
  #hasRead = false;
  #refreshing: Promise<number> | undefined;
  #fitting: Promise<void> | undefined;
  #lsaThread: Thread<LsaThread> | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(db: Db, embedder: Embedder | null, onError: (error: unknown) => void) {
    this.#db = db;
    this.#embedder = embedder;
    this.#onError = onError;
  }

  /**
   * Reads the first 5,000 papers; reads the others, and their vectors, in the background, and then
   * follows changes until `close`.
   */
  static async start(db: Db, options: SearchOptions = {}): Promise<Search> {
    const { embedder = null, every = 2000, signal, onError = () => {} } = options;
    const search = new Search(db, embedder, onError);
    signal?.addEventListener("abort", () => search.#end.abort(signal.reason), { once: true });
    try {
      signal?.throwIfAborted();
      if (embedder) await search.#thread.call("useModel", embedder.name, embedder.dimension);
      await search.#readFirst();
    } catch (error) {
      await search.close();
      throw error;
    }
    if (every > 0) {
      search.#timer = setInterval(() => search.refresh().catch(search.#report), every);
      search.#timer.unref();
    }
    return search;
  }

  /** What is in use, and whether more is coming. */
  async state(): Promise<SearchState> {
    const state = await this.#thread.call("state");
    return { ...state, reading: !this.#hasRead, fitting: this.#fitting !== undefined };
  }

  /** Resolves when all papers are read and what ranks by meaning is what they give. */
  async settled(): Promise<void> {
    await this.#refreshing;
    await this.#fitting;
  }

  /** Takes in what changed in the database; resolves with the number of rows. */
  refresh(): Promise<number> {
    return this.#refresh(() => {});
  }

  #refresh(onRead: (read: number) => void): Promise<number> {
    this.#refreshing ??= this.#read(onRead).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Resolves when there are enough papers to search in; the rest comes later. */
  async #readFirst(): Promise<void> {
    const { promise: first, resolve } = Promise.withResolvers<void>();
    const all = this.#refresh((read) => {
      if (read >= FIRST) resolve();
    });
    await Promise.race([all, first]);
    all.catch(this.#report);
  }

  /** Errors of what goes on in the background; nobody wants those of an end that was asked for. */
  #report = (error: unknown): void => {
    if (!this.#end.signal.aborted) this.#onError(error);
  };

  /**
   * The papers found for a query in the syntax of `SearchIndex`, best first, and in `dense` what
   * ranked them by meaning: the model's name, `lsa`, or `none`: where words alone were asked for,
   * before the first vectors are there, and while the papers share no words.
   * @throws FeedError `ERR_INPUT`.
   */
  async query(
    request: Omit<SearchRequest, "vector">,
  ): Promise<SearchResult & { readonly dense: string }> {
    const vector = this.#embedder && (await this.#vectorOf(this.#embedder, request.q));
    const asked: SearchRequest = { ...request, ...(vector && { vector }) };
    return this.#thread.call("search", asked);
  }

  /** The papers most like one, best first; none for an id that is not there. */
  similar(paperId: string, limit: number): Promise<{ id: string; score: number }[]> {
    return this.#thread.call("similar", paperId, limit);
  }

  /** Ends the thread; the embedder, which was given, is the giver's to close. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#end.abort(new DOMException("the search is closed", "AbortError"));
    await this.#refreshing?.catch(() => {});
    await this.#lsaThread?.close();
    await this.#fitting;
    await this.#thread.close();
  }

  async #vectorOf(embedder: Embedder, q: string): Promise<Float32Array | undefined> {
    const text = await this.#thread.call("textOf", q);
    if (text === "") return undefined;
    return this.#queries.get(text, async () => (await embedder.embed([text]))[0]!);
  }

  async #read(onRead: (read: number) => void): Promise<number> {
    const papers = await this.#readPapers(onRead);
    const vectors = this.#embedder ? await this.#readVectors(this.#embedder) : 0;
    this.#hasRead = true;
    if (papers > 0 && !this.#embedder) {
      this.#fitting ??= this.#fit()
        .catch(this.#report)
        .finally(() => {
          this.#fitting = undefined;
        });
    }
    return papers + vectors;
  }

  async #readPapers(onRead: (read: number) => void): Promise<number> {
    for (let read = 0; ; onRead(read)) {
      this.#end.signal.throwIfAborted();
      const { rows, revision } = await paperChanges(this.#db, this.#papersSeen, PAGE);
      if (rows.length === 0) return read;
      const put = rows.flatMap(({ paper }) => paper ?? []);
      const removed = rows.flatMap(({ id, paper }) => (paper ? [] : id));
      await this.#thread.call("change", put, removed);
      await this.#thread.call("settle");
      this.#papersSeen = revision;
      read += rows.length;
    }
  }

  async #readVectors({ name }: Embedder): Promise<number> {
    for (let read = 0; ; ) {
      this.#end.signal.throwIfAborted();
      const { rows, revision } = await vectorChanges(this.#db, name, this.#vectorsSeen, PAGE);
      if (rows.length === 0) return read;
      const vectors = rows.map((row) => row.vector);
      await this.#thread.call(
        "setVectors",
        rows.map(({ id }) => id),
        vectors,
      );
      this.#vectorsSeen = revision;
      read += rows.length;
    }
  }

  /** Latent semantic analysis, as often as it is due: searches have their turn between the steps. */
  async #fit(): Promise<void> {
    for (;;) {
      const texts = await this.#thread.call("textsForLsa");
      if (!texts) return;
      await this.#thread.call("beginLsa", await this.#factorsOf(texts));
      while (await this.#thread.call("continueLsa", PROJECTED)) this.#end.signal.throwIfAborted();
    }
  }

  async #factorsOf(texts: Uint32Array[]): Promise<LsaFactors | undefined> {
    this.#end.signal.throwIfAborted();
    this.#lsaThread = new Thread<LsaThread>(new URL("./lsa-thread.ts", import.meta.url));
    try {
      return await this.#lsaThread.call("fit", texts);
    } finally {
      await this.#lsaThread.close();
    }
  }
}
