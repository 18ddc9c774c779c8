import { parsePeriod } from "@daily-kernel/feed";
import { feedPage } from "@daily-kernel/feed/node";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiService } from "../api-service.ts";
import type { ApiApp } from "../app.ts";
import { dailyItems } from "../present/paper.ts";
import { errors } from "../schemas/error.ts";
import { integerParameter, text } from "../schemas/fields.ts";
import { DailyItems } from "../schemas/paper.ts";
import { day, month, week } from "../schemas/period.ts";

const Query = z
  .object({
    p: integerParameter({ min: 0, max: 1e12, default: 0, description: "Page, from 0." }),
    limit: integerParameter({ min: 1, max: 100, default: 50, description: "Papers a page." }),
    sort: z.enum(["publishedAt", "trending"]).optional().openapi({ default: "publishedAt" }),
    date: day(),
    week: week(),
    month: month(),
    submitter: text(1, 100)
      .optional()
      .openapi({ description: "The name of the account that submitted." }),
  })
  .refine(({ date, week, month }) => [date, week, month].filter(Boolean).length <= 1, {
    message: "at most one of date, week and month may be given",
  });

const route = createRoute({
  method: "get",
  path: "/api/daily_papers",
  operationId: "listDailyPapers",
  tags: ["papers"],
  summary: "The feed, newest or hottest first",
  description:
    "At most one of `date`, `week` and `month`. A page past the end is an empty array. Heat is that of the day, or of three days when a week or a month is asked for.",
  request: { query: Query },
  responses: {
    200: {
      description: "One page of the feed.",
      content: { "application/json": { schema: DailyItems } },
    },
    ...errors(400, 429),
  },
});

export function dailyPapers(app: ApiApp, service: ApiService): void {
  app.openapi(route, async (c) => {
    const { p = 0, limit = 50, sort, date, week, month, submitter } = c.req.valid("query");
    const asked = date ?? week ?? month;
    const period = asked === undefined ? null : parsePeriod(asked);
    const hot = week === undefined && month === undefined ? "trending-day" : "trending-week";
    const { items } = await feedPage(service.db, {
      sort: sort === "trending" ? hot : "newest",
      ...(period && { from: period.from, to: period.to }),
      submitter,
      limit,
      offset: p * limit,
    });
    return c.json(await dailyItems(service, items), 200);
  });
}
