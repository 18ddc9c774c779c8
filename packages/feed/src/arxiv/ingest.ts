import type { Db } from "../database/open.ts";
import { inputError } from "../feed-error.ts";
import type { ArxivClient } from "./client.ts";
import { harvestOai, type OaiOptions } from "./harvest-oai.ts";
import { ingestSearch, type SearchIngestOptions } from "./harvest-query.ts";
import { ingestRss, type RssIngestOptions } from "./harvest-rss.ts";
import { saveHarvestError } from "./harvest-state.ts";
import type { IngestBase } from "./ingest-base.ts";
import { announcementOf, isWanted } from "./listing.ts";
import { idsInRequest, queryArxiv } from "./query.ts";
import { type IngestReport, Tally } from "./report.ts";
import { store } from "./store.ts";

interface IdsIngestOptions extends IngestBase {
  readonly ids: readonly string[];
}

export type IngestOptions =
  | ({ readonly source: "oai" } & OaiOptions)
  | ({ readonly source: "rss" } & RssIngestOptions)
  | ({ readonly source: "query" } & SearchIngestOptions)
  | ({ readonly source: "ids" } & IdsIngestOptions);

/**
 * Brings papers from arXiv into the database. The same again changes nothing; a call that was
 * aborted, killed or refused is gone on with by the next one for the same source. Why one failed is
 * kept with the source.
 */
export async function ingest(
  db: Db,
  client: ArxivClient,
  options: IngestOptions,
): Promise<IngestReport> {
  try {
    return await dispatch(db, client, options);
  } catch (error) {
    if (!options.signal?.aborted) await saveHarvestError(db, sourceOf(options), error, options.now);
    throw error;
  }
}

function dispatch(db: Db, client: ArxivClient, options: IngestOptions): Promise<IngestReport> {
  switch (options.source) {
    case "oai":
      return harvestOai(db, client, options);
    case "rss":
      return ingestRss(db, client, options);
    case "query":
      return ingestSearch(db, client, options);
    case "ids":
      return ingestIds(db, client, options);
    default:
      throw inputError(
        `ingest: source must be oai, rss, query or ids, got ${(options as { source: string }).source}`,
      );
  }
}

function sourceOf(options: IngestOptions): string {
  switch (options.source) {
    case "oai":
      return `oai:${options.set}`;
    case "rss":
      return `rss:${options.category}`;
    case "query":
      return `query:${options.search}`;
    case "ids":
      return "ids";
  }
}

async function ingestIds(
  db: Db,
  client: ArxivClient,
  { ids, now, list = false, categories, signal, onProgress }: IdsIngestOptions,
): Promise<IngestReport> {
  const rule = { list, categories, now };
  const tally = new Tally("ids", onProgress);
  for (let start = 0; start < ids.length; start += idsInRequest) {
    const some = ids.slice(start, start + idsInRequest);
    const { papers, skipped, missing } = await queryArxiv(client, { ids: some, signal });
    const found = papers.map((paper) => ({
      paper,
      listAt: isWanted(paper, rule) ? announcementOf(paper, now) : null,
    }));
    tally.page(await store(db, found), { skipped, missing }, ids.length);
    signal?.throwIfAborted();
  }
  return tally.report;
}
