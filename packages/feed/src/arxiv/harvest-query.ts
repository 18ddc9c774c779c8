import type { Db } from "../database/open.ts";
import type { ArxivClient } from "./client.ts";
import { type HarvestState, harvestState, saveHarvest } from "./harvest-state.ts";
import type { IngestBase } from "./ingest-base.ts";
import { announcementOf, isWanted } from "./listing.ts";
import { checkSearch, searchSlices } from "./query.ts";
import { type IngestReport, Tally } from "./report.ts";
import { store } from "./store.ts";

export interface SearchIngestOptions extends IngestBase {
  /** In arXiv's syntax: `cat:cs.LG AND ti:kernel`. */
  readonly search: string;
  /** At most so many papers (30,000, which is arXiv's limit). */
  readonly max?: number;
  readonly sliceSize?: number;
}

interface SearchCursor {
  readonly start: number;
  readonly total: number;
}

/** Reads all that a search finds, slice by slice; each slice and its cursor in one transaction. */
export async function ingestSearch(
  db: Db,
  client: ArxivClient,
  options: SearchIngestOptions,
): Promise<IngestReport> {
  const { search, now, signal, list = false, max = 30_000, sliceSize } = options;
  checkSearch({ search, max, ...(sliceSize !== undefined && { sliceSize }) });
  const source = `query:${search}`;
  const rule = { list, categories: options.categories, now };
  const tally = new Tally(source, options.onProgress);
  const before = await harvestState<SearchCursor>(db, source);
  const open = before?.finishedAt === null && before.cursor.start < max ? before : undefined;
  if (open) tally.resumed();
  let state: HarvestState<SearchCursor> = open ?? {
    source,
    cursor: { start: 0, total: 0 },
    papers: 0,
    finishedAt: null,
  };
  if (!open) await saveHarvest(db, state, { now, begun: true });
  const slices = searchSlices(client, {
    search,
    max,
    ...state.cursor,
    ...(sliceSize !== undefined && { sliceSize }),
    signal,
  });
  for await (const { page, total, next } of slices) {
    const found = page.papers.map((paper) => ({
      paper,
      listAt: isWanted(paper, rule) ? announcementOf(paper, now) : null,
    }));
    state = {
      ...state,
      cursor: { start: next ?? state.cursor.start, total },
      papers: state.papers + page.papers.length,
      finishedAt: next === null ? now : null,
    };
    const stored = await store(db, found, (trx) => saveHarvest(trx, state, { now }));
    tally.page(stored, { skipped: page.skipped }, total);
    signal?.throwIfAborted();
  }
  return tally.report;
}
