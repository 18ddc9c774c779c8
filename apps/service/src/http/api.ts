import { rateLimitHeaders } from "@daily-kernel/feed/node";
import type { ApiService } from "./api-service.ts";
import { assemble } from "./assemble.ts";
import { corsHeaders, preflight } from "./cors.ts";
import { errorReply, toldError } from "./error-reply.ts";
import { fromKept, keep } from "./kept-reply.ts";
import { escapeOldId } from "./old-ids.ts";
import { policyOf } from "./policies.ts";
import { takeRequest } from "./rate-limits.ts";
import { jsonText, readBody } from "./read-body.ts";
import { ResponseCache } from "./response-cache.ts";
import { RevisionWatch } from "./revision-watch.ts";
import { allowed, type Route, RouteTable } from "./route-table.ts";

/** Who is at the other end. */
interface Remote {
  /** The client's address, proxies that are trusted already looked through. */
  readonly address: string;
}

/** The HTTP API. It answers every request, what it does not know with 404. */
export interface Api {
  fetch(request: Request, remote: Remote): Promise<Response>;
}

type Fields = Record<string, string>;

export function createApi(service: ApiService): Api {
  const { app, operations } = assemble(service);
  const routes = new RouteTable(operations);
  const cache = new ResponseCache({ maxBytes: 64 * 2 ** 20, lifetime: 300_000 });
  const revision = new RevisionWatch(service.database);

  async function fetch(request: Request, { address }: Remote): Promise<Response> {
    const url = new URL(request.url);
    const path = escapeOldId(url.pathname);
    const route = routes.find(path) ?? routes.find(path.replace(/^(\/papers\/[^/]+)$/, "$1.md"));
    const method = request.method === "HEAD" ? "GET" : request.method;
    const reply = await answer({ request, method, url, path, route, address });
    if (request.method !== "HEAD" || reply.body === null) return reply;
    await reply.body.cancel();
    return new Response(null, reply);
  }

  async function answer(asked: Asked): Promise<Response> {
    const { request, method, url, route, address } = asked;
    if (route === null) return errorReply(404, "there is nothing at this address", notFound);
    if (method === "OPTIONS") return preflight(route);
    if (!route.methods.includes(method)) {
      const message = `${method.slice(0, 20)} is not possible here, only ${allowed(route)}`;
      const headers = { allow: allowed(route) };
      return errorReply(405, message, { code: "ERR_METHOD", headers });
    }
    const policy = policyOf(route.path);
    const taken = policy.bucket && takeRequest(service, policy.bucket, address);
    const headers: Fields = {
      ...(taken && rateLimitHeaders(taken)),
      ...(method === "GET" && corsHeaders),
      "x-content-type-options": "nosniff",
    };
    if (taken && !taken.allowed) {
      const message = `too many requests: come back in ${taken.reset} seconds`;
      return errorReply(429, message, { code: "ERR_LIMIT", headers });
    }
    if (method !== "GET") return withHeaders(await handled(asked), headers);
    if (!policy.cached) return tagged(request, await handled(asked), headers, policy.control);
    const key = `${route.path} ${url.pathname}${url.search}`;
    const now = performance.now();
    const state = await revision.current(now);
    const kept = cache.get(key, state, now);
    if (kept) return fromKept(request, kept, headers);
    const reply = await handled(asked);
    const made = await keep(reply, policy.control, { compressed: true });
    if (!made) return withHeaders(reply, headers);
    cache.set(key, state, now, made);
    return fromKept(request, made, headers, { fresh: true });
  }

  /** Through the application, its errors as replies; nothing is thrown. */
  async function handled({ request, method, url, path, route, address }: Asked): Promise<Response> {
    try {
      const inner = new URL(path.replace(/^(\/papers\/[^/]+)\.md$/, "$1") + url.search, url);
      if (inner.href.includes("%00"))
        return errorReply(400, "an address holds no U+0000", badInput);
      const body = method === "GET" ? null : await readBody(request);
      const type = request.headers.get("content-type");
      const json =
        body !== null && policyOf(route!.path).json(method) ? jsonText(body, type) : null;
      const forwarded = new Request(inner, {
        method,
        headers: request.headers,
        signal: request.signal,
        ...(json !== null && { body: json }),
      });
      return await app.fetch(forwarded, { address });
    } catch (error) {
      return failed(error, request);
    }
  }

  function failed(error: unknown, request: Request): Response {
    const told = toldError(error);
    if (told) return told;
    service.log.error({ error, method: request.method }, "api");
    return errorReply(500, "something went wrong here; it has been noted", {
      code: "ERR_INTERNAL",
    });
  }

  app.onError((error, c) => failed(error, c.req.raw));
  app.notFound(() => errorReply(404, "there is nothing at this address", notFound));
  return { fetch };
}

interface Asked {
  readonly request: Request;
  readonly method: string;
  readonly url: URL;
  readonly path: string;
  readonly route: Route | null;
  readonly address: string;
}

const notFound = { code: "ERR_NOT_FOUND" };
const badInput = { code: "ERR_INPUT" };

/** A reply that is made anew each time gets its tag too, unless it flows on and on. */
async function tagged(request: Request, reply: Response, headers: Fields, control: string) {
  const flows = reply.headers.get("content-type")?.startsWith("text/event-stream");
  if (reply.status !== 200 || flows) return withHeaders(reply, headers);
  const own = reply.headers.get("cache-control") ?? control;
  const kept = await keep(reply, own, { compressed: false });
  return kept ? fromKept(request, kept, headers) : reply;
}

function withHeaders(reply: Response, headers: Fields): Response {
  for (const [name, value] of Object.entries(headers)) reply.headers.set(name, value);
  return reply;
}
