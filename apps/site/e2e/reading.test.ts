import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { listPaper, upsertPapers } from "@daily-kernel/feed/node";
import { findings, Harness, startServer, until } from "./harness.ts";

/** A paper that has no room here, with what a title may contain. */
const stranger = {
  id: "2501.00001",
  title: "On $L^2$ bounds & <b>prices</b> of $5",
  abstract: "We bound $\\|f\\|_2 \\le 1$ and cost $5.",
  authors: ["Ada Byron", "Łukasz Żółć"],
  categories: ["math.FA"],
  publishedAt: new Date("2025-01-01T10:00:00Z"),
  updatedAt: new Date("2025-01-01T10:00:00Z"),
};

let site: Harness;
before(async () => {
  site = await Harness.start();
  const { db } = site.site.service;
  await upsertPapers(db, [stranger]);
  await listPaper(db, { paperId: stranger.id, now: stranger.publishedAt });
  const crowd = Array.from({ length: 60 }, (_, i) => ({
    ...stranger,
    id: `1701.${String(i + 1).padStart(5, "0")}`,
    publishedAt: new Date("2017-01-05T10:00:00Z"),
  }));
  await upsertPapers(db, crowd);
  for (const { id, publishedAt } of crowd) await listPaper(db, { paperId: id, now: publishedAt });
});
after(() => site?.stop());

const places = [
  "/",
  "/papers/trending",
  "/papers/date/2024-09-13",
  "/papers/log-bessel",
  "/papers/qmcpy",
  "/papers/2501.00001",
  "/papers/submit",
  "/search?q=bessel",
  "/ledger",
  "/about",
  "/docs",
  "/subscribe",
  "/subscribe/confirm?token=unknown",
  "/sign-in",
  "/sign-in/link?token=unknown",
];

test("the feed lists papers by day, newest first, each with its claim strip in words", async () => {
  const { page, complaints } = await site.page();
  await page.goto("/");
  const days = await page
    .locator("h2.day time")
    .evaluateAll((times) => times.map((time) => time.getAttribute("datetime") ?? ""));
  assert.ok(days.length > 1);
  assert.deepEqual(days, days.toSorted().reverse());
  const rows = await page.locator("article.row").count();
  assert.ok(rows > 10);
  assert.deepEqual(
    await page
      .locator("[role=feed] > article")
      .evaluateAll((all) => all.map((row) => Number(row.getAttribute("aria-posinset")))),
    Array.from({ length: rows }, (_, i) => i + 1),
  );
  for (const label of await page.locator("article.row svg[role=img]").all())
    assert.match(
      (await label.getAttribute("aria-label")) ?? "",
      /\d+ (hold|fail|inconclusive|not)/,
    );
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("search finds bessel, says when nothing matches, and leads to the paper", async () => {
  const { page, complaints } = await site.page();
  await page.goto("/");
  await page.getByRole("searchbox").fill("bessel");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await page.waitForURL(/search\?q=bessel/);
  const first = page.locator("article.row a").first();
  assert.equal(await first.getAttribute("href"), "/papers/log-bessel");
  assert.match((await page.getByRole("status").textContent()) ?? "", /for “bessel”/);
  await first.click();
  await page.waitForURL(/papers\/log-bessel/);
  assert.match((await page.locator("h1").textContent()) ?? "", /Bessel/);
  await page.goto("/search?q=besel");
  await page.getByRole("link", { name: "bessel", exact: true }).click();
  await page.waitForURL(/q=bessel/);
  await page.goto("/search?topic=special-functions&claims=hold&runs=1");
  assert.ok(await page.locator('a[href="/papers/log-bessel"]').first().isVisible());
  await page.goto("/search?topic=no-such-topic");
  assert.ok(await page.getByText("No paper matches").isVisible());
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("days, weeks, months and years narrow the feed, and a wrong one is explained", async () => {
  const { page } = await site.page();
  for (const place of ["date/2024-09-13", "week/2024-W37", "month/2024-09", "year/2024"]) {
    await page.goto(`/papers/${place}`);
    assert.ok(await page.locator('a[href="/papers/log-bessel"]').first().isVisible(), place);
    const days = await page
      .locator("h2.day time")
      .evaluateAll((times) => times.map((time) => time.getAttribute("datetime") ?? ""));
    assert.ok(
      days.every((day) => day.startsWith("2024")),
      place,
    );
  }
  for (const place of ["month/2024-13", "week/2024-W54", "date/2024-02-30"])
    assert.equal((await page.goto(`/papers/${place}`))?.status(), 400);
  assert.ok(await page.getByText('"2024-02-30" is no day').isVisible());
  await page.context().close();
});

test("a day without papers shows the last one that has some, and says so", async () => {
  const { page } = await site.page();
  await page.goto("/papers/date/2024-09-14");
  assert.equal(await page.locator("h1").textContent(), "13 September 2024");
  assert.match(
    (await page.getByRole("status").first().textContent()) ?? "",
    /No papers for 14 September 2024: this is 13 September 2024/,
  );
  await page.goto("/papers");
  assert.match(page.url(), /\/papers\/date\/\d{4}-\d\d-\d\d$/);
  await page.context().close();
});

test("a day with more papers than a page goes on, and tells each one's place among all", async () => {
  const { page } = await site.page({ javaScriptEnabled: false });
  const places = () =>
    page
      .locator("[role=feed] > article")
      .evaluateAll((all) => all.map((row) => [row.ariaPosInSet, row.ariaSetSize].map(Number)));
  await page.goto("/papers/date/2017-01-05");
  assert.deepEqual((await places()).at(-1), [50, 60]);
  await page.getByRole("link", { name: "Older papers" }).click();
  assert.deepEqual((await places()).at(0), [51, 60]);
  assert.deepEqual((await places()).at(-1), [60, 60]);
  await page.context().close();
});

test("a paper without a room has a page by its id; a room's page is at its slug", async () => {
  const { page, complaints } = await site.page();
  await page.goto("/papers/https:%2F%2Farxiv.org%2Fabs%2F2501.00001v3");
  assert.equal(new URL(page.url()).pathname, "/papers/2501.00001");
  assert.match((await page.locator("h1").textContent()) ?? "", /<b>prices<\/b> of \$5/);
  assert.equal(await page.locator("h1 math").count(), 1);
  assert.equal(await page.getByRole("heading", { name: "Run", exact: true }).count(), 0);
  await page.goto("/papers/arXiv:2409.08729v1");
  assert.equal(new URL(page.url()).pathname, "/papers/log-bessel");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("bridges find the day's papers, robots the map, link previews the picture", async () => {
  const { page } = await site.page();
  await page.goto("/papers/date/2024-09-13");
  const props = JSON.parse(
    (await page.locator("[data-target=DailyPapers]").getAttribute("data-props")) ?? "",
  );
  assert.equal(props.dateString, "2024-09-13");
  assert.ok(
    props.dailyPapers.some((item: { paper: { id: string } }) => item.paper.id === "2409.08729"),
  );
  assert.equal(await page.locator('link[type="application/atom+xml"]').count(), 1);
  const get = (path: string) => page.request.get(path);
  assert.match(
    await (await get("/robots.txt")).text(),
    /Sitemap: http:\/\/localhost:\d+\/sitemap\.xml/,
  );
  assert.match(await (await get("/sitemap.xml")).text(), /\/papers\/log-bessel<\/loc>/);
  await page.goto("/papers/log-bessel");
  const image = await page.locator('meta[property="og:image"]').getAttribute("content");
  const png = await (await get(image ?? "")).body();
  assert.equal(png.subarray(1, 4).toString(), "PNG");
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [1200, 630]);
  await page.context().close();
});

test("the last feed can be read without network, without anybody's name in it", async () => {
  const { page } = await site.page();
  await page.goto("/");
  await until(() => page.evaluate(async () => (await caches.match("/")) !== undefined));
  await page.context().setOffline(true);
  await page.goto("/papers/trending");
  assert.equal(await page.locator("h1").textContent(), "Papers that run");
  assert.ok((await page.locator("article.row").count()) > 10);
  assert.match(
    await page.locator("h1").evaluate((h1) => getComputedStyle(h1).fontFamily),
    /Newsreader/,
  );
  await page.context().close();
});

test("keys go through the feed, open a paper, and can be turned off", async () => {
  const { page } = await site.page();
  await page.goto("/");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const place = () => page.evaluate(() => document.activeElement?.getAttribute("aria-posinset"));
  assert.equal(await place(), "2");
  await page.keyboard.press("k");
  assert.equal(await place(), "1");
  const href = await page.evaluate(() => (document.activeElement as HTMLElement).dataset.href);
  await page.keyboard.press("o");
  await page.waitForURL(`**${href}`);
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await page.goto("/");
  await page.keyboard.press("j");
  assert.equal(await place(), null);
  await page.context().close();
});

test("the feed loads less than 100 kB of script", async () => {
  const { page } = await site.page();
  let bytes = 0;
  page.on("response", async (response) => {
    if (response.request().resourceType() === "script") bytes += (await response.body()).length;
  });
  await page.goto("/", { waitUntil: "networkidle" });
  assert.ok(bytes < 100_000, `${bytes} bytes`);
  await page.context().close();
});

test("every page reads without script", async () => {
  const { page } = await site.page({ javaScriptEnabled: false });
  for (const place of places) {
    await page.goto(place);
    assert.ok(await page.locator("h1").isVisible(), place);
  }
  await page.goto("/papers/log-bessel");
  assert.ok((await page.locator("[data-claim]").count()) >= 4);
  assert.ok((await page.locator("math").count()) > 0);
  await page.goto("/");
  await page.getByRole("searchbox").fill("bessel");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  assert.ok(await page.locator('a[href="/papers/log-bessel"]').isVisible());
  await page.context().close();
});

test("a cell of the ledger leads to its claim", async () => {
  const { page, complaints } = await site.page();
  await page.goto("/ledger");
  const cell = page.locator('a[href^="/papers/log-bessel#claim-"]').first();
  const target = (await cell.getAttribute("href")) ?? "";
  await cell.click();
  await page.waitForURL(`**${target}`);
  assert.ok(await page.locator(target.slice(target.indexOf("#"))).isVisible());
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("an unknown page and an unknown paper are 404 in the house's style", async () => {
  const { page } = await site.page();
  for (const [place, words] of [
    ["/nothing-here", "There is no page at /nothing-here."],
    ["/papers/log-besel", 'Did you mean "log-bessel"?'],
  ] as const) {
    const response = await page.goto(place);
    assert.equal(response?.status(), 404);
    assert.ok(await page.getByText(words).isVisible());
    assert.ok(await page.getByRole("link", { name: "Daily Kernel" }).isVisible());
  }
  assert.equal((await page.request.get(`/data/${"0".repeat(64)}`)).status(), 404);
  await page.context().close();
});

test("every response carries the security headers", async () => {
  const { page } = await site.page();
  await page.goto("/papers/log-bessel", { waitUntil: "networkidle" });
  const script = await page.locator('link[rel="modulepreload"]').first().getAttribute("href");
  for (const place of ["/", "/nothing-here", new URL(script ?? "", page.url()).pathname]) {
    const headers = (await page.request.get(place)).headers();
    assert.equal(headers["cross-origin-opener-policy"], "same-origin", place);
    assert.equal(headers["cross-origin-embedder-policy"], "require-corp", place);
    assert.equal(headers["x-content-type-options"], "nosniff", place);
    assert.doesNotMatch(headers["content-security-policy"] ?? "", /script-src[^;]*unsafe-inline/);
    assert.match(headers["content-security-policy"] ?? "", /script-src 'self' 'wasm-unsafe-eval'/);
  }
  await page.context().close();
});

test("axe finds nothing against WCAG 2.2 AA", async () => {
  const { page } = await site.page();
  // Two of them are long and made of nothing that the others have not.
  const others = places.filter((place) => !/trending|qmcpy/.test(place));
  for (const place of [...others, "/nothing-here"]) {
    await page.goto(place);
    assert.deepEqual(await findings(page), []);
  }
  await page.context().close();
});

test("in the dark the contrast is enough as well", async () => {
  const { page } = await site.page({ colorScheme: "dark" });
  for (const place of [
    "/papers/year/2024",
    "/papers/log-bessel",
    "/search?q=bessel",
    "/subscribe",
  ]) {
    await page.goto(place);
    assert.deepEqual(await findings(page, ["color-contrast"]), []);
  }
  await page.context().close();
});

test("nothing is wider than a phone", async () => {
  const { page } = await site.page({ viewport: { width: 360, height: 780 } });
  for (const place of places) {
    await page.goto(place);
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(over, 0, place);
  }
  await page.context().close();
});

test("too many pages in a short time are refused, with the time to come back", async () => {
  const { limiter, now } = site.site.service;
  const { page } = await site.page();
  const before = (await page.request.get("/about")).headers();
  assert.match(before.ratelimit ?? "", /^"pages";r=\d+;t=\d+$/);
  while (limiter.take("pages", "127.0.0.1/32", now()).allowed);
  const refused = await page.request.get("/about");
  assert.equal(refused.status(), 429);
  assert.match(refused.headers()["retry-after"] ?? "", /^\d+$/);
  assert.equal((await page.request.get("/papers/2501.00001/share.png")).status(), 200);
  await page.context().close();
});

test("a second server on the port says what to do and ends", async () => {
  const directory = mkdtempSync(join(tmpdir(), "daily-kernel-e2e-"));
  const second = startServer(Number(new URL(site.url).port), directory);
  await assert.rejects(second.url);
  if (second.process.exitCode === null) await once(second.process, "exit");
  rmSync(directory, { recursive: true, force: true });
  assert.equal(second.process.exitCode, 1);
  assert.match(second.errors(), /^daily-kernel: port \d+ is in use: .*PORT=\d+ npm start\n$/);
});
