import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { httpsTransport, type Transport } from "./https-transport.ts";
import { isPublicAddress } from "./public-address.ts";

/** A fetch that was refused or broken off; `reason` says which rule did it. */
export class UnsafeFetch extends Error {
  override readonly name = "UnsafeFetch";
  readonly code = "ERR_UNSAFE_FETCH";
  readonly reason: "url" | "host" | "address" | "redirects" | "size" | "timeout";

  constructor(reason: UnsafeFetch["reason"], message: string) {
    super(`safeFetch: ${message}`);
    this.reason = reason;
  }
}

export interface SafeFetchOptions {
  /** Names that may be asked: `api.github.com` is that name, `.github.com` every name below it. */
  readonly hosts: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Milliseconds for everything together. */
  readonly timeout?: number;
  readonly maxBytes?: number;
  readonly maxRedirects?: number;
  /** All addresses of a name. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  readonly transport?: Transport;
}

export interface Fetched {
  /** Where the answer came from in the end. */
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/**
 * Fetches a URL that somebody else wrote, so that it cannot be turned against our own network:
 * https on port 443 to a listed name only; the name is resolved once, every address it has must be
 * public, and the connection goes to that very address (a second, different answer of the name
 * server is never asked for); redirects, at most `maxRedirects` (3), pass the same checks;
 * `timeout` (10 s) and `maxBytes` (5 MB) bound the whole. Other errors are the network's own. The
 * service itself fetches no such URL: this is for whoever adds something that does.
 * @throws UnsafeFetch with its `reason`; the signal's reason when aborted.
 */
export async function safeFetch(url: string, options: SafeFetchOptions): Promise<Fetched> {
  const { timeout = 10_000, signal } = options;
  const timer = AbortSignal.timeout(timeout);
  const either = signal ? AbortSignal.any([signal, timer]) : timer;
  try {
    return await Promise.race([follow(url, options, either), rejectionOf(either)]);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (timer.aborted) throw new UnsafeFetch("timeout", `no answer within ${timeout} ms`);
    throw error;
  }
}

async function follow(start: string, options: SafeFetchOptions, signal: AbortSignal) {
  const { maxRedirects = 3, transport = httpsTransport(), resolve = resolveAll } = options;
  let url = checkUrl(start, options.hosts);
  let headers = options.headers ?? {};
  for (let hops = 0; ; hops++) {
    const address = await publicAddressOf(url.hostname, resolve);
    signal.throwIfAborted();
    const answer = await transport({ url, address, headers, signal });
    try {
      const location = answer.headers.get("location");
      if (answer.status < 300 || answer.status > 399 || location === null) {
        const body = await read(answer, options.maxBytes ?? 5_000_000);
        return { url: url.href, status: answer.status, headers: answer.headers, body };
      }
      if (hops >= maxRedirects)
        throw new UnsafeFetch("redirects", `more than ${maxRedirects} redirects`);
      const next = checkUrl(location, options.hosts, url);
      // What was meant for one host is not shown to another.
      if (next.hostname !== url.hostname) headers = {};
      url = next;
    } finally {
      answer.end();
    }
  }
}

function checkUrl(text: string, hosts: readonly string[], base?: URL): URL {
  const url = URL.parse(text, base?.href);
  if (url === null) throw new UnsafeFetch("url", "that is no URL");
  if (url.protocol !== "https:") throw new UnsafeFetch("url", `${url.protocol} is not https:`);
  if (url.username !== "" || url.password !== "")
    throw new UnsafeFetch("url", "a URL with a user or password in it");
  if (url.port !== "") throw new UnsafeFetch("url", `port ${url.port} is not 443`);
  const host = url.hostname;
  const listed = hosts.some((h) => (h.startsWith(".") ? host.endsWith(h) : host === h));
  if (!listed || isIP(host.replace(/^\[|\]$/g, "")) !== 0)
    throw new UnsafeFetch("host", `${host} is not on the list`);
  return url;
}

async function publicAddressOf(
  host: string,
  resolve: (host: string) => Promise<readonly string[]>,
): Promise<string> {
  const addresses = await resolve(host);
  const closed = addresses.find((address) => !isPublicAddress(address));
  if (closed !== undefined || addresses[0] === undefined)
    throw new UnsafeFetch("address", `${host} resolves to ${closed ?? "no address"}`);
  return addresses[0];
}

async function read(
  { headers, body }: { headers: Headers; body: AsyncIterable<Uint8Array> },
  maxBytes: number,
): Promise<Uint8Array> {
  const tooLong = () => new UnsafeFetch("size", `more than ${maxBytes} bytes`);
  if (Number(headers.get("content-length") ?? 0) > maxBytes) throw tooLong();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw tooLong();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

const resolveAll = async (host: string) =>
  (await lookup(host, { all: true })).map(({ address }) => address);

const rejectionOf = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
