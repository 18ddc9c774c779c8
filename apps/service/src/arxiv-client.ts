import { ArxivClient } from "@daily-kernel/feed/node";
import type { Config } from "./config.ts";

/** The process's one client, which says who asks: arXiv writes to the address if it is too much. */
export function arxivClient({ arxivUrl, baseUrl, adminEmail }: Config): ArxivClient {
  const contact = adminEmail === null ? baseUrl : `${baseUrl}; mailto:${adminEmail}`;
  const base = arxivUrl?.replace(/\/$/, "");
  return new ArxivClient({
    userAgent: `daily-kernel/1.0 (${contact})`,
    ...(base && {
      baseUrls: { oai: `${base}/oai`, query: `${base}/api/query`, rss: `${base}/rss` },
    }),
  });
}
