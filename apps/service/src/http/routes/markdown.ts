import { claimStates } from "@daily-kernel/feed/node";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiService } from "../api-service.ts";
import type { ApiApp } from "../app.ts";
import { findPaper } from "../find-paper.ts";
import { paperMarkdown } from "../paper-markdown.ts";
import { errors } from "../schemas/error.ts";
import { PaperId } from "../schemas/parameters.ts";

const type = "text/markdown; charset=utf-8";

const route = createRoute({
  method: "get",
  path: "/papers/{id}.md",
  operationId: "readPaper",
  tags: ["papers"],
  summary: "A paper as Markdown, with its claims",
  description: "The same is sent from `/papers/{id}` to who asks with `Accept: text/markdown`.",
  request: { params: PaperId },
  responses: {
    200: { description: "Markdown.", content: { "text/markdown": { schema: z.string() } } },
    ...errors(400, 404, 429),
  },
});

/** A parameter cannot end inside a segment here, so `.md` is taken off before (see `api.ts`). */
export function markdown(app: ApiApp, { db, config }: ApiService): void {
  app.openAPIRegistry.registerPath(route);
  app.get("/papers/:id", async (c) => {
    const paper = await findPaper(db, c.req.param("id"));
    const text = paperMarkdown(paper, await claimStates(db, paper.id), config.baseUrl);
    return c.body(text, 200, { "content-type": type, vary: "Accept" });
  });
}
