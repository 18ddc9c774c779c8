import { paperHref } from "../feed-item.ts";
import { service } from "./service.ts";
import { type Place, sitemapSize } from "./sitemap.ts";

/** How many sitemaps the papers fill, at least one. */
export async function sitemapCount(): Promise<number> {
  const row = await service()
    .db.selectFrom("papers")
    .select((eb) => eb.fn.countAll<number>().as("papers"))
    .where("listed_day", "is not", null)
    .where("hidden_at", "is", null)
    .executeTakeFirstOrThrow();
  return Math.max(1, Math.ceil((row.papers + fixed.length) / sitemapSize));
}

/** Pages that are there whatever is listed; they stand in the first map. */
const fixed = ["/", "/papers/trending", "/search", "/ledger", "/about", "/docs", "/subscribe"];

/** The places of one sitemap, from 1. */
export async function sitemapPlaces(n: number): Promise<Place[]> {
  const { db, config } = service();
  const first = n === 1 ? fixed.map((path) => ({ url: `${config.baseUrl}${path}` })) : [];
  const rows = await db
    .selectFrom("papers")
    .select(["id", "slug", "updated_at"])
    .where("listed_day", "is not", null)
    .where("hidden_at", "is", null)
    .orderBy("id")
    .limit(sitemapSize - first.length)
    .offset(n === 1 ? 0 : (n - 1) * sitemapSize - fixed.length)
    .execute();
  return [
    ...first,
    ...rows.map((row) => ({
      url: `${config.baseUrl}${paperHref(row)}`,
      changedAt: row.updated_at,
    })),
  ];
}
