import type { z } from "@hono/zod-openapi";

/** A JSON body that has to be there. */
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { "application/json": { schema } },
});

/** Replies to requests with a body that may be refused before it is looked at. */
export const bodyErrors = [400, 413, 415] as const;
