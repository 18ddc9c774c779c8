import assert from "node:assert/strict";
import { test } from "node:test";
import { sitemap, sitemapIndex } from "./sitemap.ts";

test("addresses are escaped, and days are told where they are known", () => {
  const xml = sitemap([
    { url: "https://example.org/?a=1&b=<2>", changedAt: new Date("2024-09-13T10:00:00Z") },
    { url: "https://example.org/about" },
  ]);
  assert.match(
    xml,
    /<url><loc>https:\/\/example\.org\/\?a=1&amp;b=&lt;2&gt;<\/loc><lastmod>2024-09-13T10:00:00\.000Z<\/lastmod><\/url>/,
  );
  assert.match(xml, /<url><loc>https:\/\/example\.org\/about<\/loc><\/url>\n<\/urlset>$/);
});

test("an index lists sitemaps", () => {
  assert.match(
    sitemapIndex([{ url: "https://example.org/sitemaps/1.xml" }]),
    /<sitemapindex [^>]*>\n<sitemap><loc>[^<]*1\.xml<\/loc><\/sitemap>\n<\/sitemapindex>$/,
  );
});
