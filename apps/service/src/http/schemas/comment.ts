import { z } from "@hono/zod-openapi";
import { count, moment, objectId, text } from "./fields.ts";

export const CommentReply = z
  .object({
    id: objectId(),
    parentId: objectId().nullable(),
    author: z
      .object({ id: z.string(), name: z.string(), fullName: z.string() })
      .nullable()
      .openapi({ description: "Null once the account is deleted." }),
    body: z.string().openapi({ description: "Markdown with `$...$` mathematics." }),
    html: z.string().openapi({ description: "The body, rendered and safe to show." }),
    createdAt: moment(),
    editedAt: moment().nullable(),
    state: z.enum(["visible", "deleted", "hidden"]),
    depth: count(),
  })
  .openapi("Comment");

export const Comments = z
  .object({ comments: z.array(CommentReply), total: count() })
  .openapi("Comments");

const body = text(1, 10_000);

export const NewComment = z.object({ body, parentId: objectId().nullish() }).openapi("NewComment");

export const EditedComment = z.object({ body }).openapi("EditedComment");
