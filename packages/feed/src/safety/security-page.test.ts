import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "../../../..");

test("every threat on the page names a test that is there", () => {
  const page = readFileSync(join(root, "docs/security.md"), "utf8");
  const rows = page.split("\n").filter((line) => /^\| (?!threat|---)/.test(line));
  assert.ok(rows.length > 20);
  for (const row of rows) {
    const tests = [...row.matchAll(/`((?:apps|packages)\/[\w./-]+\.test\.ts)`/g)];
    assert.ok(tests.length > 0, row);
    for (const [, file = ""] of tests) assert.ok(existsSync(join(root, file)), file);
  }
});
