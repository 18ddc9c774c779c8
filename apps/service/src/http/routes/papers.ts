import { cursorPage, getPapers } from "@daily-kernel/feed/node";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiService } from "../api-service.ts";
import type { ApiApp } from "../app.ts";
import { findPaper } from "../find-paper.ts";
import { dailyItems, paperInfo } from "../present/paper.ts";
import { errors } from "../schemas/error.ts";
import { integerParameter, text } from "../schemas/fields.ts";
import { DailyItems, PaperInfo, Repositories } from "../schemas/paper.ts";
import { PaperId } from "../schemas/parameters.ts";

const limitOf = (max: number, usual: number) =>
  integerParameter({ min: 1, max, default: usual, description: "How many papers." });

const list = createRoute({
  method: "get",
  path: "/api/papers",
  operationId: "listPapers",
  tags: ["papers"],
  summary: "All papers, newest first, by cursor",
  description:
    'The reply\'s `Link: <...>; rel="next"` leads on; without it, the end is reached. Papers that are listed meanwhile are neither repeated nor skipped.',
  request: {
    query: z.object({
      cursor: z
        .string()
        .regex(/^\d{1,5}\.\d{1,13}\.[\w./-]{1,40}$/, { message: "must be one that a reply gave" })
        .optional()
        .openapi({ description: "From the last reply's `Link`." }),
      limit: limitOf(100, 50),
    }),
  },
  responses: {
    200: {
      description: "One page.",
      headers: z.object({ Link: z.string().optional() }),
      content: { "application/json": { schema: DailyItems } },
    },
    ...errors(400, 429),
  },
});

const search = createRoute({
  method: "get",
  path: "/api/papers/search",
  operationId: "searchPapers",
  tags: ["papers"],
  summary: "Papers that match words, an author, an id or a meaning, best first",
  description: '`"a phrase"`, `-without` and `or` are understood. Without `q`: the newest papers.',
  request: {
    query: z.object({
      q: text(0, 250).optional().openapi({ description: "What to look for." }),
      limit: limitOf(120, 50),
    }),
  },
  responses: {
    200: { description: "The hits.", content: { "application/json": { schema: DailyItems } } },
    ...errors(400, 429),
  },
});

const info = createRoute({
  method: "get",
  path: "/api/papers/{id}",
  operationId: "getPaper",
  tags: ["papers"],
  summary: "One paper",
  request: { params: PaperId },
  responses: {
    200: { description: "The paper.", content: { "application/json": { schema: PaperInfo } } },
    ...errors(400, 404, 429),
  },
});

const similar = createRoute({
  method: "get",
  path: "/api/papers/{id}/similar",
  operationId: "similarPapers",
  tags: ["papers"],
  summary: "Papers about the same",
  request: { params: PaperId, query: z.object({ limit: limitOf(50, 8) }) },
  responses: {
    200: { description: "Nearest first.", content: { "application/json": { schema: DailyItems } } },
    ...errors(400, 404, 429),
  },
});

const repositories = createRoute({
  method: "get",
  path: "/api/arxiv/{id}/repos",
  operationId: "paperRepositories",
  tags: ["papers"],
  summary: "Models, data sets and spaces of a paper; none are kept here",
  request: { params: PaperId },
  responses: {
    200: { description: "Lists.", content: { "application/json": { schema: Repositories } } },
    ...errors(400, 404, 429),
  },
});

export function papers(app: ApiApp, service: ApiService): void {
  const { db, config } = service;
  const itemsOf = async (ids: readonly string[]) => dailyItems(service, await getPapers(db, ids));

  app.openapi(list, async (c) => {
    const { cursor, limit = 50 } = c.req.valid("query");
    const { items, next } = await cursorPage(db, { cursor, limit });
    if (next !== null) {
      const query = new URLSearchParams({ cursor: next, limit: String(limit) });
      c.header("Link", `<${config.baseUrl}/api/papers?${query}>; rel="next"`);
    }
    return c.json(await dailyItems(service, items), 200);
  });

  app.openapi(search, async (c) => {
    const { q = "", limit = 50 } = c.req.valid("query");
    if (q.trim() === "") {
      const { items } = await cursorPage(db, { limit });
      return c.json(await dailyItems(service, items), 200);
    }
    const { hits } = await service.search.query({ q, limit, offset: 0 });
    return c.json(await itemsOf(hits.map(({ id }) => id)), 200);
  });

  app.openapi(info, async (c) => {
    const paper = await findPaper(db, c.req.valid("param").id);
    return c.json(await paperInfo(service, paper), 200);
  });

  app.openapi(similar, async (c) => {
    const { limit = 8 } = c.req.valid("query");
    const { id } = await findPaper(db, c.req.valid("param").id);
    const near = await service.search.similar(id, limit);
    return c.json(await itemsOf(near.map((hit) => hit.id)), 200);
  });

  app.openapi(repositories, async (c) => {
    await findPaper(db, c.req.valid("param").id);
    return c.json({ models: [], datasets: [], spaces: [] }, 200);
  });
}
