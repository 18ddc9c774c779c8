import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A page under test: where it is served from, and how to stop serving it. */
export interface ServedPage extends AsyncDisposable {
  /** `http://localhost:PORT/`. */
  url: string;
}

/**
 * Serves one page on localhost that runs `script` as a module, cross-origin isolated (shared
 * memory works) unless told otherwise.
 */
export async function servePage(
  script: string,
  options: { isolated?: boolean } = {},
): Promise<ServedPage> {
  const isolation = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
  };
  const files: Record<string, [type: string, body: string]> = {
    "/": [
      "text/html; charset=utf-8",
      `<!doctype html><title>test</title><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>`,
    ],
    "/page.js": ["text/javascript; charset=utf-8", script],
  };
  const server = createServer((request, response) => {
    const file = files[request.url ?? ""];
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    const headers = options.isolated === false ? {} : isolation;
    response.writeHead(200, { "Content-Type": file[0], ...headers }).end(file[1]);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "localhost", resolve);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
