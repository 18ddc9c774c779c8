import type { IncomingHttpHeaders } from "node:http";
import { type RequestOptions, request } from "node:https";
import { isIP } from "node:net";

/** One request to one address. */
export interface Target {
  readonly url: URL;
  /** The address to connect to, whatever the name of the URL resolves to now. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array>;
  /** Drops the connection, with whatever has not been read. */
  end(): void;
}

export type Transport = (target: Target) => Promise<Answer>;

/**
 * HTTPS to the address that was chosen: the name in the URL is for TLS (whose certificate must
 * carry it) and for the `Host` header, and is not resolved again.
 */
export const httpsTransport =
  (options: RequestOptions = {}): Transport =>
  ({ url, address, headers, signal }) =>
    new Promise((resolve, reject) => {
      const family = isIP(address);
      const asked = request(url, {
        agent: false,
        servername: url.hostname,
        headers: { ...headers, "accept-encoding": "identity" },
        signal,
        lookup: (_name, { all }, done) =>
          all ? done(null, [{ address, family }]) : done(null, address, family),
        ...options,
      });
      asked.on("error", reject);
      asked.on("response", (response) =>
        resolve({
          status: response.statusCode ?? 0,
          headers: headersOf(response.headers),
          body: response,
          end: () => asked.destroy(),
        }),
      );
      asked.end();
    });

function headersOf(raw: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw))
    for (const one of Array.isArray(value) ? value : [value ?? ""]) headers.append(name, one);
  return headers;
}
