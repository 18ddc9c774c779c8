import { service } from "#lib/server/service.ts";
import type { RequestHandler } from "./$types";

/** What is for one reader, or costs much, is not for robots. */
export const GET: RequestHandler = () =>
  new Response(
    [
      "User-agent: *",
      ...[
        "/account",
        "/admin",
        "/outbox",
        "/runs/",
        "/search?",
        "/sign-in",
        "/subscribe/",
        "/u/",
      ].map((path) => `Disallow: ${path}`),
      `Sitemap: ${service().config.baseUrl}/sitemap.xml`,
      "",
    ].join("\n"),
    { headers: { "content-type": "text/plain; charset=utf-8" } },
  );
