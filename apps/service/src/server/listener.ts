import type { IncomingMessage, ServerResponse } from "node:http";
import { clientAddress, redactText } from "@daily-kernel/feed/node";
import { getRequestListener } from "@hono/node-server";
import { createApi } from "../http/api.ts";
import { isApi } from "../http/is-api.ts";
import type { Service } from "../service.ts";
import { isBadAddress } from "./bad-address.ts";
import { routeLabel } from "./route-label.ts";

export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Where the pages find the address of who is asking and our own name; only we set them. */
export const addressHeader = "x-daily-kernel-address";
export const hostHeader = "x-daily-kernel-host";

/**
 * What every request goes through: who asks is made out once (behind the proxies that are trusted,
 * and no others), the request is counted and timed, and goes to the API or to the pages.
 */
export function createListener(service: Service, pages: Listener): Listener {
  const { config, metrics, log } = service;
  const { fetch } = createApi(service);
  const api = getRequestListener(
    // Not the request's own headers, which are what was sent.
    (request, { incoming }) => fetch(request, { address: String(incoming.headers[addressHeader]) }),
    { overrideGlobalObjects: false },
  );
  const protocol = new URL(config.baseUrl).protocol.slice(0, -1);
  return async (request, response) => {
    const start = performance.now();
    const { method = "GET", headers } = request;
    const path = request.url?.split("?")[0] ?? "/";
    const forwarded = headers["x-forwarded-for"];
    headers[addressHeader] = clientAddress(
      request.socket.remoteAddress ?? "",
      Array.isArray(forwarded) ? forwarded.join(",") : (forwarded ?? null),
      config.trustProxy,
    );
    if (config.trustProxy === 0 || headers["x-forwarded-proto"] === undefined)
      headers["x-forwarded-proto"] = protocol;
    headers[hostHeader] = config.ownHost ?? hostOf(headers.host);
    response.on("close", () => {
      const ms = performance.now() - start;
      const status = response.writableFinished ? response.statusCode : 499;
      metrics.request(routeLabel(path, status), method, status, ms / 1000);
      const line = { method, path: redactText(path), status, ms: Math.round(ms) };
      if (status >= 500) log.error(line, "request");
      else log.debug(line, "request");
    });
    if (isBadAddress(request.url ?? "/"))
      return response.writeHead(400, { "content-type": "text/plain" }).end("No such address.\n");
    try {
      await (isApi(method, path, headers) ? api : pages)(request, response);
    } catch (error) {
      // One reader's failure does not end the process for all.
      log.error({ err: error, method, path: redactText(path) }, "a request failed");
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end();
    }
  };
}

/** The name that a request came for, where it is one. */
const hostOf = (host = "localhost") =>
  /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i.test(host) ? host : "localhost";
