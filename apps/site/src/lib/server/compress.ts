/** Types that shrink: pages and the data of client-side navigation. Files are compressed already. */
const shrinks = /^(text\/html|application\/json)\b/;

/** Compresses a rendered page for a client that accepts it. */
export function compress(request: Request, response: Response): Response {
  const { headers, body } = response;
  if (!body || headers.has("content-encoding") || !shrinks.test(headers.get("content-type") ?? ""))
    return response;
  headers.append("vary", "accept-encoding");
  if (!/\bgzip\b/.test(request.headers.get("accept-encoding") ?? "")) return response;
  headers.delete("content-length");
  headers.set("content-encoding", "gzip");
  const { status, statusText } = response;
  return new Response(body.pipeThrough(new CompressionStream("gzip")), {
    status,
    statusText,
    headers,
  });
}
