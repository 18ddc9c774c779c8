import { OpenAPIHono, type z } from "@hono/zod-openapi";
import { errorReply } from "./error-reply.ts";

export interface Environment {
  readonly Bindings: {
    /** The address of who asks. */
    readonly address: string;
  };
}

export type ApiApp = OpenAPIHono<Environment>;

/** An application whose refusals of bad input have our form. */
export const newApp = (): ApiApp =>
  new OpenAPIHono<Environment>({
    defaultHook: (result) => {
      if (result.success) return undefined;
      return errorReply(400, inWords(result.error), { code: "ERR_INPUT" });
    },
  });

/** What was wrong with the input, by the names of its parts. */
const inWords = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, 5)
    .map(({ path, message }) => {
      const name = path.map(String).join(".").slice(0, 100);
      return name === "" ? message : `${name}: ${message}`;
    })
    .join("; ");

/** A reply that is not JSON, where the router's types know of JSON only. */
export const otherThanJson = (body: string, headers: Record<string, string>): never =>
  new Response(body, { headers }) as never;
