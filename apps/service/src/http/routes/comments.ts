import { notFoundError, renderThread } from "@daily-kernel/feed";
import {
  addComment,
  type CommentView,
  deleteComment,
  editComment,
  listComments,
  reportComment,
} from "@daily-kernel/feed/node";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiService } from "../api-service.ts";
import type { ApiApp } from "../app.ts";
import { authenticate } from "../authenticate.ts";
import { findPaper } from "../find-paper.ts";
import { body, bodyErrors } from "../schemas/body.ts";
import { CommentReply, Comments, EditedComment, NewComment, Report } from "../schemas/comment.ts";
import { errors } from "../schemas/error.ts";
import { integerParameter, objectId } from "../schemas/fields.ts";
import { CommentId, PaperId } from "../schemas/parameters.ts";
import { signedIn } from "../security.ts";
import { takeShare } from "../take-share.ts";

const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { "application/json": { schema } },
});
const nothing = z.object({}).openapi("Nothing");

const list = createRoute({
  method: "get",
  path: "/api/papers/{id}/comments",
  operationId: "listComments",
  tags: ["comments"],
  summary: "A paper's comments, each followed by its replies",
  description: 'The reply\'s `Link: <...>; rel="next"` leads on; without it, the end is reached.',
  request: {
    params: PaperId,
    query: z.object({
      after: objectId()
        .optional()
        .openapi({ description: "A comment of this paper: those that follow it in the thread." }),
      limit: integerParameter({
        min: 1,
        max: 1000,
        default: 500,
        description: "How many comments.",
      }),
    }),
  },
  responses: {
    200: {
      ...json("The thread, or a page of it.", Comments),
      headers: z.object({ Link: z.string().optional() }),
    },
    ...errors(400, 404, 429),
  },
});

const add = createRoute({
  method: "post",
  path: "/api/papers/{id}/comments",
  operationId: "addComment",
  tags: ["comments"],
  summary: "Comment on a paper, or reply to a comment",
  security: signedIn,
  request: { params: PaperId, body: body(NewComment) },
  responses: {
    201: json("The new comment.", CommentReply),
    ...errors(...bodyErrors, 401, 403, 404, 409, 429),
  },
});

const edit = createRoute({
  method: "patch",
  path: "/api/papers/{id}/comments/{commentId}",
  operationId: "editComment",
  tags: ["comments"],
  summary: "Change one's own comment",
  security: signedIn,
  request: { params: CommentId, body: body(EditedComment) },
  responses: {
    200: json("The changed comment.", CommentReply),
    ...errors(...bodyErrors, 401, 403, 404, 409, 429),
  },
});

const remove = createRoute({
  method: "delete",
  path: "/api/papers/{id}/comments/{commentId}",
  operationId: "deleteComment",
  tags: ["comments"],
  summary: "Delete one's own comment; replies to it stay",
  security: signedIn,
  request: { params: CommentId },
  responses: { 200: json("It is gone.", nothing), ...errors(400, 401, 403, 404, 409, 429) },
});

const report = createRoute({
  method: "post",
  path: "/api/papers/{id}/comments/{commentId}/reports",
  operationId: "reportComment",
  tags: ["comments"],
  summary: "Tell the moderators of a comment",
  security: signedIn,
  request: { params: CommentId, body: body(Report) },
  responses: {
    200: json("It is noted.", nothing),
    ...errors(...bodyErrors, 401, 403, 404, 409, 429),
  },
});

export function comments(app: ApiApp, service: ApiService): void {
  const { config, db } = service;

  app.openapi(list, async (c) => {
    const { id } = await findPaper(db, c.req.valid("param").id);
    const { after, limit = 500 } = c.req.valid("query");
    const thread = await listComments(db, id);
    const begin = after === undefined ? 0 : 1 + thread.findIndex((comment) => comment.id === after);
    if (after !== undefined && begin === 0)
      throw notFoundError(`there is no comment ${after} on ${id}`);
    const page = thread.slice(begin, begin + limit);
    if (begin + limit < thread.length) {
      const query = new URLSearchParams({ after: page.at(-1)!.id, limit: String(limit) });
      const url = `${config.baseUrl}/api/papers/${id}/comments?${query}`;
      c.header("Link", `<${url}>; rel="next"`);
    }
    return c.json(commentReplies(page), 200);
  });

  app.openapi(add, async (c) => {
    const account = await authenticate(service, c.req.raw);
    const { id: paperId } = await findPaper(db, c.req.valid("param").id);
    takeShare(service, "comments", account.id, "comments");
    const { body, parentId = null } = c.req.valid("json");
    const comment = { paperId, accountId: account.id, parentId, body, now: service.now() };
    const { id } = await addComment(db, comment);
    return c.json(await commentOf(paperId, id), 201);
  });

  app.openapi(edit, async (c) => {
    const account = await authenticate(service, c.req.raw);
    const { id: name, commentId } = c.req.valid("param");
    const { id: paperId } = await findPaper(db, name);
    takeShare(service, "comments", account.id, "comments");
    const { body } = c.req.valid("json");
    await editComment(db, { paperId, commentId, accountId: account.id, body, now: service.now() });
    return c.json(await commentOf(paperId, commentId), 200);
  });

  app.openapi(remove, async (c) => {
    const account = await authenticate(service, c.req.raw);
    const { id: name, commentId } = c.req.valid("param");
    const { id: paperId } = await findPaper(db, name);
    await deleteComment(db, { paperId, commentId, accountId: account.id, now: service.now() });
    return c.json({}, 200);
  });

  app.openapi(report, async (c) => {
    const account = await authenticate(service, c.req.raw);
    const { id: name, commentId } = c.req.valid("param");
    const { id: paperId } = await findPaper(db, name);
    takeShare(service, "reports", account.id, "reports");
    const { reason } = c.req.valid("json");
    const comment = { paperId, commentId, accountId: account.id, now: service.now() };
    await reportComment(db, { ...comment, reason });
    return c.json({}, 200);
  });

  async function commentOf(paperId: string, id: string) {
    const found = (await listComments(db, paperId)).find((comment) => comment.id === id);
    if (!found) throw notFoundError(`there is no comment ${id} on ${paperId}`);
    return commentReplies([found])[0]!;
  }
}

function commentReplies(comments: readonly CommentView[]) {
  const html = renderThread(comments.map(({ body }) => body));
  return comments.map((comment, i) => ({
    id: comment.id,
    parentId: comment.parentId,
    author: comment.author,
    body: comment.body,
    html: html[i]!,
    createdAt: comment.createdAt.toISOString(),
    editedAt: comment.editedAt?.toISOString() ?? null,
    state: comment.state,
    depth: comment.depth,
  }));
}
