import type { Db } from "../../database/open.ts";
import type { Embedder } from "../embedders/embedder.ts";
import type { SearchRequest, SearchResult } from "../search-index.ts";
import { Thread } from "../thread/thread.ts";
import { paperChanges, vectorChanges } from "./changes.ts";
import { LatestUsed } from "./latest-used.ts";
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

/** Rows that are read at a time: other queries have their turn in between. */
const PAGE = 1000;
/** Queries whose vectors are kept. */
const QUERIES = 256;

/**
 * The index on a thread of its own, which follows the database by its revisions: as many processes
 * as share a database stay current, each with an index of its own.
 */
export class Search {
  readonly #db: Db;
  readonly #embedder: Embedder | null;
  readonly #thread = new Thread<SearchThread>(new URL("./search-thread.ts", import.meta.url));
  readonly #queries = new LatestUsed<Promise<Float32Array>>(QUERIES);
  #papersSeen = 0;
  #vectorsSeen = 0;
  #refreshing: Promise<number> | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(db: Db, embedder: Embedder | null) {
    this.#db = db;
    this.#embedder = embedder;
  }

  /** Reads all papers and vectors, then follows their changes until `close`. */
  static async start(db: Db, options: SearchOptions = {}): Promise<Search> {
    const { embedder = null, every = 2000, signal, onError = () => {} } = options;
    const search = new Search(db, embedder);
    try {
      if (embedder) await search.#thread.call("useModel", embedder.name, embedder.dimension);
      await search.refresh({ signal });
    } catch (error) {
      await search.close();
      throw error;
    }
    if (every > 0) {
      search.#timer = setInterval(() => search.refresh().catch(onError), every);
      search.#timer.unref();
    }
    return search;
  }

  /** How many papers can be found, and what ranks them by meaning. */
  state(): Promise<{ papers: number; dense: string }> {
    return this.#thread.call("state");
  }

  /** Takes in what changed in the database; resolves with the number of rows. */
  refresh({ signal }: { signal?: AbortSignal | undefined } = {}): Promise<number> {
    this.#refreshing ??= this.#read(signal).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /**
   * The papers found for a query in the syntax of `SearchIndex`, best first, and in `dense` what
   * ranked them by meaning: the model's name, `lsa`, or `none` while the papers share no words.
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
    await this.#refreshing?.catch(() => {});
    await this.#thread.close();
  }

  async #vectorOf(embedder: Embedder, q: string): Promise<Float32Array | undefined> {
    const text = await this.#thread.call("textOf", q);
    if (text === "") return undefined;
    return this.#queries.get(text, async () => (await embedder.embed([text]))[0]!);
  }

  async #read(signal: AbortSignal | undefined): Promise<number> {
    const papers = await this.#readPapers(signal);
    const vectors = this.#embedder ? await this.#readVectors(this.#embedder, signal) : 0;
    if (papers + vectors > 0) await this.#thread.call("settle", this.#embedder === null);
    return papers + vectors;
  }

  async #readPapers(signal: AbortSignal | undefined): Promise<number> {
    for (let read = 0; ; ) {
      signal?.throwIfAborted();
      const { rows, revision } = await paperChanges(this.#db, this.#papersSeen, PAGE);
      if (rows.length === 0) return read;
      const put = rows.flatMap(({ paper }) => paper ?? []);
      const removed = rows.flatMap(({ id, paper }) => (paper ? [] : id));
      await this.#thread.call("change", put, removed);
      this.#papersSeen = revision;
      read += rows.length;
    }
  }

  async #readVectors({ name }: Embedder, signal: AbortSignal | undefined): Promise<number> {
    for (let read = 0; ; ) {
      signal?.throwIfAborted();
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
}
