import { z } from "@hono/zod-openapi";
import { count, moment, objectId } from "./fields.ts";

export const CommentReply = z
  .object({
    id: objectId(),
    parentId: objectId().nullable(),
    author: z
      .object({ id: z.string(), name: z.string(), fullName: z.string() })
      .nullable()
      .openapi({ description: "Null where the account or the comment is gone." }),
    body: z.string().openapi({ description: "Markdown with `$...$` mathematics." }),
    html: z.string().openapi({ description: "The body, rendered and safe to show." }),
    createdAt: moment(),
    editedAt: moment().nullable(),
    state: z.enum(["visible", "deleted", "hidden"]),
    depth: count().openapi({ description: "0 for those that answer the paper." }),
  })
  .openapi("Comment");

export const Comments = z.array(CommentReply);

// biome-ignore lint/suspicious/noControlCharactersInRegex: these do not count as text
const visible = /[^\s\u0000-\u001f\u007f]/;

/** Whether there is anything to be seen in a text. */
export const hasWords = (text: string): boolean => visible.test(text);

const words = (max: number) =>
  z.string().max(max).regex(visible, { message: "must not be empty" }).openapi({ minLength: 1 });

export const NewComment = z
  .object({ body: words(10_000), parentId: objectId().nullish() })
  .openapi("NewComment");

export const EditedComment = z.object({ body: words(10_000) }).openapi("EditedComment");

export const Report = z.object({ reason: words(500) }).openapi("Report");
