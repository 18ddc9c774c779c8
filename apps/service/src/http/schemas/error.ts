import { z } from "@hono/zod-openapi";

/** What every reply of 400 and above holds; the message stands in `X-Error-Message` too. */
const ErrorReply = z
  .object({
    error: z.string().openapi({ description: "What was wrong, in words." }),
    code: z.string().optional().openapi({ description: "A stable name: `ERR_INPUT`, ..." }),
  })
  .openapi("Error");

const words: Record<number, string> = {
  400: "A parameter or the body is not as described.",
  401: "No valid token or session.",
  403: "Not allowed for this account, or the request came from another site.",
  404: "No such thing.",
  409: "It is there already, or no longer as it was.",
  413: "The body is too large.",
  415: "The body's content type is not the one described.",
  429: "Too many requests: `Retry-After` says when to come back.",
  502: "The upstream source answered wrongly.",
  503: "Not available now: `Retry-After` says when to come back.",
};

/** The error replies of an operation, for its description. */
export const errors = (...statuses: number[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: words[status]!,
        content: { "application/json": { schema: ErrorReply } },
      },
    ]),
  );
