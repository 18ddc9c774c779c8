import assert from "node:assert/strict";
import { test } from "node:test";
import { importUnderKills } from "./import.ts";

test("a harvest under three kills leaves what an undisturbed one leaves", async () => {
  const { checks, lives } = await importUnderKills({
    papers: 300,
    kills: 3,
    window: 400,
    log: () => {},
  });
  for (const { what, holds } of checks) assert.ok(holds, what);
  assert.equal(lives.filter(({ killed }) => killed).length, 3);
});
