import { FeedError } from "@daily-kernel/feed";
import {
  type Account,
  claimAuthorship,
  getPaper,
  getPaperByObjectId,
  requireRole,
  setLinks,
  submitPaper,
} from "@daily-kernel/feed/node";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiService } from "../api-service.ts";
import type { ApiApp } from "../app.ts";
import { authenticate } from "../authenticate.ts";
import { findPaper } from "../find-paper.ts";
import { body, bodyErrors } from "../schemas/body.ts";
import { hasWords } from "../schemas/comment.ts";
import { errors } from "../schemas/error.ts";
import { httpsAddress, newArxivId, objectId, text } from "../schemas/fields.ts";
import { signedIn } from "../security.ts";
import { takeShare } from "../take-share.ts";

const done = {
  description: "Done.",
  content: { "application/json": { schema: z.object({}).openapi("Nothing") } },
};

const repository = z
  .string()
  .regex(/^https:\/\/github\.com\/[\w.-]{1,100}\/[\w.-]{1,100}\/?$/, {
    message: "must be https://github.com/<owner>/<name>",
  })
  .openapi({ example: "https://github.com/owner/name" });

const indexRoute = createRoute({
  method: "post",
  path: "/api/papers/index",
  operationId: "indexPaper",
  tags: ["submissions"],
  summary: "Let the service read a paper from arXiv; it does not enter the feed",
  security: signedIn,
  request: {
    body: body(
      z
        .object({
          arxivId: newArxivId(),
        })
        .openapi("Index"),
    ),
  },
  responses: { 200: done, ...errors(...bodyErrors, 401, 403, 404, 429, 502) },
});

const submit = createRoute({
  method: "post",
  path: "/api/papers/submit",
  operationId: "submitPaper",
  tags: ["submissions"],
  summary: "Let a paper enter the feed",
  description:
    "For submitters: once a paper, at most 14 days after it came to arXiv, not at weekends, and so many a day.",
  security: signedIn,
  request: {
    body: body(
      z
        .object({
          paperId: newArxivId(),
          comment: z.string().max(10_000).nullish(),
          mediaUrls: z.array(httpsAddress()).max(10).nullish(),
        })
        .openapi("Submission"),
    ),
  },
  responses: { 200: done, ...errors(...bodyErrors, 401, 403, 404, 409, 429, 502) },
});

const links = createRoute({
  method: "post",
  path: "/api/papers/{objectId}/links",
  operationId: "setLinks",
  tags: ["submissions"],
  summary: "Set a paper's project page and repository; `null` takes one away",
  description: "For who submitted the paper, its verified authors and moderators.",
  security: signedIn,
  request: {
    params: z.object({
      objectId: text(1, 200).openapi({
        param: { in: "path", name: "objectId" },
        description: "The paper's `discussionId`, or its arXiv id.",
      }),
    }),
    body: body(
      z
        .object({
          projectPage: httpsAddress().nullish(),
          githubRepo: repository.nullish(),
          organizationId: z.null().optional(),
        })
        .openapi("Links"),
    ),
  },
  responses: { 200: done, ...errors(...bodyErrors, 401, 403, 404, 429) },
});

const claim = createRoute({
  method: "post",
  path: "/api/settings/papers/claim",
  operationId: "claimAuthorship",
  tags: ["submissions"],
  summary: "Say that an account is one of a paper's authors",
  description: "Readers say it of themselves; what a moderator says is verified.",
  security: signedIn,
  request: {
    body: body(
      z
        .object({ paperId: text(1, 100), claimAuthorId: objectId(), targetUserId: objectId() })
        .openapi("AuthorClaim"),
    ),
  },
  responses: {
    200: {
      description: "How it stands.",
      content: {
        "application/json": {
          schema: z
            .object({ status: z.enum(["claimed", "claimed_verified"]) })
            .openapi("AuthorClaimResult"),
        },
      },
    },
    ...errors(...bodyErrors, 401, 403, 404, 409, 429),
  },
});

export function submissions(app: ApiApp, service: ApiService): void {
  const { db } = service;
  const index = async (id: string, by: Account) => {
    // Each waits its turn at arXiv, three seconds: a long line would hold up the harvest.
    takeShare(service, "index", by.id, "papers to index");
    if (service.indexPaper === undefined)
      throw new FeedError("ERR_UPSTREAM", "this service does not ask arXiv");
    await service.indexPaper(id);
  };

  app.openapi(indexRoute, async (c) => {
    const account = await authenticate(service, c.req.raw);
    await index(c.req.valid("json").arxivId, account);
    return c.json({}, 200);
  });

  app.openapi(submit, async (c) => {
    const account = await authenticate(service, c.req.raw);
    requireRole(account, "submitter");
    const { paperId, comment, mediaUrls } = c.req.valid("json");
    if (!(await getPaper(db, paperId))) await index(paperId, account);
    await submitPaper(db, {
      paperId,
      accountId: account.id,
      ...(comment && hasWords(comment) && { comment }),
      ...(mediaUrls && { mediaUrls }),
      ...(service.submissions && { rules: service.submissions }),
      now: service.now(),
    });
    return c.json({}, 200);
  });

  app.openapi(links, async (c) => {
    const by = await authenticate(service, c.req.raw);
    const { objectId: name } = c.req.valid("param");
    const paper = (await getPaperByObjectId(db, name)) ?? (await findPaper(db, name));
    const { projectPage, githubRepo } = c.req.valid("json");
    const now = service.now();
    await setLinks(db, { paperId: paper.id, links: { projectPage, githubRepo }, by, now });
    return c.json({}, 200);
  });

  app.openapi(claim, async (c) => {
    const by = await authenticate(service, c.req.raw);
    const { paperId: name, claimAuthorId: authorId, targetUserId: accountId } = c.req.valid("json");
    const { id: paperId } = await findPaper(db, name);
    const said = { paperId, authorId, accountId, by, now: service.now() };
    return c.json(await claimAuthorship(db, said), 200);
  });
}
