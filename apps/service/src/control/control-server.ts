import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { equalSafely, newToken } from "@daily-kernel/feed/node";
import type { Service } from "../service.ts";
import { verbs } from "../verbs/verbs.ts";
import type { ControlMessage } from "./messages.ts";
import { removeServerFile, writeServerFile } from "./server-file.ts";

/**
 * Lets commands of this machine's user run inside this process, which alone may touch the data
 * directory: HTTP on a loopback port of its own, a token in a file that only the user can read. One
 * request is one verb, the reply a line of JSON for each thing it says; hanging up cancels it.
 */
export async function openControl(service: Service): Promise<{ close(): Promise<void> }> {
  const { dataDirectory, baseUrl } = service.config;
  const token = newToken();
  const server = createServer((request, response) => {
    answer(service, token, request, response).catch((error) => {
      service.log.error({ err: error }, "the control channel");
      response.destroy();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  writeServerFile(dataDirectory, {
    pid: process.pid,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    site: baseUrl,
    startedAt: service.now().toISOString(),
  });
  return {
    close: async () => {
      removeServerFile(dataDirectory);
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(
  service: Service,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!equalSafely(request.headers.authorization ?? "", `Bearer ${token}`))
    return refuse(response, 401);
  const name = request.url?.slice(1) ?? "";
  const verb = Object.hasOwn(verbs, name) ? verbs[name as keyof typeof verbs] : undefined;
  if (request.method !== "POST" || !verb) return refuse(response, 404);
  const args = JSON.parse(await text(request));
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  const hungUp = new AbortController();
  response.on("close", () => hungUp.abort(new DOMException("cancelled", "AbortError")));
  const signal = AbortSignal.any([hungUp.signal, service.ending]);
  const say = (message: ControlMessage) => response.write(`${JSON.stringify(message)}\n`);
  service.log.info({ verb: name }, "a command begins");
  try {
    const value = await (verb as (...all: unknown[]) => Promise<unknown>)(service, args, {
      progress: (doing: string, fraction?: number) =>
        say({ type: "progress", doing, ...(fraction !== undefined && { fraction }) }),
      data: async (piece: string) => {
        if (!say({ type: "data", text: piece })) await once(response, "drain", { signal });
      },
      signal,
    });
    say({ type: "result", value: value ?? null });
  } catch (error) {
    const { message, code } = error as Error & { code?: unknown };
    if (!signal.aborted) service.log.warn({ err: error, verb: name }, "a command failed");
    say({ type: "error", message, code: typeof code === "string" ? code : null });
  }
  response.end();
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}
