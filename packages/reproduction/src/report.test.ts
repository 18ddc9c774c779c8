import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtureRecord } from "./fixture.ts";
import { reportHtml } from "./report.ts";

test("a report shows every claim and loads nothing from elsewhere", () => {
  const record = fixtureRecord({});
  const html = reportHtml("A <title>", record);
  assert.ok(html.includes("A &lt;title&gt;"));
  for (const claim of record.claims) assert.ok(html.includes(claim.statement));
  assert.ok(html.includes("2 hold, 1 not measured"));
  assert.doesNotMatch(html, /(src|href)=/);
});
