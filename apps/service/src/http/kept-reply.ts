import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { etagOf, gzipTag, matches } from "./etag.ts";
import type { Kept } from "./response-cache.ts";

const compress = promisify(gzip);
/** Shorter replies gain nothing by compression. */
const worthIt = 1400;

/** A good reply as it can be sent again and again; `null` for any other. */
export async function keep(
  reply: Response,
  control: string,
  options: { compressed: boolean },
): Promise<Kept | null> {
  if (reply.status !== 200) return null;
  const body = new Uint8Array(await reply.arrayBuffer());
  const etag = etagOf(body);
  const headers = new Headers(reply.headers);
  headers.set("cache-control", control);
  const small = !options.compressed || body.length < worthIt;
  if (!small) headers.append("vary", "Accept-Encoding");
  return {
    body,
    etag,
    gzip: small ? null : once(async () => new Uint8Array(await compress(body))),
    headers: [...headers],
  };
}

/**
 * The reply to a request: compressed for who takes that, and 304 for who has it already. A reply that
 * may be the only one of its kind is not worth compressing (`fresh`).
 */
export async function fromKept(
  request: Request,
  { body, gzip, etag, headers }: Kept,
  more: Readonly<Record<string, string>>,
  { fresh = false } = {},
): Promise<Response> {
  const compressed = gzip !== null && !fresh && takesGzip(request.headers.get("accept-encoding"));
  const all: [string, string][] = [
    ...(headers as [string, string][]),
    ...Object.entries(more),
    ["etag", compressed ? gzipTag(etag) : etag],
  ];
  if (matches(request.headers.get("if-none-match"), etag))
    return new Response(null, {
      status: 304,
      headers: all.filter(([name]) => name !== "content-type"),
    });
  const sent = compressed ? await gzip() : body;
  all.push(["content-length", String(sent.length)]);
  if (compressed) all.push(["content-encoding", "gzip"]);
  return new Response(sent, { headers: all });
}

const takesGzip = (acceptEncoding: string | null): boolean =>
  (acceptEncoding ?? "")
    .toLowerCase()
    .split(",")
    .some((part) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$)[\d.]+\s*)?$/.test(part));

/** The work done once, at the first call. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
