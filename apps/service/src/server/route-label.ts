/** The words that addresses of ours are made of; whatever else stands in one is somebody's data. */
const words = new Set(
  `_app about account admin api arxiv claims comments confirm daily_papers data date docs feed.atom
  feed.json healthz immutable index ledger links login logout me metrics month openapi.json outbox
  papers passkeys preferences reports reproduction robots.txt rss.xml runs search sessions settings
  share signin sitemap.xml submit subscribe subscriptions tokens trending u unsubscribe upvote
  votes week`.split(/\s+/),
);

/**
 * The route for the metrics: the address with everything but our own words replaced by `:`. What
 * was not found has no route, so that strangers cannot make up new ones.
 */
export function routeLabel(path: string, status: number): string {
  if (status === 404) return "none";
  const parts = path.split("/").slice(1, 6);
  return `/${parts.map((part) => (part === "" || words.has(part) ? part : ":")).join("/")}`;
}
