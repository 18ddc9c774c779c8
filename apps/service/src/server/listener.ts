import type { IncomingMessage, ServerResponse } from "node:http";
import { clientAddress, redactText } from "@daily-kernel/feed/node";
import { getRequestListener, RequestError } from "@hono/node-server";
import { createApi } from "../http/api.ts";
import { errorReply } from "../http/error-reply.ts";
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
  const addresses = new WeakMap<IncomingMessage, string>();
  const api = getRequestListener(
    (request, { incoming }) =>
      fetch(request, { address: addresses.get(incoming as IncomingMessage)! }),
    {
      overrideGlobalObjects: false,
      errorHandler: (error) => {
        // An address that is none, such as one with a backslash.
        if (error instanceof RequestError) return badAddress();
        throw error;
      },
    },
  );
  const protocol = new URL(config.baseUrl).protocol.slice(0, -1);
  return async (request, response) => {
    const start = performance.now();
    const { method = "GET", headers } = request;
    const path = request.url?.split("?")[0] ?? "/";
    const forwarded = headers["x-forwarded-for"];
    const address = clientAddress(
      request.socket.remoteAddress ?? "",
      Array.isArray(forwarded) ? forwarded.join(",") : (forwarded ?? null),
      config.trustProxy,
    );
    addresses.set(request, address);
    // The pages' framework reads it from a header and nothing else; whatever was sent is gone.
    headers[addressHeader] = address;
    if (config.trustProxy === 0 || headers["x-forwarded-proto"] === undefined)
      headers["x-forwarded-proto"] = protocol;
    if (headers["x-forwarded-proto"] === "https" && protocol === "https")
      response.setHeader("strict-transport-security", "max-age=31536000");
    headers[hostHeader] = config.ownHost ?? hostOf(headers.host);
    response.on("close", () => {
      const ms = performance.now() - start;
      const status = response.writableFinished ? response.statusCode : 499;
      metrics.request(routeLabel(path, status), method, status, ms / 1000);
      const line = { method, path: redactText(path), status, ms: Math.round(ms) };
      if (status >= 500) log.error(line, "request");
      else log.debug(line, "request");
    });
    if (isBadAddress(request.url ?? "/")) {
      const refusal = badAddress();
      return response
        .writeHead(refusal.status, Object.fromEntries(refusal.headers))
        .end(await refusal.text());
    }
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

const badAddress = () => errorReply(400, "there is no such address", { code: "ERR_INPUT" });

/** The name that a request came for, where it is one. */
const hostOf = (host = "localhost") =>
  /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i.test(host) ? host : "localhost";
