import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { Harness, startServer } from "./harness.ts";

let site: Harness;
before(async () => {
  site = await Harness.start();
});
after(() => site?.stop());

const places = ["/", "/papers/log-bessel", "/papers/qmcpy", "/ledger", "/about"];

test("the feed lists papers by day, newest first, each with its claim strip in words", async () => {
  const { page, complaints } = await site.page();
  await page.goto("/");
  const days = await page
    .locator("section.day h2 time")
    .evaluateAll((times) => times.map((time) => time.getAttribute("datetime") ?? ""));
  assert.ok(days.length > 1);
  assert.deepEqual(days, days.toSorted().reverse());
  const rows = await page.locator("article.row").count();
  assert.equal(await page.locator("article.row svg[role=img]").count(), rows);
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
  await page.getByRole("button", { name: "Search" }).click();
  await page.waitForURL(/q=bessel/);
  const first = page.locator("article.row a").first();
  assert.equal(await first.getAttribute("href"), "/papers/log-bessel");
  assert.match((await page.getByRole("status").textContent()) ?? "", /for “bessel”/);
  await first.click();
  await page.waitForURL(/papers\/log-bessel/);
  assert.match((await page.locator("h1").textContent()) ?? "", /Bessel/);
  await page.goto("/?q=xyzzyplugh");
  assert.ok(await page.getByText("No paper matches").isVisible());
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("periods and topics narrow the feed, and a wrong one is explained", async () => {
  const { page } = await site.page();
  await page.goto("/?on=2024-09");
  assert.ok(await page.locator('a[href="/papers/log-bessel"]').isVisible());
  const days = await page
    .locator("section.day h2 time")
    .evaluateAll((times) => times.map((time) => time.getAttribute("datetime") ?? ""));
  assert.ok(days.every((day) => day.startsWith("2024-09")));
  await page.goto("/?topic=special-functions");
  assert.ok(await page.locator('a[href="/papers/log-bessel"]').isVisible());
  const response = await page.goto("/?on=2024-13");
  assert.equal(response?.status(), 400);
  assert.ok(await page.getByText("is no day, week, month or year").isVisible());
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
  await page.getByRole("button", { name: "Search" }).click();
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

for (const colorScheme of ["light", "dark"] as const)
  test(`axe finds nothing serious (${colorScheme})`, async () => {
    const { page } = await site.page({ colorScheme });
    for (const place of [...places, "/nothing-here"]) {
      await page.goto(place, { waitUntil: "networkidle" });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${place} ${id}: ${nodes[0]?.html}`);
      assert.deepEqual(serious, []);
    }
    await page.context().close();
  });

test("nothing is wider than a phone", async () => {
  const { page } = await site.page({ viewport: { width: 360, height: 780 } });
  for (const place of [...places, "/?q=bessel", "/?on=2024-09"]) {
    await page.goto(place, { waitUntil: "networkidle" });
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(over, 0, place);
  }
  await page.context().close();
});

test("a second server on the port says what to do and ends", async () => {
  const second = startServer(Number(new URL(site.url).port));
  await assert.rejects(second.url);
  if (second.process.exitCode === null) await once(second.process, "exit");
  assert.equal(second.process.exitCode, 1);
  assert.match(second.errors(), /^daily-kernel: port \d+ is in use: .*PORT=\d+ npm start\n$/);
});
