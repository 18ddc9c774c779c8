import type { Server } from "node:http";

/**
 * Takes no more requests, lets those under way finish, and cuts what is left after `ms`. Resolves
 * when no connection is left.
 */
export function drain(server: Server, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const cut = setTimeout(() => server.closeAllConnections(), ms);
  server.close(() => {
    clearTimeout(cut);
    resolve();
  });
  server.closeIdleConnections();
  return promise;
}
