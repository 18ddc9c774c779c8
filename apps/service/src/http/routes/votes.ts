import { takeVote, unvote, vote } from "@daily-kernel/feed/node";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiService } from "../api-service.ts";
import type { ApiApp } from "../app.ts";
import { authenticate } from "../authenticate.ts";
import { findPaper } from "../find-paper.ts";
import { errors } from "../schemas/error.ts";
import { count } from "../schemas/fields.ts";
import { PaperId } from "../schemas/parameters.ts";
import { signedIn } from "../security.ts";
import { TooMany } from "../take-share.ts";

const Upvote = z.object({ upvotes: count(), upvoted: z.boolean() }).openapi("Upvote");

const responses = {
  200: {
    description: "The paper's upvotes now.",
    content: { "application/json": { schema: Upvote } },
  },
  ...errors(400, 401, 403, 404, 429),
};

const common = {
  path: "/api/papers/{id}/upvote",
  tags: ["votes"],
  security: signedIn,
  request: { params: PaperId },
  responses,
};

const upvote = createRoute({
  ...common,
  method: "post",
  operationId: "upvote",
  summary: "Upvote a paper; again changes nothing",
});

const take = createRoute({
  ...common,
  method: "delete",
  operationId: "takeUpvoteBack",
  summary: "Take an upvote back; again changes nothing",
});

export function votes(app: ApiApp, service: ApiService): void {
  const { db, limiter } = service;

  app.openapi(upvote, async (c) => {
    const account = await authenticate(service, c.req.raw);
    const { id: paperId } = await findPaper(db, c.req.valid("param").id);
    const now = service.now();
    const taken = takeVote(limiter, { account, paperId, address: c.env.address, now });
    if (!taken.allowed) throw new TooMany("votes", taken);
    const { votes, voted } = await vote(db, { paperId, accountId: account.id, now });
    return c.json({ upvotes: votes, upvoted: voted }, 200);
  });

  app.openapi(take, async (c) => {
    const account = await authenticate(service, c.req.raw);
    const { id: paperId } = await findPaper(db, c.req.valid("param").id);
    const { votes, voted } = await unvote(db, { paperId, accountId: account.id });
    return c.json({ upvotes: votes, upvoted: voted }, 200);
  });
}
