/**
 * `npm start`: builds the site if its sources changed, then serves it on the loopback address.
 * `PORT` (default 3000; 0 picks a free one) and `HOST` choose otherwise.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildIfChanged } from "./build-if-changed.ts";
import { securityHeaders, workerPolicy } from "./src/lib/headers.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface ServeOptions {
  readonly port: number;
  /** Name or address to bind to; the loopback address by default. */
  readonly host?: string | undefined;
}

/** A server that is listening, and where to find it. */
export interface Site {
  readonly url: string;
  readonly server: Server;
}

/** The built application behind the headers that also its files (scripts of workers) need. */
async function loadHandler(): Promise<Handler> {
  const folder = buildIfChanged();
  // Plain HTTP here; a proxy that ends TLS says so in this header.
  process.env.PROTOCOL_HEADER = "x-forwarded-proto";
  const { handler } = (await import(pathToFileURL(join(folder, "handler.js")).href)) as {
    handler: Handler;
  };
  return (request, response) => {
    request.headers["x-forwarded-proto"] ??= "http";
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    if (request.url?.split("?")[0]?.endsWith(".js"))
      response.setHeader("content-security-policy", workerPolicy);
    handler(request, response);
  };
}

/** Takes the port first, so that a second server stops before it touches the build of the first. */
export async function serve({ port, host = "localhost" }: ServeOptions): Promise<Site> {
  // Readers who come while the site is being built wait for it.
  const ready = Promise.withResolvers<Handler>();
  const server = createServer(async (request, response) =>
    (await ready.promise)(request, response),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    // One address for "localhost", whichever the system prefers, or two servers could share a port.
    server.listen(port, host === "localhost" ? "127.0.0.1" : host, resolve);
  });
  try {
    ready.resolve(await loadHandler());
  } catch (error) {
    server.close();
    throw error;
  }
  const name = host === "127.0.0.1" ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return { server, url: `http://${name}:${(server.address() as AddressInfo).port}` };
}

function explain(error: unknown, port: number): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    return `port ${port} is in use: stop the other server, or choose another port with PORT=${port + 1} npm start`;
  if (code === "EACCES")
    return `port ${port} is not allowed for this user: choose one above 1023 with PORT=3000`;
  return message;
}

if (import.meta.main) {
  const port = Number(process.env.PORT ?? 3000);
  if (!(Number.isInteger(port) && port >= 0 && port <= 65535)) {
    console.error(`PORT must be an integer from 0 to 65535, got ${process.env.PORT}`);
    process.exit(1);
  }
  try {
    const { url, server } = await serve({ port, host: process.env.HOST });
    console.log(`Daily Kernel is at ${url}`);
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.once(signal, () => {
        server.close(() => process.exit(0));
        server.closeAllConnections();
      });
  } catch (error) {
    console.error(`daily-kernel: ${explain(error, port)}`);
    process.exit(1);
  }
}
