import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Api } from "../api.ts";

/** A server on a free port of this machine, for an API that is made when its address is known. */
export async function listen(
  make: (url: string) => Promise<Api>,
): Promise<{ url: string; close(): void }> {
  const server: Server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const api = await make(url);
  const listener = getRequestListener((request) => api.fetch(request, { address: "127.0.0.1" }), {
    overrideGlobalObjects: false,
  });
  server.on("request", listener);
  return {
    url,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
