import { z } from "@hono/zod-openapi";
import { objectId, text } from "./fields.ts";

export const PaperId = z.object({
  id: text(1, 200).openapi({
    param: { in: "path", name: "id" },
    description: "arXiv id (a version is ignored), or the name of the room the paper runs in.",
    example: "2409.08729",
  }),
});

export const CommentId = PaperId.extend({
  commentId: objectId().openapi({ param: { in: "path", name: "commentId" } }),
});

export const RunId = PaperId.extend({
  runId: objectId().openapi({ param: { in: "path", name: "runId" } }),
});

export const RecordId = PaperId.extend({
  recordId: objectId().openapi({ param: { in: "path", name: "recordId" } }),
});
