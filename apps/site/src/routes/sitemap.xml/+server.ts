import { service } from "#lib/server/service.ts";
import { sitemap, sitemapIndex } from "#lib/server/sitemap.ts";
import { sitemapCount, sitemapPlaces } from "#lib/server/sitemap-papers.ts";
import type { RequestHandler } from "./$types";

export const GET: RequestHandler = async () => {
  const maps = await sitemapCount();
  const { baseUrl } = service().config;
  const body =
    maps === 1
      ? sitemap(await sitemapPlaces(1))
      : sitemapIndex(
          Array.from({ length: maps }, (_, i) => ({ url: `${baseUrl}/sitemaps/${i + 1}.xml` })),
        );
  return new Response(body, {
    headers: { "content-type": "application/xml", "cache-control": "public, max-age=3600" },
  });
};
