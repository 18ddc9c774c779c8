import type { ApiApp } from "./app.ts";
import { sessionCookieName } from "./session-cookie.ts";

/** The OpenAPI 3.1 document, from the schemas that check the requests. */
export function description(app: ApiApp, baseUrl: string) {
  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    description: "A token from the account page: `Authorization: Bearer dk_...`.",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: sessionCookieName(baseUrl),
    description: "The session of a signed-in browser; only for requests from this site's pages.",
  });
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Daily Kernel",
      version: "1",
      description:
        "A daily-papers service in which every paper runs. What Hugging Face's papers API answers, this one answers in the same form; reproductions, comments, votes, feeds and subscriptions are added.",
      license: { name: "MIT" },
    },
    servers: [{ url: baseUrl }],
  });
}

/** The operations of a description. */
export const operationsOf = ({ paths = {} }: ReturnType<typeof description>) =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => ({ path, method })),
  );
