import { checkCount } from "../check.ts";
import { inputError } from "../feed-error.ts";
import type { PaperInput } from "../papers/paper-input.ts";
import { addressOf, ask } from "./ask.ts";
import type { QueryPage } from "./atom.ts";
import type { ArxivClient } from "./client.ts";
import { UpstreamError } from "./errors.ts";
import { parseArxivId } from "./id.ts";
import type { Skipped } from "./record.ts";

/** arXiv's own limits: results in one slice, and in one query altogether. */
const longestSlice = 2000;
const longestQuery = 30_000;

/** Identifiers in one request; more make its address too long. */
export const idsInRequest = 100;

export interface QueryResult {
  readonly papers: readonly PaperInput[];
  readonly skipped: readonly Skipped[];
  /** Identifiers that arXiv does not know, or not yet. */
  readonly missing: readonly string[];
}

export type QueryOptions = { readonly signal?: AbortSignal | undefined } & (
  | { readonly ids: readonly string[] }
  | {
      /** In arXiv's syntax: `cat:cs.LG AND ti:kernel`. */
      readonly search: string;
      /** At most so many papers, 1 to 30,000 (100). */
      readonly max?: number;
      /** In one request, 1 to 2,000 (100). */
      readonly sliceSize?: number;
    }
);

/**
 * Papers by their identifiers (any form; versions are ignored), or those that a search finds, first
 * submitted first.
 * @throws InvalidArxivId; FeedError `ERR_INPUT`; UpstreamRefusal if arXiv does not understand the
 * search; otherwise as `ArxivClient.get`.
 */
export async function queryArxiv(client: ArxivClient, options: QueryOptions): Promise<QueryResult> {
  const { signal } = options;
  if ("ids" in options) return byIds(client, options.ids, signal);
  const { max = 100 } = options;
  const papers: PaperInput[] = [];
  const skipped: Skipped[] = [];
  const slices = searchSlices(client, { ...options, max, start: 0, total: 0 });
  for await (const { page } of slices) {
    papers.push(...page.papers);
    skipped.push(...page.skipped);
  }
  return { papers, skipped, missing: [] };
}

async function byIds(
  client: ArxivClient,
  given: readonly string[],
  signal: AbortSignal | undefined,
): Promise<QueryResult> {
  const ids = [...new Set(given.map((id) => parseArxivId(id).id))];
  const papers: PaperInput[] = [];
  const skipped: Skipped[] = [];
  for (let start = 0; start < ids.length; start += idsInRequest) {
    const some = ids.slice(start, start + idsInRequest);
    const page = await slice(
      client,
      { id_list: some.join(","), max_results: some.length },
      signal,
      {
        expected: () => some.length,
        mayStayShort: true,
      },
    );
    papers.push(...page.papers);
    skipped.push(...page.skipped);
  }
  const found = new Set(papers.map(({ id }) => id));
  return { papers, skipped, missing: ids.filter((id) => !found.has(id)) };
}

export interface SearchOptions {
  readonly search: string;
  readonly max: number;
  readonly sliceSize?: number;
  /** Where to go on, and how many results were known there. */
  readonly start: number;
  readonly total: number;
  readonly signal?: AbortSignal | undefined;
}

/** @throws FeedError `ERR_INPUT` naming what is out of range. */
export function checkSearch({
  search,
  max,
  sliceSize = 100,
}: Pick<SearchOptions, "search" | "max" | "sliceSize">): void {
  if (typeof search !== "string" || search.trim() === "" || /\p{C}/u.test(search))
    throw inputError("queryArxiv: search must be words in arXiv's syntax, without controls");
  checkCount("queryArxiv: max", max, 1, longestQuery);
  checkCount("queryArxiv: sliceSize", sliceSize, 1, longestSlice);
}

/** A search's slices from `start` on, each with where the next one starts; `null` at the end. */
export async function* searchSlices(
  client: ArxivClient,
  { search, max, sliceSize = 100, start, total: known, signal }: SearchOptions,
): AsyncGenerator<{ page: QueryPage; total: number; next: number | null }> {
  checkSearch({ search, max, sliceSize });
  let total = known;
  for (let at = start; at < max; ) {
    const size = Math.min(sliceSize, max - at);
    const order = { sortBy: "submittedDate", sortOrder: "ascending" };
    const page = await slice(
      client,
      { search_query: search, start: at, max_results: size, ...order },
      signal,
      { expected: (told) => Math.min(size, Math.max(total, told) - at) },
    );
    total = Math.max(total, page.total);
    at += size;
    const next = at < Math.min(max, total) ? at : null;
    yield { page, total, next };
    if (next === null) return;
  }
}

/** How often a slice that came short is asked for again. */
const patience = 4;

/**
 * One slice. A short one is a known fault of the interface and no end of the list: it is asked for
 * again. Identifiers may really be unknown, so their slice `mayStayShort`.
 */
async function slice(
  client: ArxivClient,
  parameters: Readonly<Record<string, string | number>>,
  signal: AbortSignal | undefined,
  {
    expected,
    mayStayShort = false,
  }: { expected: (total: number) => number; mayStayShort?: boolean },
): Promise<QueryPage> {
  const url = addressOf(client.urls.query, parameters);
  for (let attempt = 0; ; attempt++) {
    const page = await ask(client, url, "query", signal);
    if (page.entries >= expected(page.total)) return page;
    if (mayStayShort && attempt >= 1) return page;
    if (attempt >= patience) {
      const fault = `gave ${page.entries} of ${expected(page.total)} results, ${attempt + 1} times`;
      throw new UpstreamError(url, fault);
    }
  }
}
