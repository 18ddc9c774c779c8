import assert from "node:assert/strict";
import { test } from "node:test";
import { checkHtml } from "./fuzz/check-html.ts";
import { openLiveSite } from "./fuzz/live-site.ts";
import { checksOf, fuzzInProcess, fuzzLive } from "./fuzz.ts";

const log = () => {};
const seed = Date.now() % 1_000_000_000;

test("5,000 cases in all: those that need no server", async (t) => {
  t.diagnostic(`seed ${seed}`);
  const found = await fuzzInProcess({ cases: 5000, seed, log });
  for (const { what, holds } of checksOf(found)) assert.ok(holds, what);
  for (const [{ name }, { outcomes }] of found)
    assert.ok(name === "received mail" || outcomes.size > 1, `${name} ends in one way only`);
});

test("and those over HTTP, on the production server", async (t) => {
  t.diagnostic(`seed ${seed}`);
  const site = await openLiveSite({ hostile: 1, seed });
  try {
    const { found, checks } = await fuzzLive(site, { cases: 5000, seed, log });
    for (const { what, holds } of [...checksOf(found), ...checks]) assert.ok(holds, what);
    const ends = new Set(found.flatMap(([, { outcomes }]) => [...outcomes.keys()]));
    for (const status of ["200", "400", "401", "404", "page 200", "page 404"])
      assert.ok(ends.has(status), `nothing ended in ${status}: ${[...ends].join(", ")}`);
  } finally {
    await site.close();
  }
});

test("what looks at HTML sees what is bad in it", () => {
  for (const bad of [
    "<script>x</script>",
    "<img src=x>",
    '<span onclick="x">',
    '<a href="javascript:x">',
    '<a href="jav&#x09;ascript:x">',
    '<a href="&#106;avascript:x">',
    '<a href="//example.org">',
    '<span style="background:url(x)">',
    "<p <b>",
    "1 < 2",
  ])
    assert.throws(() => checkHtml(bad), bad);
  checkHtml('<p>1 &lt; 2 <a href="https://example.org/?a=1&amp;b" rel="nofollow">x</a></p>');
});
