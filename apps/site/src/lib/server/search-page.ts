import { parsePeriod } from "@daily-kernel/feed";
import { getPapers, ipPrefix, feedPage as queryFeed, topicCounts } from "@daily-kernel/feed/node";
import { error } from "@sveltejs/kit";
import { feedItems } from "./feed-item.ts";
import { pageOf } from "./feed-page.ts";
import { service } from "./service.ts";

const pageSize = 30;
const maxQuery = 250;

/** Why a paper was found, in words; nothing for a plain match of words. */
const why: Readonly<Record<string, string | null>> = {
  id: "this is its id",
  author: "by the author",
  words: null,
  meaning: "near in meaning",
  both: null,
};

const dayOf = (text: string | null): string =>
  text && parsePeriod(text)?.kind === "day" ? text : "";

const claimsOf = (text: string | null): "hold" | "fail" | null =>
  text === "hold" || text === "fail" ? text : null;

function filtersOf({ searchParams }: URL) {
  return {
    q: (searchParams.get("q") ?? "").trim().slice(0, maxQuery),
    topic: searchParams.get("topic") ?? "",
    from: dayOf(searchParams.get("from")),
    to: dayOf(searchParams.get("to")),
    claims: claimsOf(searchParams.get("claims")),
    runs: searchParams.get("runs") === "1",
  };
}

/** What the search page shows for its fields. Filters alone list what they let through. */
export async function searchPage(url: URL, accountId: string | null, address: string) {
  const { db, search, limiter, now } = service();
  const filters = filtersOf(url);
  const page = pageOf(url);
  const at = { limit: pageSize, offset: (page - 1) * pageSize };
  const only = {
    ...(filters.from && { from: filters.from }),
    ...(filters.to && { to: filters.to }),
    ...(filters.topic && { topic: filters.topic }),
    ...(filters.claims !== null && { hasClaims: filters.claims }),
    ...(filters.runs && { runsInBrowser: true as const }),
  };
  const asked = filters.q !== "" || Object.keys(only).length > 0;
  const shared = {
    filters,
    asked,
    page,
    path: url.pathname,
    search: url.search,
    topics: await topicCounts(db),
  };
  if (filters.q === "") {
    const { items, total } = asked
      ? await queryFeed(db, { sort: "newest", ...only, ...at })
      : { items: [], total: 0 };
    const found = await feedItems(items, accountId);
    return {
      ...shared,
      offset: at.offset,
      total,
      pages: Math.ceil(total / pageSize),
      corrected: null,
      dense: null,
      hits: found.map((item) => ({ item, why: null })),
    };
  }
  const taken = accountId
    ? limiter.take("search-account", accountId, now())
    : limiter.take("search", ipPrefix(address), now());
  if (!taken.allowed) error(429, `Too many searches. Try again in ${taken.reset} s.`);
  const { hits, total, corrected, dense } = await search.query({
    q: filters.q,
    filters: only,
    ...at,
  });
  const papers = await getPapers(
    db,
    hits.map(({ id }) => id),
  );
  const by = new Map(hits.map((hit) => [hit.id, hit.by]));
  const found = await feedItems(papers, accountId);
  return {
    ...shared,
    offset: at.offset,
    total,
    pages: Math.ceil(total / pageSize),
    corrected: corrected ?? null,
    dense: dense === "none" ? null : dense,
    hits: found.map((item) => ({ item, why: why[by.get(item.id) ?? ""] ?? null })),
  };
}
