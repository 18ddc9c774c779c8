import { z } from "@hono/zod-openapi";
import { moment, objectId } from "./fields.ts";

export const RunReply = z
  .object({
    id: objectId(),
    paperId: z.string(),
    slug: z.string(),
    preset: z.string(),
    device: z.string(),
    seed: z.int(),
    state: z.enum(["queued", "running", "done", "failed", "cancelled"]),
    progress: z.number().min(0).max(1),
    doing: z.string(),
    error: z.string().nullable(),
    recordId: z
      .string()
      .nullable()
      .openapi({ description: "Of `/records/{recordId}`, when done." }),
    createdAt: moment(),
    startedAt: moment().nullable(),
    finishedAt: moment().nullable(),
    cancelAsked: z.boolean(),
  })
  .openapi("Run");

export const Runs = z.array(RunReply);

export const NewRun = z
  .object({
    preset: z.enum(["quick", "full"]).optional().openapi({ default: "full" }),
    seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional().openapi({ default: 1 }),
  })
  .openapi("NewRun");
