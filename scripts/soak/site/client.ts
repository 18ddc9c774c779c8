import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

export interface Question {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** After so many milliseconds without an answer a request has failed. */
const patience = 30_000;

/**
 * A client of one site process, on connections that are kept. It speaks to the loopback address by
 * the site's own name, as a proxy in front of it would.
 */
export class Client {
  readonly url: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64, scheduling: "lifo" });
  readonly #port: string;

  constructor(url: string) {
    this.url = url;
    this.#port = new URL(url).port;
  }

  /** @throws Error if the connection breaks, or no whole answer comes in time. */
  async ask(question: Question): Promise<Reply> {
    try {
      return await this.#send(question);
    } catch (error) {
      // An idle connection that the server closes at that moment says nothing about the server.
      if (error instanceof StaleConnection) return this.#send(question, false);
      throw error;
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  /** What changes something goes over a connection of its own: it cannot be sent twice. */
  #send(
    { path, method = "GET", headers = {}, body }: Question,
    kept = method === "GET",
  ): Promise<Reply> {
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    const options = {
      host: "127.0.0.1",
      port: this.#port,
      agent: kept ? this.#agent : false,
      method,
      path,
      headers: {
        host: new URL(this.url).host,
        // Node frames the body of a DELETE only if it is told to.
        ...(body && { "content-length": String(Buffer.byteLength(body)) }),
        ...headers,
      },
    };
    const sent = request(options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.once("end", () => {
        const raw = Buffer.concat(chunks);
        const { headers: answered, statusCode = 0 } = incoming;
        try {
          const text = decoded(raw, answered["content-encoding"]);
          resolve({ status: statusCode, headers: answered, body: text });
        } catch (error) {
          reject(error);
        }
      });
    });
    const timer = setTimeout(
      () => sent.destroy(new Error(`no answer in ${patience / 1000} s`)),
      patience,
    );
    sent.on("close", () => clearTimeout(timer));
    sent.on("error", (error: NodeJS.ErrnoException) => {
      const stale = sent.reusedSocket && error.code === "ECONNRESET";
      reject(stale ? new StaleConnection() : error);
    });
    sent.end(body);
    return promise;
  }
}

class StaleConnection extends Error {}

function decoded(raw: Buffer, encoding: string | undefined): string {
  if (raw.length === 0) return "";
  if (encoding === "gzip") return gunzipSync(raw).toString();
  if (encoding === "br") return brotliDecompressSync(raw).toString();
  return raw.toString();
}
