import type { Db } from "../database/open.ts";
import { inputError } from "../feed-error.ts";
import { ask } from "./ask.ts";
import type { ArxivClient } from "./client.ts";
import { type HarvestState, harvestState, saveHarvest } from "./harvest-state.ts";
import type { IngestBase } from "./ingest-base.ts";
import { isWanted } from "./listing.ts";
import { idsInRequest, queryArxiv } from "./query.ts";
import { isCategory } from "./record.ts";
import { type IngestReport, Tally } from "./report.ts";
import type { Announcement, RssPage } from "./rss.ts";
import { store } from "./store.ts";

export interface RssIngestOptions extends IngestBase {
  /** A category or an archive: `cs.LG`, `cs`. */
  readonly category: string;
}

/** An announced paper whose metadata is still to be read. */
interface Pending {
  readonly id: string;
  /** When it enters the feed, ISO 8601; null for a new version of an old paper. */
  readonly listAt: string | null;
  /** How often arXiv did not know it yet. */
  readonly tries: number;
}

interface RssCursor {
  /** The announcement that was read last: when it came out, and of how many items. */
  readonly announcement: string;
  readonly pending: readonly Pending[];
}

/** A feed may name a paper before the query interface knows it; after so many days it is let go. */
const mostTries = 5;

function checkCategory(category: string): void {
  if (typeof category !== "string" || !isCategory(category))
    throw inputError(`readRss: category must be like cs.LG, got ${category}`);
}

/** The announcements of a category's feed. @throws FeedError `ERR_INPUT`; as `ArxivClient.get`. */
export function readRss(
  client: ArxivClient,
  category: string,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<RssPage> {
  checkCategory(category);
  return ask(client, `${client.urls.rss}/${category}`, "rss", signal);
}

/**
 * Reads the day's announcement: what is new or newly cross-listed enters the feed on its day, what
 * was replaced is brought up to date. The feed names papers, the query interface describes them; a
 * paper that is not described yet waits for the next call.
 */
export async function ingestRss(
  db: Db,
  client: ArxivClient,
  options: RssIngestOptions,
): Promise<IngestReport> {
  const { category, now, signal, list = false } = options;
  checkCategory(category);
  const source = `rss:${category}`;
  const rule = { list, categories: options.categories, now };
  const tally = new Tally(source, options.onProgress);
  const before = await harvestState<RssCursor>(db, source);
  if (before && before.finishedAt === null) tally.resumed();
  if (!before) {
    const cursor = { announcement: "", pending: [] };
    await saveHarvest(db, { source, cursor, papers: 0, finishedAt: null }, { now });
  }
  let state = announced(before, await readRss(client, category, { signal }), source, now);
  await saveHarvest(db, state, { now, begun: before?.finishedAt !== null });
  const todo = state.cursor.pending;
  for (let start = 0; start < todo.length; start += idsInRequest) {
    const some = todo.slice(start, start + idsInRequest);
    const { papers, skipped, missing } = await queryArxiv(client, {
      ids: some.map(({ id }) => id),
      signal,
    });
    const listAt = new Map(some.map((one) => [one.id, one.listAt]));
    const found = papers.map((paper) => {
      const at = listAt.get(paper.id);
      return { paper, listAt: at && isWanted(paper, rule) ? new Date(at) : null };
    });
    const done = new Set(some.map(({ id }) => id));
    const late = some
      .filter(({ id, tries }) => missing.includes(id) && tries + 1 < mostTries)
      .map((one) => ({ ...one, tries: one.tries + 1 }));
    const pending = [...state.cursor.pending.filter(({ id }) => !done.has(id)), ...late];
    state = {
      ...state,
      cursor: { ...state.cursor, pending },
      papers: state.papers + papers.length,
    };
    const stored = await store(db, found, (trx) => saveHarvest(trx, state, { now }));
    tally.page(stored, { skipped, missing }, todo.length);
    signal?.throwIfAborted();
  }
  await saveHarvest(db, { ...state, finishedAt: now }, { now });
  return tally.report;
}

/** The state with what an announcement adds to it; one that was read already adds nothing. */
function announced(
  before: HarvestState<RssCursor> | undefined,
  page: RssPage,
  source: string,
  now: Date,
): HarvestState<RssCursor> {
  const at = page.announcedAt && page.announcedAt < now ? page.announcedAt : now;
  const announcement = `${page.announcedAt?.toISOString() ?? ""} ${page.items.length}`;
  const left = before?.cursor.pending ?? [];
  const papers = before && before.finishedAt === null ? before.papers : 0;
  const items = before?.cursor.announcement === announcement ? [] : page.items;
  const named = new Set(left.map(({ id }) => id));
  const fresh = items
    .filter(({ id }) => !named.has(id))
    .map(({ id, type }) => ({ id, listAt: isNew(type) ? at.toISOString() : null, tries: 0 }));
  return {
    source,
    cursor: { announcement, pending: [...left, ...fresh] },
    papers,
    finishedAt: null,
  };
}

const isNew = (type: Announcement["type"]) => type === "new" || type === "cross";
