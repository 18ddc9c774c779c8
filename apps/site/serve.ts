/**
 * `npm start`: builds the site if its sources changed, then serves it on the loopback address, with
 * everything behind it (database, jobs, mail, API) in this process. The environment chooses
 * otherwise; see `docs/running.md`.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  addressHeader,
  createListener,
  drain,
  hostHeader,
  type Listener,
  openService,
  readConfig,
  type Service,
} from "@daily-kernel/service";
import { buildIfChanged } from "./build-if-changed.ts";
import { securityHeaders, workerPolicy } from "./src/lib/headers.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A server that is listening, and where to find it. */
export interface Site {
  readonly url: string;
  readonly server: Server;
  readonly service: Service;
}

/** The built application behind the headers that also its files (scripts of workers) need. */
async function loadPages(service: Service): Promise<Listener> {
  const folder = buildIfChanged();
  // Read once, when the application is loaded.
  Object.assign(process.env, {
    PROTOCOL_HEADER: "x-forwarded-proto",
    HOST_HEADER: hostHeader,
    ADDRESS_HEADER: addressHeader,
  });
  Object.assign(globalThis, { [Symbol.for("daily-kernel.service")]: service });
  const { handler } = (await import(pathToFileURL(join(folder, "handler.js")).href)) as {
    handler: Listener;
  };
  return (request, response) => {
    if (request.url?.split("?")[0]?.endsWith(".js"))
      response.setHeader("content-security-policy", workerPolicy);
    return handler(request, response);
  };
}

function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
}

/** Takes the port first, so that a second server stops before it touches the build of the first. */
export async function serve(env: NodeJS.ProcessEnv = process.env): Promise<Site> {
  const { port, host } = readConfig(env, { root });
  // Readers who come while the site is being built wait for it.
  const ready = Promise.withResolvers<Listener>();
  const server = createServer(async (request: IncomingMessage, response) => {
    const listener = await ready.promise;
    setSecurityHeaders(response);
    await listener(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    // One address for "localhost", whichever the system prefers, or two servers could share a port.
    server.listen(port, host === "localhost" ? "127.0.0.1" : host, resolve);
  });
  const listening = (server.address() as AddressInfo).port;
  try {
    const service = await openService(readConfig(env, { root, listening }), { root });
    ready.resolve(createListener(service, await loadPages(service)));
    await service.start();
    const name = host === "127.0.0.1" ? "localhost" : host.includes(":") ? `[${host}]` : host;
    return { server, service, url: `http://${name}:${listening}` };
  } catch (error) {
    server.close();
    server.closeAllConnections();
    throw error;
  }
}

function explain(error: unknown): string {
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === "EADDRINUSE")
    return `port ${port} is in use: stop the other server, or choose another port with PORT=${port! + 1} npm start`;
  if (code === "EACCES" && port !== undefined)
    return `port ${port} is not allowed for this user: choose one above 1023 with PORT=3000`;
  return typeof code === "string" ? message : (error as Error).stack!;
}

/** How long requests under way may take to finish, and the whole end may take, in milliseconds. */
const [forRequests, forAll] = [5_000, 10_000];

/** Lets requests finish, stops the jobs, closes the database. */
async function end({ server, service }: Site): Promise<never> {
  setTimeout(() => process.exit(1), forAll).unref();
  service.end();
  await drain(server, forRequests);
  await service.close();
  process.exit(0);
}

if (import.meta.main) {
  try {
    const site = await serve();
    console.log(`Daily Kernel is at ${site.url}`);
    let ending = false;
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.on(signal, () => {
        // A second signal does not wait.
        if (ending) process.exit(1);
        ending = true;
        end(site);
      });
  } catch (error) {
    console.error(`daily-kernel: ${explain(error)}`);
    process.exit(1);
  }
}
