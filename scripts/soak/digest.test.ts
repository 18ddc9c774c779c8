import assert from "node:assert/strict";
import { test } from "node:test";
import { digestUnderKills } from "./digest.ts";

test("60 mails under three kills: all accepted, again only where nobody could know", async () => {
  const { checks, accepted, duplicates, sends, lives } = await digestUnderKills({
    mails: 60,
    kills: 3,
    window: 400,
    log: () => {},
  });
  for (const { what, holds } of checks) assert.ok(holds, what);
  assert.equal(lives.filter(({ killed }) => killed).length, 3);
  assert.ok(sends >= 60);
  assert.equal(accepted, sends + duplicates);
});
