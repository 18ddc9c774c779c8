import { sql } from "kysely";
import type { Db } from "../database/open.ts";

/** What decides by which days and facets a paper is counted. */
export interface Counted {
  readonly listed_day: string | null;
  readonly hidden_at: Date | null;
  readonly topics: readonly string[];
  readonly categories: readonly string[];
  readonly claims_hold: number;
  readonly claims_fail: number;
  readonly runs_in_browser: boolean;
}

export const countedColumns = [
  "listed_day",
  "hidden_at",
  "topics",
  "categories",
  "claims_hold",
  "claims_fail",
  "runs_in_browser",
] as const satisfies readonly (keyof Counted)[];

const facetsOf = (paper: Counted): string[] => [
  "all",
  ...new Set(paper.topics.map((topic) => `topic:${topic}`)),
  ...new Set(paper.categories.map((category) => `category:${category}`)),
  ...(paper.claims_hold > 0 ? ["claims:hold"] : []),
  ...(paper.claims_fail > 0 ? ["claims:fail"] : []),
  ...(paper.runs_in_browser ? ["browser"] : []),
];

/**
 * Keeps `feed_counts` right, in the transaction that changes papers: takes each off where it was
 * counted and adds it where it is now. Counts are changed in one order, so that two transactions
 * wait for each other in one order.
 */
export async function countAgain(
  trx: Db,
  changes: readonly { readonly before: Counted; readonly after: Counted }[],
): Promise<void> {
  const sums = new Map<string, number>();
  const add = (paper: Counted, papers: number) => {
    if (paper.listed_day === null || paper.hidden_at !== null) return;
    for (const facet of facetsOf(paper)) {
      const key = `${paper.listed_day} ${facet}`;
      sums.set(key, (sums.get(key) ?? 0) + papers);
    }
  };
  for (const { before, after } of changes) {
    add(before, -1);
    add(after, 1);
  }
  const rows = [...sums].filter(([, papers]) => papers !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  if (rows.length === 0) return;
  const days = rows.map(([key]) => key.slice(0, 10));
  const facets = rows.map(([key]) => key.slice(11));
  const papers = rows.map(([, count]) => count);
  await sql`
    insert into feed_counts as c (day, facet, papers)
    select * from unnest(${days}::date[], ${facets}::text[], ${papers}::integer[])
    on conflict (facet, day) do update set papers = c.papers + excluded.papers`.execute(trx);
}
