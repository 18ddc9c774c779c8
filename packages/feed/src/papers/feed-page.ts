import { type SelectQueryBuilder, sql } from "kysely";
import { checkCount, checkDay } from "../check.ts";
import type { Db } from "../database/open.ts";
import { isStorable } from "../database/storable.ts";
import type { Tables } from "../database/tables.ts";
import { inputError } from "../feed-error.ts";
import { papersInDays } from "./feed-days.ts";
import type { PaperView } from "./paper-view.ts";
import { fetchPapers, selectPapers } from "./select-papers.ts";

export interface FeedQuery {
  /** First and last UTC day of listing, both included, `YYYY-MM-DD`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly sort: "newest" | "trending-day" | "trending-week";
  readonly topic?: string | undefined;
  /** An arXiv category, primary or not: `cs.LG`. */
  readonly category?: string | undefined;
  readonly hasClaims?: "hold" | "fail" | undefined;
  readonly runsInBrowser?: boolean | undefined;
  /** The name of the account that submitted. */
  readonly submitter?: string | undefined;
  readonly minVotes?: number | undefined;
  readonly limit: number;
  readonly offset: number;
}

type Papers<Out> = SelectQueryBuilder<Tables, "papers", Out>;

const orders = {
  newest: ["listed_day", "published_at", "id"],
  "trending-day": ["heat_day", "id"],
  "trending-week": ["heat_week", "id"],
} as const;

/**
 * One page of the feed's visible papers, and how many there are in all. Ties in heat go by id. The
 * order comes from an index that holds nothing but the order; the papers are looked up for the page
 * alone.
 * @throws FeedError `ERR_INPUT` naming what is out of range.
 */
export async function feedPage(
  db: Db,
  query: FeedQuery,
): Promise<{ items: PaperView[]; total: number }> {
  check(query);
  const page = pageOf(db, query);
  let papers = selectPapers(db).where("papers.id", "in", page);
  for (const column of orders[query.sort]) papers = papers.orderBy(`papers.${column}`, "desc");
  const items = await fetchPapers(db, papers);
  const lastPage = items.length < query.limit && (items.length > 0 || query.offset === 0);
  return { items, total: lastPage ? query.offset + items.length : await count(db, query) };
}

/** The page's ids, in their order. */
function pageOf(db: Db, query: FeedQuery) {
  let papers = filtered(db, query);
  if (query.sort !== "newest" && query.from !== undefined) {
    // The hottest of some days: the planner would go through all papers from the hottest on until
    // enough lie in those days, since it does not know that heat goes with the day. The offset
    // makes it take the days first.
    const days = papers.select(["papers.id", "papers.heat_day", "papers.heat_week"]).offset(0);
    papers = db.selectFrom(days.as("papers")) as unknown as Papers<object>;
  }
  let ids = papers.select("papers.id");
  for (const column of orders[query.sort]) ids = ids.orderBy(`papers.${column}`, "desc");
  return ids.limit(query.limit).offset(query.offset);
}

function check(query: FeedQuery): void {
  const { from, to, limit, offset, minVotes = 0, sort, hasClaims } = query;
  const { topic = "", category = "", submitter = "" } = query;
  for (const [name, text] of Object.entries({ topic, category, submitter })) {
    if (!isStorable(text)) throw inputError(`feedPage: ${name} has a NUL character`);
  }
  for (const [name, day] of Object.entries({ from, to })) {
    if (day !== undefined) checkDay(`feedPage: ${name}`, day);
  }
  if (!Object.hasOwn(orders, sort)) {
    throw inputError(
      `feedPage: sort must be one of ${Object.keys(orders).join(", ")}, got ${sort}`,
    );
  }
  checkCount("feedPage: limit", limit);
  checkCount("feedPage: minVotes", minVotes);
  // A page far past the end is an empty one.
  checkCount("feedPage: offset", offset, 0, Number.MAX_SAFE_INTEGER);
  if (hasClaims !== undefined && hasClaims !== "hold" && hasClaims !== "fail") {
    throw inputError(`feedPage: hasClaims must be hold or fail, got ${String(hasClaims)}`);
  }
}

/** Listed and not hidden: the condition of the feed's indexes, word for word. */
export const visible = sql<boolean>`papers.listed_day is not null and papers.hidden_at is null`;

function filtered(db: Db, query: FeedQuery): Papers<object> {
  let papers: Papers<object> = db.selectFrom("papers").where(visible);
  if (query.from !== undefined) papers = papers.where("papers.listed_day", ">=", query.from);
  if (query.to !== undefined) papers = papers.where("papers.listed_day", "<=", query.to);
  if (query.topic !== undefined) {
    papers = papers.where(sql<boolean>`papers.topics @> array[${query.topic}::text]`);
  }
  if (query.category !== undefined) {
    papers = papers.where(sql<boolean>`papers.categories @> array[${query.category}::text]`);
  }
  if (query.hasClaims === "hold") papers = papers.where(sql<boolean>`papers.claims_hold > 0`);
  if (query.hasClaims === "fail") papers = papers.where(sql<boolean>`papers.claims_fail > 0`);
  if (query.runsInBrowser !== undefined) {
    const { runsInBrowser } = query;
    papers = papers.where(
      runsInBrowser
        ? sql<boolean>`papers.runs_in_browser`
        : sql<boolean>`not papers.runs_in_browser`,
    );
  }
  if (query.submitter !== undefined) {
    const { submitter } = query;
    papers = papers.where("papers.submitted_by", "=", (eb) =>
      eb.selectFrom("accounts").select("id").where("name", "=", submitter),
    );
  }
  if (query.minVotes !== undefined && query.minVotes > 0) {
    papers = papers.where("papers.votes", ">=", query.minVotes);
  }
  return papers;
}

/** With days and one facet at most, the days' own counts are added up; else papers are counted. */
async function count(db: Db, query: FeedQuery): Promise<number> {
  const { topic, category, hasClaims, runsInBrowser, submitter, minVotes } = query;
  const facets = [
    ...(topic === undefined ? [] : [`topic:${topic}`]),
    ...(category === undefined ? [] : [`category:${category}`]),
    ...(hasClaims === undefined ? [] : [`claims:${hasClaims}`]),
    ...(runsInBrowser === true ? ["browser"] : []),
  ];
  if (facets.length <= 1 && runsInBrowser !== false && submitter === undefined && !minVotes) {
    return papersInDays(db, facets[0] ?? "all", query);
  }
  const row = await filtered(db, query)
    .select((eb) => eb.fn.countAll<number>().as("papers"))
    .executeTakeFirstOrThrow();
  return row.papers;
}
