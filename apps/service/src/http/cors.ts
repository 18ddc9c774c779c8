import { allowed, type Route } from "./route-table.ts";

/**
 * Any page may read: nothing that is read depends on who asks, and cookies do not go along. Writing
 * from other sites' pages is not allowed.
 */
export const corsHeaders: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers":
    "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Error-Code, X-Error-Message",
};

/** The answer to OPTIONS: what may be done here, and what of it other sites' pages may do. */
export const preflight = (route: Route): Response =>
  new Response(null, {
    status: 204,
    headers: {
      ...corsHeaders,
      allow: allowed(route),
      "access-control-allow-methods": "GET, HEAD, OPTIONS",
      "access-control-allow-headers": "Accept, Authorization, Content-Type, If-None-Match",
      "access-control-max-age": "86400",
    },
  });
