import { escapeOldId } from "./old-ids.ts";

const fixed = new Set([
  "/openapi.json",
  "/feed.atom",
  "/rss.xml",
  "/feed.json",
  "/healthz",
  "/metrics",
]);

/**
 * Whether the API answers a request; all others are pages. A paper's address is both: the API's for
 * who asks for Markdown (`Accept: text/markdown`, or `.md` at its end).
 */
export function isApi(
  method: string,
  path: string,
  headers: { readonly accept?: string | undefined },
): boolean {
  if (path.startsWith("/api/") || fixed.has(path)) return true;
  // The mail program's one-click POST; the page that a reader opens is the site's.
  if (method === "POST" && /^\/u\/[^/]+$/.test(path)) return true;
  if (!path.startsWith("/papers/")) return false;
  const paper = /^\/papers\/[^/]+?(\.md)?$/.exec(escapeOldId(path));
  if (!paper) return false;
  const reading = method === "GET" || method === "HEAD";
  return paper[1] !== undefined || (reading && prefersMarkdown(headers.accept));
}

/** Whether Markdown is asked for by name, and HTML not more so. */
function prefersMarkdown(accept = ""): boolean {
  const weights = new Map<string, number>();
  for (const part of accept.slice(0, 1000).split(",")) {
    const [type = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith("q="));
    weights.set(type, q === undefined ? 1 : Number(q.slice(2)) || 0);
  }
  const markdown = weights.get("text/markdown") ?? 0;
  return markdown > 0 && markdown >= (weights.get("text/html") ?? 0);
}
