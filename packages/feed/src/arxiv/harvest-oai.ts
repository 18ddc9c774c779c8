import { checkDay } from "../check.ts";
import type { Db } from "../database/open.ts";
import { inputError } from "../feed-error.ts";
import { addressOf, ask } from "./ask.ts";
import type { ArxivClient } from "./client.ts";
import { UpstreamError, UpstreamRefusal } from "./errors.ts";
import { type HarvestState, harvestState, saveHarvest } from "./harvest-state.ts";
import type { IngestBase } from "./ingest-base.ts";
import { harvestListing } from "./listing.ts";
import type { OaiFormat, OaiPage } from "./oai.ts";
import { type IngestReport, Tally } from "./report.ts";
import { markDeleted, store } from "./store.ts";

export interface OaiOptions extends IngestBase {
  /** One of OAI's sets: `cs`, `cs:cs:LG`, `physics:hep-th`. */
  readonly set: string;
  /** First and last day of *modification*, `YYYY-MM-DD`; without `from` it goes on where it was. */
  readonly from?: string;
  readonly until?: string;
  readonly format?: OaiFormat;
  /** Papers whose first version is older than so many days are known but not listed (7). */
  readonly listDays?: number;
}

interface OaiCursor {
  readonly from: string;
  readonly until: string | null;
  readonly format: OaiFormat;
  /** Where the list goes on; null at its beginning. */
  readonly token: string | null;
  /** From which day the next harvest asks. */
  readonly next: string | null;
  /** How often the list was begun again because its token had expired. */
  readonly restarts: number;
}

const longestStubbornness = 3;
const dayMs = 86_400_000;

/**
 * Reads a set's records page by page (OAI-PMH), each page and its cursor in one transaction: killed
 * anywhere, the next call goes on and ends with the same papers. Expired resumption tokens begin
 * the list again. `from` is a day of modification: old papers come again and are not listed again.
 * @throws FeedError `ERR_INPUT`; otherwise as `ArxivClient.get`.
 */
export async function harvestOai(
  db: Db,
  client: ArxivClient,
  options: OaiOptions,
): Promise<IngestReport> {
  check(options);
  const { now, set, signal, list = false, listDays = 7 } = options;
  const source = `oai:${set}`;
  const rule = { list, categories: options.categories ?? [categoryOf(set)], now };
  const tally = new Tally(source, options.onProgress);
  let { state, resumed } = await begin(db, source, options);
  if (resumed) tally.resumed();
  while (state.finishedAt === null) {
    const { cursor } = state;
    const page = await nextPage(client, set, cursor, signal);
    if (page === "expired") {
      if (cursor.restarts >= longestStubbornness)
        throw new UpstreamError(
          client.urls.oai,
          `resumption tokens of ${set} expire again and again`,
        );
      state = { ...state, cursor: { ...cursor, token: null, restarts: cursor.restarts + 1 } };
      await saveHarvest(db, state, { now });
      continue;
    }
    if (page.token !== null && page.token === cursor.token)
      throw new UpstreamError(client.urls.oai, `a resumption token of ${set} leads to itself`);
    const next = cursor.next ?? earliest(page.answeredAt.toISOString().slice(0, 10), cursor.until);
    state = {
      ...state,
      cursor: { ...cursor, token: page.token, next },
      papers: state.papers + page.papers.length,
      finishedAt: page.token === null ? now : null,
    };
    const after = state;
    let deleted = 0;
    const found = page.papers.map(({ paper, changed }) => ({
      paper,
      listAt: harvestListing(paper, changed, rule, listDays),
    }));
    const stored = await store(db, found, async (trx) => {
      deleted = await markDeleted(trx, page.deleted);
      await saveHarvest(trx, after, { now });
    });
    tally.page(stored, { deleted, skipped: page.skipped }, page.size);
    signal?.throwIfAborted();
  }
  return tally.report;
}

/** `cs:cs:LG` is the category `cs.LG`, `physics:hep-th` the category `hep-th`, `cs` an archive. */
const categoryOf = (set: string): string => {
  const [, archive = set, subject] = set.split(":");
  return subject === undefined ? archive : `${archive}.${subject}`;
};

const earliest = (day: string, until: string | null) =>
  until !== null && until < day ? until : day;

async function begin(
  db: Db,
  source: string,
  { now, from, until, format = "arXivRaw", listDays = 7 }: OaiOptions,
): Promise<{ state: HarvestState<OaiCursor>; resumed: boolean }> {
  const before = await harvestState<OaiCursor>(db, source);
  const open = before?.finishedAt === null ? before : undefined;
  const isSame =
    open &&
    (from ?? open.cursor.from) === open.cursor.from &&
    (until ?? null) === open.cursor.until &&
    format === open.cursor.format;
  if (isSame) {
    return { state: { ...open, cursor: { ...open.cursor, restarts: 0 } }, resumed: true };
  }
  const weekAgo = new Date(now.getTime() - listDays * dayMs).toISOString().slice(0, 10);
  // A harvest that never ended has read nothing for certain: its own first day counts.
  const goOn = open ? open.cursor.from : before?.cursor.next;
  const cursor = {
    from: from ?? goOn ?? weekAgo,
    until: until ?? null,
    format,
    token: null,
    next: null,
    restarts: 0,
  };
  const state = { source, cursor, papers: 0, finishedAt: null };
  await saveHarvest(db, state, { now, begun: true });
  return { state, resumed: false };
}

async function nextPage(
  client: ArxivClient,
  set: string,
  { token, from, until, format }: OaiCursor,
  signal: AbortSignal | undefined,
): Promise<OaiPage | "expired"> {
  const what =
    token === null
      ? { metadataPrefix: format, set, from, ...(until !== null && { until }) }
      : { resumptionToken: token };
  const url = addressOf(client.urls.oai, { verb: "ListRecords", ...what });
  try {
    return await ask(client, url, "oai", signal);
  } catch (error) {
    const expired = error instanceof UpstreamRefusal && /^badResumptionToken/.test(error.reason);
    if (expired && token !== null) return "expired";
    throw error;
  }
}

function check({ set, from, until, listDays = 7 }: OaiOptions): void {
  if (!/^[a-z-]{2,20}(?::[a-z-]{2,20}(?::[A-Za-z-]{2,20})?)?$/.test(set))
    throw inputError(`harvestOai: set must be like cs or cs:cs:LG, got ${set}`);
  for (const [name, day] of Object.entries({ from, until })) {
    if (day !== undefined) checkDay(`harvestOai: ${name}`, day);
  }
  if (from !== undefined && until !== undefined && until < from)
    throw inputError(`harvestOai: until must not lie before from, got ${from} and ${until}`);
  if (!(listDays >= 0 && listDays <= 36_500))
    throw inputError(`harvestOai: listDays must be a number in 0..36500, got ${listDays}`);
}
