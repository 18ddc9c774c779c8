import { tally } from "@daily-kernel/reproduction";
import { error } from "@sveltejs/kit";
import { paintOverview } from "../overview.ts";
import type { Cell } from "../strip.ts";
import { type CatalogueEntry, catalogue } from "./catalogue.ts";
import { type FeedItem, groupByDay, topicCounts } from "./feed.ts";
import { kinds, neighbours, type Period, parsePeriod, periodOf, within } from "./period.ts";

const pageSize = 50;
/** The newest papers that the overview draws: more bars would run into one another. */
const overviewSize = 60;

const cell = ({ verdict, scale, stale }: CatalogueEntry["row"]["claims"][number]): Cell => ({
  verdict,
  scale,
  stale,
});

export const feedItem = ({ paper, row, built }: CatalogueEntry): FeedItem => ({
  slug: paper.slug,
  title: paper.title,
  authors: paper.authors,
  authorCount: paper.authorCount,
  topics: paper.topics,
  day: paper.submitted,
  built,
  cells: row.claims.map(cell),
  tally: tally(row.claims),
});

function readPeriod(id: string | null): Period | null {
  if (!id) return null;
  const period = parsePeriod(id);
  if (!period)
    error(
      400,
      `"${id}" is no day, week, month or year; try 2024, 2024-09, 2024-W37 or 2024-09-13.`,
    );
  return period;
}

/** What the feed's page shows for `?q=`, `?topic=`, `?on=` and `?page=`. */
export async function feedPage(url: URL) {
  const { entries, bySlug, search } = await catalogue();
  const query = (url.searchParams.get("q") ?? "").trim().slice(0, 200);
  const topic = url.searchParams.get("topic") ?? "";
  const period = readPeriod(url.searchParams.get("on"));

  const found = query ? search.find(query).flatMap((slug) => bySlug.get(slug) ?? []) : entries;
  const matching = found.filter(
    ({ paper }) =>
      (!topic || (paper.topics as readonly string[]).includes(topic)) &&
      (!period || within(period, paper.submitted)),
  );

  const pages = Math.max(1, Math.ceil(matching.length / pageSize));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(url.searchParams.get("page"))) || 1));
  const items = matching.slice((page - 1) * pageSize, page * pageSize).map(feedItem);

  const days = entries.map(({ paper }) => paper.submitted);
  const anchor = days.find((day) => !period || within(period, day)) ?? period?.from ?? days[0];
  const years = [...new Set(days.map((day) => day.slice(0, 4)))];
  const all = entries.flatMap(({ row }) => row.claims);
  return {
    query,
    topic,
    period: period && {
      ...period,
      ...neighbours(period, days),
      // The same place at other widths: from the newest paper in view.
      widths: kinds.map((kind) => (anchor ? periodOf(kind, anchor) : period)),
    },
    years: years.map((year) => ({
      year,
      count: days.filter((day) => day.startsWith(year)).length,
    })),
    topics: topicCounts(entries.map(({ paper }) => paper)),
    count: matching.length,
    page,
    pages,
    // Matches of a search stand in order of relevance, all others by day.
    matches: query ? items : null,
    days: query ? [] : groupByDay(items),
    catalogue: {
      papers: entries.length,
      claims: all.length,
      tally: tally(all),
      overview: paintOverview(
        entries.slice(0, overviewSize).map(({ row }) => row.claims.map(({ verdict }) => verdict)),
      ),
    },
  };
}

export type FeedPage = Awaited<ReturnType<typeof feedPage>>;
