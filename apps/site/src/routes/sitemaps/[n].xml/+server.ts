import { error } from "@sveltejs/kit";
import { sitemap } from "#lib/server/sitemap.ts";
import { sitemapCount, sitemapPlaces } from "#lib/server/sitemap-papers.ts";
import type { RequestHandler } from "./$types";

/** One of several sitemaps, from 1. */
export const GET: RequestHandler = async ({ params }) => {
  const n = Number(params.n);
  if (!/^[1-9]\d*$/.test(params.n) || n > (await sitemapCount())) error(404, "No such sitemap.");
  return new Response(sitemap(await sitemapPlaces(n)), {
    headers: { "content-type": "application/xml", "cache-control": "public, max-age=3600" },
  });
};
