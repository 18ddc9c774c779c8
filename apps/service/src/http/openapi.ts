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
  const document = app.getOpenAPI31Document({
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
  joinPeriods(document);
  return document;
}

type Document = ReturnType<ApiApp["getOpenAPI31Document"]>;

/**
 * Says that at most one of `date`, `week` and `month` may be given: as one parameter, an object that
 * is written into the query member by member.
 */
function joinPeriods({ paths = {} }: Document): void {
  const operation = paths["/api/daily_papers"]?.get;
  const parameters = (operation?.parameters ?? []).filter((one) => "name" in one);
  const names = ["date", "week", "month"];
  const members = parameters.filter(({ name }) => names.includes(name));
  if (!operation || members.length < names.length) return;
  operation.parameters = [
    ...parameters.filter(({ name }) => !names.includes(name)),
    {
      name: "period",
      in: "query",
      required: false,
      style: "form",
      explode: true,
      description: "`?date=`, `?week=` or `?month=`; at most one of them.",
      schema: {
        type: "object",
        maxProperties: 1,
        additionalProperties: false,
        properties: Object.fromEntries(members.map(({ name, schema }) => [name, schema!])),
      },
    },
  ];
}

/** The operations of a description. */
export const operationsOf = ({ paths = {} }: ReturnType<typeof description>) =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => ({ path, method })),
  );
