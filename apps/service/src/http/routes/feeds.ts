import { type PaperView, parsePeriod } from "@daily-kernel/feed";
import { feedPage, getPapers } from "@daily-kernel/feed/node";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiService } from "../api-service.ts";
import { type ApiApp, otherThanJson } from "../app.ts";
import { atom } from "../feeds/atom.ts";
import { type Channel, itemOf } from "../feeds/channel.ts";
import { jsonFeed } from "../feeds/json-feed.ts";
import { rss } from "../feeds/rss.ts";
import { errors } from "../schemas/error.ts";
import { integerParameter, text } from "../schemas/fields.ts";
import { JsonFeed } from "../schemas/json-feed.ts";
import { day } from "../schemas/period.ts";

/** Papers in a feed: readers fetch it at least once a day. */
const length = 100;

const Query = z.object({
  date: day(),
  q: text(1, 250).optional().openapi({ description: "Only papers that the search finds." }),
  tag: text(1, 60).optional().openapi({ description: "A topic, or an arXiv category: `cs.LG`." }),
  min_upvotes: integerParameter({ min: 0, max: 1e9, description: "Only papers with as many." }),
});
type Query = z.infer<typeof Query>;

const feed = <Type extends string, Schema extends z.ZodType>(
  path: string,
  operationId: string,
  type: Type,
  schema: Schema,
) =>
  createRoute({
    method: "get",
    path,
    operationId,
    tags: ["feeds"],
    summary: `The feed as ${type}, one item a paper`,
    request: { query: Query },
    responses: {
      200: {
        description: "The newest papers.",
        content: { [type]: { schema } } as Record<Type, { schema: Schema }>,
      },
      ...errors(400, 429),
    },
  });

const atomFeed = feed("/feed.atom", "atomFeed", "application/atom+xml", z.string());
const rssFeed = feed("/rss.xml", "rssFeed", "application/rss+xml", z.string());
const jsonRoute = feed("/feed.json", "jsonFeed", "application/feed+json", JsonFeed);

export function feeds(app: ApiApp, service: ApiService): void {
  app.openapi(atomFeed, async (c) => {
    const channel = await channelOf(service, c.req.url, c.req.valid("query"));
    return otherThanJson(atom(channel), { "content-type": "application/atom+xml; charset=utf-8" });
  });
  app.openapi(rssFeed, async (c) => {
    const channel = await channelOf(service, c.req.url, c.req.valid("query"));
    return otherThanJson(rss(channel), { "content-type": "application/rss+xml; charset=utf-8" });
  });
  app.openapi(jsonRoute, async (c) => {
    const channel = await channelOf(service, c.req.url, c.req.valid("query"));
    return otherThanJson(JSON.stringify(jsonFeed(channel)), {
      "content-type": "application/feed+json",
    });
  });
}

async function channelOf(service: ApiService, url: string, query: Query): Promise<Channel> {
  const { baseUrl } = service.config;
  const { pathname, search } = new URL(url);
  const { date, q, tag, min_upvotes } = query;
  const parts = [
    date && `of ${date}`,
    tag && `about ${tag}`,
    q && `for “${q}”`,
    min_upvotes && `with ${min_upvotes} upvotes or more`,
  ].filter(Boolean);
  return {
    title: ["Daily Kernel: papers", ...parts].join(" "),
    description: "Papers of the day, and which of their claims held when they were run.",
    home: baseUrl,
    self: baseUrl + pathname + search,
    items: (await papersOf(service, query)).map((paper) => itemOf(paper, baseUrl)),
  };
}

async function papersOf(service: ApiService, query: Query): Promise<readonly PaperView[]> {
  const { db } = service;
  const { date, q, tag, min_upvotes: minVotes = 0 } = query;
  const period = date === undefined ? null : parsePeriod(date);
  const days = period && { from: period.from, to: period.to };
  const isCategory = tag !== undefined && /^[a-z-]+\.[A-Za-z-]+$/.test(tag);
  if (q === undefined || q.trim() === "") {
    const filters = { ...days, ...(isCategory ? { category: tag } : { topic: tag }), minVotes };
    return (await feedPage(db, { ...filters, sort: "newest", limit: length, offset: 0 })).items;
  }
  const { hits } = await service.search.query({
    q,
    filters: { ...days, ...(tag !== undefined && !isCategory && { topic: tag }) },
    limit: length,
    offset: 0,
  });
  const found = await getPapers(
    db,
    hits.map(({ id }) => id),
  );
  return found
    .filter(({ votes, listedAt }) => votes >= minVotes && listedAt !== null)
    .filter(({ categories }) => !isCategory || categories.includes(tag))
    .sort((a, b) => b.listedAt!.getTime() - a.listedAt!.getTime() || (a.id < b.id ? 1 : -1));
}
