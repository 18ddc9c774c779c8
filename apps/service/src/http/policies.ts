/** The limits that requests count against, by the network they come from. */
export type RequestBucket = "api" | "search";

/** What holds for a route beside its description. */
export interface Policy {
  readonly bucket: RequestBucket | null;
  /** Whether what is read there follows from the papers alone, so that it may be kept. */
  readonly cached: boolean;
  /** `Cache-Control` of what is read there. */
  readonly control: string;
  /** Whether a method takes a body of JSON. */
  json(method: string): boolean;
}

const feedControl = "public, max-age=60, stale-while-revalidate=600";
const freshControl = "no-cache";

const kept = new Set([
  "/api/daily_papers",
  "/api/papers",
  "/api/papers/{id}",
  "/api/papers/{id}/claims",
  "/api/arxiv/{id}/repos",
  "/papers/{id}.md",
  "/openapi.json",
]);
const feeds = new Set(["/feed.atom", "/rss.xml", "/feed.json"]);
const searches = new Set(["/api/papers/search", "/api/papers/{id}/similar"]);
const unlimited = new Set(["/healthz", "/metrics"]);
/** POSTs whose body is not JSON, or not looked at. */
const bodiless = new Set(["/u/{token}", "/api/papers/{id}/upvote"]);

/** Reading is cheap to check again (`ETag`), so only feeds may be old for a while. */
export const policyOf = (path: string): Policy => ({
  bucket: unlimited.has(path) ? null : searches.has(path) ? "search" : "api",
  cached: kept.has(path) || feeds.has(path),
  control: feeds.has(path) || path === "/api/daily_papers" ? feedControl : freshControl,
  json: (method) => (method === "POST" || method === "PATCH") && !bodiless.has(path),
});
