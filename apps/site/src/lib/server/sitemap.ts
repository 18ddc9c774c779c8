import { escapeXml } from "@daily-kernel/service";

/** Most addresses that a sitemap may hold (sitemaps.org, version 0.9). */
export const sitemapSize = 50_000;

/** A page and when it last changed. */
export interface Place {
  readonly url: string;
  readonly changedAt?: Date;
}

const list = (kind: "urlset" | "sitemapindex", item: "url" | "sitemap", places: readonly Place[]) =>
  [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<${kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`,
    ...places.map(
      ({ url, changedAt }) =>
        `<${item}><loc>${escapeXml(url)}</loc>${changedAt ? `<lastmod>${changedAt.toISOString()}</lastmod>` : ""}</${item}>`,
    ),
    `</${kind}>`,
  ].join("\n");

/** A sitemap of pages. */
export const sitemap = (pages: readonly Place[]): string => list("urlset", "url", pages);

/** The list of sitemaps, where one is not enough. */
export const sitemapIndex = (maps: readonly Place[]): string =>
  list("sitemapindex", "sitemap", maps);
