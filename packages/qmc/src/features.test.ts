import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { families, withFeatureTable } from "../features/index.ts";

for (const { family, features } of families) {
  for (const { there, here, run } of features) {
    test(`${family}: ${there === "-" ? here : there}`, async () => {
      const { got, expected, within = 1e-12 } = await run();
      assert.ok(Math.abs(got - expected) <= within * Math.abs(expected), `${got} and ${expected}`);
    });
  }
}

test("the README has the table of this code", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  assert.equal(withFeatureTable(readme), readme);
});
