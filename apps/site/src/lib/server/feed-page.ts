import { kinds, neighbours, type Period, parsePeriod, periodOf } from "@daily-kernel/feed";
import {
  type FeedQuery,
  filledDays,
  lastFilledDay,
  feedPage as queryFeed,
  topicCounts,
} from "@daily-kernel/feed/node";
import { error } from "@sveltejs/kit";
import type { FeedItem } from "../feed-item.ts";
import { paintOverview } from "../overview.ts";
import { tallyOf } from "../tally.ts";
import { dailyPapersProps } from "./daily-papers-props.ts";
import { feedItems } from "./feed-item.ts";
import { service } from "./service.ts";

const pageSize = 50;
/** The newest papers that the overview draws: more bars would run into one another. */
const overviewSize = 60;

/** The last part of a period's address: `/papers/week/2024-W37`. */
export const pathOfPeriod = ({ kind, id }: Pick<Period, "kind" | "id">): string =>
  `/papers/${kind === "day" ? "date" : kind}/${id}`;

export const pageOf = (url: URL): number =>
  Math.min(10_000, Math.max(1, Math.trunc(Number(url.searchParams.get("page"))) || 1));

/** Reads the period of an address. @throws 400 that says how one is written. */
export function readPeriod(kind: Period["kind"], id: string): Period {
  const period = parsePeriod(id);
  if (period?.kind !== kind) error(400, `"${id}" is no ${kind}; try ${examples[kind]}.`);
  return period;
}
const examples = { day: "2024-09-13", week: "2024-W37", month: "2024-09", year: "2024" };

/** Where the reader is among the days, and the ways to others. */
async function placeOf(period: Period | null, shown: readonly FeedItem[]) {
  const days = (await filledDays(service().db)).map(({ day, papers }) => ({ day, papers }));
  const names = days.map(({ day }) => day);
  const anchor = shown[0]?.day ?? period?.from ?? names.at(-1);
  const years = Map.groupBy(days, ({ day }) => day.slice(0, 4));
  const link = (to: Period | null) => to && { label: to.label, href: pathOfPeriod(to) };
  const near = period && neighbours(period, names);
  return {
    period: period && {
      kind: period.kind,
      id: period.id,
      label: period.label,
      earlier: link(near?.earlier ?? null),
      later: link(near?.later ?? null),
      // The same place at other widths: from the newest paper in view.
      widths: kinds.map((kind) => ({
        kind,
        href: pathOfPeriod(anchor ? periodOf(kind, anchor) : period),
      })),
    },
    years: [...years]
      .map(([year, its]) => ({ year, count: its.reduce((sum, { papers }) => sum + papers, 0) }))
      .reverse(),
  };
}

interface Asked {
  readonly url: URL;
  readonly accountId: string | null;
  readonly period?: Period;
  readonly sort?: FeedQuery["sort"];
}

/** One page of the feed: of a period, of all, or by heat. */
export async function feedPage({ url, accountId, period, sort = "newest" }: Asked) {
  const { db } = service();
  const page = pageOf(url);
  const offset = (page - 1) * pageSize;
  const span = period ? { from: period.from, to: period.to } : {};
  const { items: papers, total } = await queryFeed(db, { sort, ...span, limit: pageSize, offset });
  const items = await feedItems(papers, accountId);
  return {
    ...(await placeOf(period ?? null, items)),
    count: total,
    offset,
    page,
    pages: Math.max(1, Math.ceil(total / pageSize)),
    path: url.pathname,
    search: sort === "newest" ? "" : url.search,
    items,
    byDay: sort === "newest",
    props: dailyPapersProps(papers, {
      period: period?.kind ?? "day",
      dateString: period?.id ?? items[0]?.day ?? "",
    }),
  };
}

export type FeedPage = Awaited<ReturnType<typeof feedPage>>;
export type Introduction = Awaited<ReturnType<typeof introduction>>;

/** What stands above the whole feed. */
export async function introduction() {
  const { db, catalogue } = service();
  const newest = await queryFeed(db, { sort: "newest", limit: overviewSize, offset: 0 });
  const entries = await catalogue.entries();
  const rows = await db
    .selectFrom("claim_states")
    .select(["verdict", (eb) => eb.fn.countAll<number>().as("n")])
    .groupBy("verdict")
    .execute();
  const all = rows.flatMap(({ verdict, n }) => Array.from({ length: n }, () => ({ verdict })));
  return {
    papers: newest.total,
    rooms: entries.size,
    claims: all.length,
    tally: tallyOf(all),
    overview: paintOverview(
      newest.items
        .filter(({ claimCells }) => claimCells.length > 0)
        .map(({ claimCells }) => claimCells.map(({ verdict }) => verdict)),
    ),
    topics: await topicCounts(db),
  };
}

/** A day's address to go to: the last that has papers. */
export async function latestDayPath(): Promise<string> {
  const day = await lastFilledDay(service().db);
  return day ? pathOfPeriod({ kind: "day", id: day }) : "/";
}
